"""A preview of `public/` on this machine."""
