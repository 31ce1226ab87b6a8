"""Who says it: voices, their files, and the clips they record."""
