"""Listening to a finished episode: passage by passage, and once more to what was not understood."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from articles.errors import ArticleError
from articles.segments import Segment
from audio.decode import UndecodableError, decode
from audio.listening.error_rate import ErrorRate, HeardSegment, closeness, compare
from audio.listening.passages import Passage, cut_passages, passage_of
from audio.listening.recogniser import LONGEST_S, RATE, Recogniser
from audio.resample import resample
from audio.timeline import PlacedSpeech

_NOT_UNDERSTOOD = 0.5
"""A segment with this share of its words wrong is heard again, alone: in a long passage a recogniser may pass over
a whole sentence."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a recogniser heard of an episode; `recogniser` names it. `unheard` is in languages that it does not know."""

    recogniser: str
    errors: ErrorRate
    unheard: tuple[Segment, ...]


def listen(
    path: Path,
    speech: Sequence[PlacedSpeech],
    sample_rate: int,
    recogniser: Recogniser,
    locales: Mapping[str, str] | None = None,
    advance: Callable[[float], None] = lambda _: None,
) -> Hearing:
    """What is heard in the sound file at `path`, held against its `speech`, in samples at `sample_rate`.

    `locales` gives each language's locale as in articles.segments.HouseStyle; `advance` is told the seconds of
    every passage that is done. Raises ArticleError when the file cannot be read.
    """
    pcm = mono(path)
    known = tuple(placed for placed in speech if recogniser.knows(placed.take.segment.language))
    ears = _Ears(pcm, speech, sample_rate, recogniser, locales or {})
    heard: list[HeardSegment] = []
    for passage in cut_passages(known, sample_rate, LONGEST_S):
        heard += ears.hear(passage)
        advance(passage.end_s - passage.start_s)
    segments = (placed.take.segment for placed in speech)
    unheard = tuple(segment for segment in segments if not recogniser.knows(segment.language))
    return Hearing(recogniser.identity, ErrorRate(tuple(heard)), unheard)


@dataclass(frozen=True, slots=True, eq=False)
class _Ears:
    """A recogniser at an episode."""

    pcm: NDArray[np.float32]
    speech: Sequence[PlacedSpeech]
    sample_rate: int
    recogniser: Recogniser
    locales: Mapping[str, str]

    def hear(self, passage: Passage) -> Iterator[HeardSegment]:
        """The passage's segments; one that was hardly understood is heard again alone, and the better counts."""
        together = self._once(passage)
        if len(together) == 1:
            yield from together
            return
        for placed, each in zip(passage.speech, together, strict=True):
            if each.rate < _NOT_UNDERSTOOD:
                yield each
                continue
            again = self._once(passage_of([placed], self.speech, self.sample_rate))
            yield min(each, *again, key=closeness)

    def _once(self, passage: Passage) -> tuple[HeardSegment, ...]:
        pcm = self.pcm[round(passage.start_s * RATE) : round(passage.end_s * RATE)]
        text = self.recogniser.hear(pcm, passage.language)
        segments = [placed.take.segment for placed in passage.speech]
        starts_s = [placed.start / self.sample_rate for placed in passage.speech]
        return compare(segments, starts_s, text, self.locales.get(passage.language, passage.language))


def mono(path: Path) -> NDArray[np.float32]:
    """The sound of the file at `path`, channels mixed, at RATE. Raises ArticleError when it cannot be read."""
    try:
        decoded = decode(path)
    except (UndecodableError, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ArticleError(f"{path}: cannot be listened to: {reason}", hint="build the issue again") from error
    pcm: NDArray[np.float32] = np.ascontiguousarray(decoded.pcm.mean(axis=1, dtype=np.float32))
    return resample(pcm, decoded.sample_rate, RATE)
