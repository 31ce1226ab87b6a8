"""Lines of text that fit a box: breaking, shrinking, and the spacing of letter pairs. Pure arithmetic."""

import bisect
from collections.abc import Callable, Sequence
from typing import Final

Measure = Callable[[str, int], float]
"""The width in pixels of a text set at a size in pixels."""

ELLIPSIS: Final = "…"

_LONGEST: Final = 500
"""Letters that are measured at all, several times what a title has: each is measured at every size."""

_PAIRS: Final = (
    ("TVWY", "acdegoqsœæàâäçéèêëòóôö.,-", -0.075),
    ("TVWY", "imnpruwxyz", -0.035),
    ("TVWY", "A", -0.085),
    ("AL", "TVWY’'", -0.07),
    ("FP", "aeoœA.,", -0.035),
)
"""Letters before, letters after, and how far they close up, in ems: the pairs whose gap shows at headline
size."""


def kern(before: str, after: str) -> float:
    """How far `after` moves towards `before`, in ems (0 or less)."""
    return next((ems for left, right, ems in _PAIRS if before in left and after in right), 0.0)


def break_lines(text: str, width: float, size: int, measure: Measure) -> tuple[str, ...]:
    """`text` broken at its spaces into lines of at most `width`; a wider word has a line to itself."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and measure(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def fit_lines(
    text: str, box: tuple[float, float], sizes: Sequence[int], leading: float, measure: Measure
) -> tuple[int, tuple[str, ...]]:
    """The first of `sizes` (largest first) at which `text` fits the box (width, height in pixels), and its
    lines.

    `leading` is the distance of baselines in ems. Where no size fits, the last one is used, and what stands
    outside is cut with an ellipsis: lines below the box, and ends of words wider than it. So is what comes after 500
    letters, whether it would fit or not.
    """
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rstrip() + ELLIPSIS
    width, height = box
    for size in sizes:
        lines = break_lines(text, width, size, measure)
        if len(lines) * size * leading <= height and all(measure(line, size) <= width for line in lines):
            return size, lines
    room = max(1, int(height / (size * leading)))
    cut = list(lines[:room])
    if len(lines) > room:
        cut[-1] += f" {ELLIPSIS}"
    return size, tuple(_cut(line, width, size, measure) for line in cut)


def _cut(line: str, width: float, size: int, measure: Measure) -> str:
    if measure(line, size) <= width:
        return line
    fitting = bisect.bisect_right(range(len(line)), width, key=lambda end: measure(line[:end] + ELLIPSIS, size))
    return line[: max(0, fitting - 1)].rstrip() + ELLIPSIS
