"""The words of a printed page in reading order: column after column, what spans the columns between them."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

MIN_LINES = 4
"""A column has at least this many lines; fewer words above each other may leave a gap by chance."""

MANY_LINES = 8
"""Beside a column of this many lines, even a single line is one: the end of a text in its last column."""

MIN_SHARE = 0.15
"""A column takes at least this share of its region's width; what is narrower is a list's bullets or numbers."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page; distances in points from the page's left and top edges, `size` of its letters likewise."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    page_height: float


def in_reading_order(words: Sequence[Word]) -> list[list[Word]]:
    """The page's regions in reading order: each a column or a band across the page.

    The page is cut where a white gap runs through it from top to bottom; if there is none, across at the height that
    leaves the largest part with such a gap; and so on within each part.
    """
    if not words:
        return []
    gap = _gutter(words)
    if gap is not None:
        left = [word for word in words if word.right <= gap]
        right = [word for word in words if word.right > gap]
        return in_reading_order(left) + in_reading_order(right)
    cut = _best_cut(words)
    if cut is None:
        return [list(words)]
    upper = [word for word in words if word.bottom <= cut]
    lower = [word for word in words if word.bottom > cut]
    return in_reading_order(upper) + in_reading_order(lower)


def _best_cut(words: Sequence[Word]) -> float | None:
    """The height at which to cut across, so that the most words come to stand in columns; None if no cut makes any."""
    best, most = None, 0
    for height in _gaps([(word.top, word.bottom) for word in words], 0.5):
        upper = [word for word in words if word.bottom <= height]
        lower = [word for word in words if word.bottom > height]
        for part in (upper, lower):
            if len(part) > most and len(part) < len(words) and _gutter(part) is not None:
                best, most = height, len(part)
    return best


def _gutter(words: Sequence[Word]) -> float | None:
    """Where the widest white gap from top to bottom is, if what lies on both sides of it are columns."""
    sizes = [word.size for word in words if word.size]
    if len(words) < MANY_LINES or not sizes:
        return None
    width = max(word.right for word in words) - min(word.left for word in words)
    gaps = _gaps([(word.left, word.right) for word in words], statistics.median(sizes))
    for gap in gaps:
        left = [word for word in words if word.right <= gap]
        right = [word for word in words if word.right > gap]
        if _are_columns(left, right, width) and _beside(left, right):
            return gap
    return None


def _gaps(intervals: list[tuple[float, float]], least: float) -> list[float]:
    """The middles of the gaps of at least `least` points that no interval covers, the widest first."""
    found, reach = [], None
    for start, end in sorted(intervals):
        if reach is not None and start - reach >= least:
            found.append((start - reach, (start + reach) / 2))
        reach = end if reach is None else max(reach, end)
    return [middle for _, middle in sorted(found, reverse=True)]


def _are_columns(left: Sequence[Word], right: Sequence[Word], width: float) -> bool:
    spans = [max(word.right for word in side) - min(word.left for word in side) for side in (left, right)]
    fewer, more = sorted(len(_heights(side)) for side in (left, right))
    return min(spans) >= MIN_SHARE * width and (fewer >= MIN_LINES or more >= MANY_LINES)


def _heights(words: Sequence[Word]) -> list[float]:
    """The middles of the lines that the words stand on."""
    lines: list[float] = []
    for word in sorted(words, key=lambda word: word.top):
        middle = (word.top + word.bottom) / 2
        if not lines or middle - lines[-1] > (word.bottom - word.top) / 2:
            lines.append(middle)
    return lines


def _beside(left: Sequence[Word], right: Sequence[Word]) -> bool:
    """True if the two sides stand next to each other for at least half the height of the shorter."""
    top = max(min(word.top for word in left), min(word.top for word in right))
    bottom = min(max(word.bottom for word in left), max(word.bottom for word in right))
    shorter = min(max(word.bottom for word in side) - min(word.top for word in side) for side in (left, right))
    return bottom - top >= shorter / 2
