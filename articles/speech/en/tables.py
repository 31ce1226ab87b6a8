"""Tables of short forms, written compactly."""

import re
from collections.abc import Iterable


def table(rows: str) -> dict[str, str]:
    """`a = b; c d = e f` as {"a": "b", "c d": "e f"}; a line end counts as a space."""
    pairs = (row.partition(" = ") for row in " ".join(rows.split()).split("; "))
    return {short: full for short, _, full in pairs}


def any_of(words: Iterable[str]) -> str:
    """A pattern that finds any of `words`, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
