"""A programme spliced from its parts: each is mixed, levelled and coded once, and joined to the others as it is."""
