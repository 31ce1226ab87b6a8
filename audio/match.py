"""Voices matched, so that a change of language is not a change of volume."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from audio.ceiling import ceiling_db
from audio.level import in_blocks, levels_of
from audio.loudness import SILENT_LUFS, amplitude, integrated_lufs
from audio.phase import rotate_phase
from audio.resample import resample
from audio.sound import Sound

_SAMPLED, _SAMPLED_SECONDS = 16, 4
"""How much of a voice goes through the limiter to learn what that takes: about a minute, from first to last."""


def voice_gain(said: Iterable[NDArray[np.float32]], count: int, sample_rate: int, sound: Sound) -> float:
    """The factor that brings a voice to the target loudness: one for all that it says, in `count` mono parts.

    So a voice's quiet sentences stay quieter than its loud ones. Its loudness is that of all it says; no more than
    a minute is kept, evenly picked. Voices are compared as they will be heard, that is limited: one with high
    peaks loses more to the limiter than another. 1 for silence.
    """
    picked = {place * count // _SAMPLED for place in range(_SAMPLED)}
    kept: list[NDArray[np.float32]] = []
    lufs = integrated_lufs(_listened(said, picked, kept, _SAMPLED_SECONDS * sample_rate), sample_rate)
    if lufs == SILENT_LUFS:
        return 1.0
    tried_lufs = integrated_lufs([part for part in kept if len(part)], sample_rate)
    if tried_lufs == SILENT_LUFS:
        return amplitude(sound.target_lufs - lufs)
    tried = rotate_phase(np.concatenate(kept), sample_rate)
    levels = levels_of(in_blocks(resample(tried, sample_rate, sound.sample_rate)), sound.sample_rate, 1)
    # What is tried may be a little louder or softer than all of it; it must be so afterwards too.
    return amplitude(levels.gain_db(sound.target_lufs + tried_lufs - lufs, ceiling_db(sound)))


def _listened(
    said: Iterable[NDArray[np.float32]], picked: set[int], kept: list[NDArray[np.float32]], longest: int
) -> Iterator[NDArray[np.float32]]:
    """`said` as it comes, while the beginnings of the picked parts are kept."""
    for place, part in enumerate(said):
        if place in picked:
            kept.append(part[:longest].copy())
        if len(part):
            yield part
