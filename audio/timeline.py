"""Where everything lies: speech, jingles and chapters, in samples. All later times come from it."""

from dataclasses import dataclass
from enum import StrEnum

from articles.issue import BlockKind
from voices.take import Take

EDGE_MS = 200
"""Silence before the first and after the last word where there is no jingle: players cut into edges."""

GRID_MS = 10
"""Jingles last whole multiples of this: they fade by the millisecond, and 10 ms is a whole number of samples
at 44.1 kHz, as 1 ms is not."""

OPENING = frozenset({BlockKind.KICKER, BlockKind.HEADLINE, BlockKind.STANDFIRST, BlockKind.BYLINE})
"""What stands above an article's text; the bed lies under it."""


class Slot(StrEnum):
    """Where a jingle belongs."""

    INTRO = "intro"
    STING = "sting"
    LANGUAGE = "language"
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
    rate is heard at `start - skipped + n`. `part` counts the score's parts from 0; `ident` marks what is said over
    a jingle and stands in no article: block numbers in it are its own.
    """

    take: Take
    start: int
    end: int
    skipped: int
    part: int = 0
    ident: bool = False


@dataclass(frozen=True, slots=True)
class PlacedJingle:
    """A jingle, heard in samples [start, end); the bed is repeated to fill them. `name` is how the edition calls it."""

    slot: Slot
    start: int
    end: int
    fade_in_ms: int
    fade_out_ms: int
    name: str = ""


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
