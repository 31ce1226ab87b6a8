"""Stars of reviews and hotels, which every language counts alike."""

import re

REVIEW = re.compile(r"(?<![★☆])(?:★[★☆]{1,4}|☆{3,5})(?![★☆])")
"""`★★★★☆` or `★★★`; a star alone is an ornament, and so are more than five."""

HOTEL = r"(?<=[2-5]) ?★"
"""The star of `4★`, for a pattern that goes on with what may follow."""


def counted(stars: str) -> tuple[int, int]:
    """How many of `stars` are full, and out of how many: 0 for a hotel's `★★★`, which is only a number of stars."""
    full = stars.count("★")
    return full, len(stars) if full < len(stars) else 0
