"""Cues: what of a sentence is shown at once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
    costs: list[float] = [0.0]
    starts: list[int] = [0]
    for end in range(1, len(units) + 1):
        best, place = float("inf"), end - 1
        for start in range(end - 1, -1, -1):
            cost = _cost(units[start:end], last=end == len(units))
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
        yield _lines(units[start:end])


def _cost(units: Sequence[Unit], *, last: bool) -> float | None:
    """What it costs to show these at once; None where they do not fit, unless there is no less to show."""
    if max(map(_length, _lines(units))) > LINE and len(units) > 1:
        return None
    broken = 0.0 if last or _CLAUSE_END.search(units[-1].text) else 0.7
    return 1.0 + broken + (1 - min(1.0, _length(units) / (2 * LINE))) ** 2


def _lines(units: Sequence[Unit]) -> tuple[tuple[Unit, ...], ...]:
    """One line where it fits; else the two that differ least in length."""
    if _length(units) <= LINE or len(units) == 1:
        return (tuple(units),)
    cut = min(range(1, len(units)), key=lambda place: max(_length(units[:place]), _length(units[place:])))
    return tuple(units[:cut]), tuple(units[cut:])


def _length(units: Sequence[Unit]) -> int:
    return sum(len(unit.text) + 1 for unit in units) - 1
