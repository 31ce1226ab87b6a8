"""The rehearsal: one run through a score's clips, to learn where in each the speech lies and how loud each voice is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audio.cut import clip_of, spoken, words_of
from audio.match import voice_gain
from audio.resample import resample
from audio.score import Part, Score
from audio.sound import Sound
from audio.timeline import Spoken
from voices.clips import ClipStore
from voices.take import Take


@dataclass(frozen=True, slots=True)
class SpokenPart:
    """A part, and where in the clips of its ident and its takes the speech lies, in their order."""

    part: Part
    ident: tuple[Spoken, ...]
    takes: tuple[Spoken, ...]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a score's clips hold: its parts in order, and for each voice the factor that brings it to the target."""

    parts: tuple[SpokenPart, ...]
    gains: Mapping[str, float]


def rehearse(score: Score, store: ClipStore, sound: Sound) -> Rehearsal:
    """What is in a score's clips; they are read one by one, and none is kept. Raises MissingClipError."""
    takes = [take for part in score for take in (*part.ident, *part.takes)]
    found: dict[str, Spoken] = {}
    gains = {voice: _listen(takes, voice, store, sound, found) for voice in dict.fromkeys(take.voice for take in takes)}
    parts = tuple(SpokenPart(part, _spoken(part.ident, found), _spoken(part.takes, found)) for part in score)
    return Rehearsal(parts, gains)


def _listen(takes: list[Take], voice: str, store: ClipStore, sound: Sound, found: dict[str, Spoken]) -> float:
    """The voice's gain; where the speech lies in its clips goes to `found`, by the clips' keys."""
    its = [take for take in takes if take.voice == voice]
    rate = clip_of(its[0], store).sample_rate

    def said() -> Iterator[NDArray[np.float32]]:
        for take in its:
            clip = clip_of(take, store)
            found[take.key] = spoken(take, clip, sound.sample_rate)
            yield resample(words_of(clip), clip.sample_rate, rate)

    return voice_gain(said(), len(its), rate, sound)


def _spoken(takes: tuple[Take, ...], found: dict[str, Spoken]) -> tuple[Spoken, ...]:
    return tuple(Spoken(take, found[take.key].first, found[take.key].last) for take in takes)
