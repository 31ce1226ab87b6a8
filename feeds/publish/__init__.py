"""`public/` sent to where listeners fetch it from."""
