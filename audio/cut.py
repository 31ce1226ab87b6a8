"""Clips made ready for the mix: at the episode's rate, without their own silence, with soft edges."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from articles.errors import ArticleError
from audio.phase import rotate_phase
from audio.resample import resample
from audio.timeline import Spoken
from audio.trim import soft_edges, sound_bounds
from voices.clips import ClipStore
from voices.take import Take
from voices.voice import Clip

# Measured on Piper and Kokoro voices: a sentence's first and last consonants (h, f, s, th) lie 30 to 45 dB
# under its loudest vowel, the breath and hiss around it 60 to 85 dB under.
_BELOW_LOUDEST_DB = 50.0
_BEFORE_MS, _AFTER_MS = 15, 30
_FADE_IN_MS, _FADE_OUT_MS = 4, 12  # shorter than what is kept of the silence: no consonant is faded


class MissingClipError(ArticleError):
    """A take's clip is not in the clip store."""


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """A take's speech: mono `pcm` at the episode's rate, and where in the clip it was."""

    spoken: Spoken
    pcm: NDArray[np.float32]


def cut_takes(takes: Sequence[Take], store: ClipStore, sample_rate: int) -> Iterator[Cut]:
    """The takes' speech, in order. Raises MissingClipError at the first clip that is not there."""
    for take in takes:
        clip = store.read(take.key)
        if clip is None:
            raise MissingClipError(
                f"line {take.segment.line}: the clip for “{_beginning(take.segment.written)}” is gone",
                hint="build again: it will be read anew",
            )
        yield cut(take, clip, sample_rate)


def cut(take: Take, clip: Clip, sample_rate: int) -> Cut:
    """The part of `clip` that is speech; empty when the clip is silent."""
    pcm = resample(clip.pcm.astype(np.float32) / np.float32(32768), clip.sample_rate, sample_rate)
    pcm = rotate_phase(pcm, sample_rate)
    first, last = sound_bounds(
        pcm, sample_rate, below_loudest_db=_BELOW_LOUDEST_DB, before_ms=_BEFORE_MS, after_ms=_AFTER_MS
    )
    speech = soft_edges(pcm[first:last], sample_rate, in_ms=_FADE_IN_MS, out_ms=_FADE_OUT_MS)
    return Cut(Spoken(take, first, last), speech)


def _beginning(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40].rsplit(' ', 1)[0]} …"
