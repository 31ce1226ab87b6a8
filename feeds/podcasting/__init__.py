"""What feedgen cannot write: the podcast: namespace, links to other pages of a feed, and explicit as Apple has it."""
