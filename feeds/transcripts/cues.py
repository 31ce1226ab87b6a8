"""Cues: what of a sentence is shown at once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from feeds.reading import Reading
from feeds.transcripts.units import Unit, sentences_of, units_of

LINE: Final = 42
"""Characters of a line, of which a cue has two: what subtitles for adults keep to (BBC and Netflix: 37 to 42)."""

_CLAUSE_END: Final = re.compile(r"[,;:.!?…)\]»”][»”’)\]\u00a0\u202f]*$|[–—]$")
_SHORTEST_S: Final = 0.001  # a cue ends after it begins (W3C, "WebVTT", 4.1)


@dataclass(frozen=True, slots=True)
class Cue:
    """A sentence, or a clause of one: its lines (one or two) from `start_s` to `end_s`, apart from every other cue.

    `voice` says it, or most of it.
    """

    lines: tuple[tuple[Unit, ...], ...]
    start_s: float
    end_s: float


def cues_of(reading: Reading) -> tuple[Cue, ...]:
    """The reading's cues in order; none begins before the one before it has ended."""
    cues: list[Cue] = []
    for paragraph in reading.paragraphs:
        for sentences in sentences_of(paragraph):
            for lines in _cut(units_of(sentences)):
                start = max(lines[0][0].start_s, cues[-1].end_s if cues else 0.0)
                end = max(lines[-1][-1].end_s, start + _SHORTEST_S)
                cues.append(Cue(lines, round(start, 3), round(end, 3)))
    return tuple(cues)


def _cut(units: Sequence[Unit]) -> Iterator[tuple[tuple[Unit, ...], ...]]:
    """The units in cues of one or two lines each: as few as can be, and where a clause ends rather than within."""
    sentence = _Sentence(units)
    costs: list[float] = [0.0]
    starts: list[int] = [0]
    for end in range(1, len(units) + 1):
        best, place = float("inf"), end - 1
        for start in range(end - 1, -1, -1):
            cost = sentence.cost(start, end)
            if cost is None:
                break
            if costs[start] + cost < best:
                best, place = costs[start] + cost, start
        costs.append(best)
        starts.append(place)
    bounds, end = [], len(units)
    while end:
        bounds.append((starts[end], end))
        end = starts[end]
    for start, end in reversed(bounds):
        yield tuple(tuple(units[first:last]) for first, last in sentence.lines(start, end))


class _Sentence:
    """A sentence's units, of which many stretches are tried: how long each is comes from sums made once."""

    def __init__(self, units: Sequence[Unit]) -> None:
        texts = [unit.text for unit in units]
        self._sums = list(accumulate((len(text) + 1 for text in texts), initial=0))
        self._broken = [0.0 if _CLAUSE_END.search(text) else 0.7 for text in texts[:-1]] + [0.0]

    def cost(self, start: int, end: int) -> float | None:
        """What it costs to show these at once; None where they do not fit, unless there is no less to show."""
        if end - start > 1 and max(self._length(*line) for line in self.lines(start, end)) > LINE:
            return None
        return 1.0 + self._broken[end - 1] + (1 - min(1.0, self._length(start, end) / (2 * LINE))) ** 2

    def lines(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """One line where it fits; else the two that differ least in length. Each from a unit to another."""
        if self._length(start, end) <= LINE or end - start == 1:
            return ((start, end),)
        cut = min(range(start + 1, end), key=lambda place: max(self._length(start, place), self._length(place, end)))
        return (start, cut), (cut, end)

    def _length(self, start: int, end: int) -> int:
        return self._sums[end] - self._sums[start] - 1
