"""An episode's speech cut into passages for a recogniser: one language each, no longer than it hears at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audio.timeline import PlacedSpeech

_GAP_S = 2.0
"""A longer pause ends a passage: what lies in it is a jingle, which is not speech."""

_MARGIN_S = 0.25
"""Heard before and after a passage: consonants at its edges are told by what surrounds them."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Speech in one language, in order, heard in [start_s, end_s) of the episode."""

    speech: tuple[PlacedSpeech, ...]
    start_s: float
    end_s: float

    @property
    def language(self) -> str:
        """The language of all that is said in it (BCP 47)."""
        return self.speech[0].take.segment.language


def cut_passages(speech: Sequence[PlacedSpeech], sample_rate: int, longest_s: float) -> tuple[Passage, ...]:
    """The passages in order; silent takes are in none. A take longer than `longest_s` is a passage of its own."""
    heard = [placed for placed in speech if placed.end > placed.start]
    room_s = longest_s - 2 * _MARGIN_S
    return tuple(passage_of(run, speech, sample_rate) for run in _runs(heard, sample_rate, room_s))


def passage_of(run: Sequence[PlacedSpeech], speech: Sequence[PlacedSpeech], sample_rate: int) -> Passage:
    """The passage of a run of `speech`, with a margin that stops halfway to its neighbours' words."""
    before = max((placed.end for placed in speech if placed.end <= run[0].start), default=None)
    after = min(
        (placed.start for placed in speech if placed.start >= run[-1].end and placed.end > placed.start), default=None
    )
    start, end = run[0].start / sample_rate, run[-1].end / sample_rate
    lead = _MARGIN_S if before is None else min(_MARGIN_S, (start - before / sample_rate) / 2)
    trail = _MARGIN_S if after is None else min(_MARGIN_S, (after / sample_rate - end) / 2)
    return Passage(tuple(run), max(0.0, start - lead), end + trail)


def _runs(speech: Sequence[PlacedSpeech], sample_rate: int, room_s: float) -> Iterator[list[PlacedSpeech]]:
    run: list[PlacedSpeech] = []
    for placed in speech:
        if run and not _continues(run, placed, sample_rate, room_s):
            yield run
            run = []
        run.append(placed)
    if run:
        yield run


def _continues(run: Sequence[PlacedSpeech], placed: PlacedSpeech, sample_rate: int, room_s: float) -> bool:
    return (
        placed.take.segment.language == run[0].take.segment.language
        and placed.start - run[-1].end <= _GAP_S * sample_rate
        and placed.end - run[0].start <= room_s * sample_rate
    )
