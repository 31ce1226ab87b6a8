"""What Apple, PSP-1, Podcasting 2.0 and we ask of a feed, as named lists of checks."""
