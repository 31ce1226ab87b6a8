"""A stretch of a row: as much of it as one line of the picture holds, and the scale it is drawn to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from feeds.picture.rows import Row
from feeds.picture.sheet import BIN, LEFT, RIGHT
from feeds.text import clock_text

LONGEST_LINE_S: Final = 1200.0
"""What is longer goes on in the next line: at 20 minutes a line, a sentence of two seconds is still to be seen."""

_STEPS_S: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
_LEAST_STEP = 62.0  # between two times on the axis, in drawing units


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of `row` from `start_s` to `end_s`, on a line that would hold `line_s` seconds."""

    row: Row
    start_s: float
    end_s: float
    line_s: float

    @property
    def scale(self) -> float:
        """Drawing units a second."""
        return (RIGHT - LEFT) / self.line_s

    @property
    def right(self) -> float:
        """Where the stretch ends."""
        return self.x(self.end_s)

    @property
    def is_last(self) -> bool:
        """Whether the row ends with it."""
        return self.end_s >= self.row.seconds

    def x(self, seconds: float) -> float:
        """Where a moment of the row lies."""
        return LEFT + (seconds - self.start_s) * self.scale

    def span(self, start_s: float, end_s: float) -> tuple[float, float] | None:
        """Where the part of [start, end) lies that is in this stretch; None when no part is."""
        start, end = max(start_s, self.start_s), min(end_s, self.end_s)
        return (self.x(start), self.x(end)) if start < end else None

    def bins(self) -> Iterator[tuple[float, float, float]]:
        """Its bars: the middle of each on the line, and from when to when it stands for, in seconds."""
        bin_s = BIN / self.scale
        for place in range(max(1, int((self.end_s - self.start_s) / bin_s))):
            start_s = self.start_s + place * bin_s
            yield LEFT + (place + 0.5) * BIN, start_s, min(start_s + bin_s, self.end_s)

    def ticks(self) -> tuple[float, ...]:
        """The times on its axis, in seconds of the row."""
        step = next((step for step in _STEPS_S if step * self.scale >= _LEAST_STEP), _STEPS_S[-1])
        first = -int(-self.start_s // step)
        return tuple(float(place * step) for place in range(first, int(self.end_s // step) + 1))


def line_seconds(rows: Iterable[Row]) -> float:
    """How much a line holds, the same for all articles so that lengths can be compared: the longest, if it may."""
    longest = max((row.seconds for row in rows if not row.is_programme), default=LONGEST_LINE_S)
    return min(max(longest, 1.0), LONGEST_LINE_S)


def stretches(row: Row, line_s: float) -> Sequence[Stretch]:
    """The row cut into lines; a programme is one line on a scale of its own."""
    if row.is_programme:
        return (Stretch(row, 0.0, row.seconds, max(row.seconds, 1.0)),)
    count = max(1, -int(-(row.seconds - 1e-6) // line_s))
    return tuple(
        Stretch(row, place * line_s, row.seconds if place + 1 == count else (place + 1) * line_s, line_s)
        for place in range(count)
    )


def span_text(start_s: float, end_s: float) -> str:
    """From when to when, as a clock shows it: `0:04 – 0:09`."""
    return f"{clock_text(start_s)} – {clock_text(end_s)}"
