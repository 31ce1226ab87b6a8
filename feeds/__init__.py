"""How it is published: episodes, feeds, covers and pages."""
