"""What goes with a release: the audit of what it is made of, the licences, and the bill of materials."""
