"""Clips made ready for the mix: at the episode's rate, without their own silence, with soft edges."""

import numpy as np
from numpy.typing import NDArray

from articles.errors import ArticleError
from audio.phase import rotate_phase
from audio.resample import resample, resampled_length
from audio.timeline import PlacedSpeech, Spoken
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


def clip_of(take: Take, store: ClipStore) -> Clip:
    """The take's clip. Raises MissingClipError when it is not there."""
    clip = store.read(take.key)
    if clip is None:
        raise MissingClipError(
            f"line {take.segment.line}: the clip for “{_beginning(take.segment.written)}” is gone",
            hint="build again: it will be read anew",
        )
    return clip


def spoken(take: Take, clip: Clip, sample_rate: int) -> Spoken:
    """Which part of the take's clip is speech, once the clip is at `sample_rate` Hz."""
    first, last = _bounds(clip)
    longest = resampled_length(len(clip.pcm), clip.sample_rate, sample_rate)
    end = min(longest, -(-last * sample_rate // clip.sample_rate))
    return Spoken(take, min(end, first * sample_rate // clip.sample_rate), end)


def words_of(clip: Clip) -> NDArray[np.float32]:
    """The part of the clip that is speech, mono, at the clip's own rate; nothing of a silent one."""
    first, last = _bounds(clip)
    return _floats(clip)[first:last]


def heard(clip: Clip, placed: PlacedSpeech, sample_rate: int) -> NDArray[np.float32]:
    """The speech that the timeline has there: mono, at `sample_rate`, as long as its place, soft at its edges."""
    pcm = resample(rotate_phase(_floats(clip), clip.sample_rate), clip.sample_rate, sample_rate)
    speech = pcm[placed.skipped : placed.skipped + placed.end - placed.start]
    return soft_edges(speech, sample_rate, in_ms=_FADE_IN_MS, out_ms=_FADE_OUT_MS)


def _bounds(clip: Clip) -> tuple[int, int]:
    return sound_bounds(
        _floats(clip),
        clip.sample_rate,
        below_loudest_db=_BELOW_LOUDEST_DB,
        before_ms=_BEFORE_MS,
        after_ms=_AFTER_MS,
    )


def _floats(clip: Clip) -> NDArray[np.float32]:
    return clip.pcm.astype(np.float32) / np.float32(32768)


def _beginning(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40].rsplit(' ', 1)[0]} …"
