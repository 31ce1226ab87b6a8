"""What would keep a build from working on this computer, and the command that mends it."""
