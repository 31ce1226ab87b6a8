"""The picture of an issue: what is heard when, in which voice, how loud."""
