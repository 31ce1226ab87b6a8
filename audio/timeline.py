"""Where everything lies: takes, pauses and jingles as placed events. Arithmetic on sample counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, takewhile

from articles.issue import BlockKind
from articles.segments import Segment
from audio.pauses import pause_ms
from audio.sound import Pauses
from audio.titles import title_of
from voices.take import Take

EDGE_MS = 200
"""Silence before the first and after the last word where there is no jingle: players cut into edges."""

GRID_MS = 10
"""Jingles last whole multiples of this: they fade by the millisecond, and 10 ms is a whole number of samples
at 44.1 kHz, as 1 ms is not."""

_OPENING = frozenset({BlockKind.KICKER, BlockKind.HEADLINE, BlockKind.STANDFIRST, BlockKind.BYLINE})


class Slot(StrEnum):
    """Where a jingle belongs."""

    INTRO = "intro"
    OUTRO = "outro"
    BED = "bed"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A take and which part of its clip is speech: samples [first, last) of the clip at the output rate."""

    take: Take
    first: int
    last: int

    @property
    def samples(self) -> int:
        """How long the speech is; 0 when the clip is silent."""
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class PlacedSpeech:
    """A take on the timeline: its speech is heard in samples [start, end).

    `skipped` samples of the clip, at the output rate, were cut before it: sample n of the clip at the output
    rate is heard at `start - skipped + n`.
    """

    take: Take
    start: int
    end: int
    skipped: int


@dataclass(frozen=True, slots=True)
class PlacedJingle:
    """A jingle, heard in samples [start, end); the bed is repeated to fill them."""

    slot: Slot
    start: int
    end: int
    fade_in_ms: int
    fade_out_ms: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its title, and the sample at which it starts; it ends where the next one starts."""

    title: str
    start: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """An episode of `samples` samples at `sample_rate` Hz; every part in order of its start."""

    speech: tuple[PlacedSpeech, ...]
    jingles: tuple[PlacedJingle, ...]
    chapters: tuple[Chapter, ...]
    samples: int
    sample_rate: int


def lay_out(
    spoken: Sequence[Spoken],
    pauses: Pauses,
    sample_rate: int,
    *,
    intro: int = 0,
    outro: int = 0,
    bed: bool = False,
) -> Timeline:
    """The timeline: the intro of `intro` samples, the takes in order, the outro; 0 samples is no jingle.

    `spoken` holds at least one take.
    """
    gap = _samples(pauses.jingle_ms, sample_rate)
    edge = _samples(EDGE_MS, sample_rate)
    speech = tuple(_place(spoken, pauses, sample_rate, start=intro + gap if intro else edge))
    jingles = [PlacedJingle(Slot.INTRO, 0, intro, *_fades(intro, sample_rate))] if intro else []
    if bed:
        jingles += _bed(speech, intro, sample_rate)
    end = speech[-1].end + (gap if outro else edge)
    if outro:
        jingles.append(PlacedJingle(Slot.OUTRO, end, end + outro, *_fades(outro, sample_rate)))
    return Timeline(speech, tuple(jingles), _chapters(speech), end + outro, sample_rate)


def _place(spoken: Sequence[Spoken], pauses: Pauses, sample_rate: int, start: int) -> Iterator[PlacedSpeech]:
    before: Segment | None = None
    for each in spoken:
        # A silent take gets no pause of its own: two with nothing between them would be one long silence.
        if before is not None and each.samples:
            start += _samples(pause_ms(before, each.take.segment, pauses), sample_rate)
        yield PlacedSpeech(each.take, start, start + each.samples, each.first)
        start += each.samples
        if each.samples:
            before = each.take.segment


def _fades(samples: int, sample_rate: int) -> tuple[int, int]:
    # A recording may begin and end in the middle of a note: a touch at its start, a slope at its end.
    whole_ms = 1000 * samples // sample_rate
    return min(10, whole_ms // 4), min(600, whole_ms // 4)


def _bed(speech: Sequence[PlacedSpeech], start: int, sample_rate: int) -> list[PlacedJingle]:
    """The bed under headline and standfirst, gone when the first paragraph begins."""
    opening = tuple(takewhile(lambda placed: placed.take.segment.kind in _OPENING, speech))
    if not opening:
        return []
    end = speech[len(opening)].start if len(opening) < len(speech) else speech[-1].end
    grid = _samples(GRID_MS, sample_rate)
    steps = (end - start) // grid
    fade_ms = steps * GRID_MS // 4
    return [PlacedJingle(Slot.BED, start, start + steps * grid, min(400, fade_ms), min(1200, fade_ms))]


def _chapters(speech: Sequence[PlacedSpeech]) -> tuple[Chapter, ...]:
    """The headline, from the first sample on so that no moment is without a chapter, then every heading."""
    chapters: list[Chapter] = []
    for _, group in groupby(speech, key=lambda placed: placed.take.segment.block):
        block = tuple(group)
        kind = block[0].take.segment.kind
        title = title_of(tuple(placed.take.segment for placed in block))
        if kind is BlockKind.HEADLINE and not chapters:
            chapters.append(Chapter(title, 0))
        elif kind is BlockKind.HEADING:
            chapters.append(Chapter(title, block[0].start))
    return tuple(chapters)


def _samples(milliseconds: int, sample_rate: int) -> int:
    return milliseconds * sample_rate // 1000
