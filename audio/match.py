"""Voices matched, so that a change of language is not a change of volume."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from audio.cut import Cut
from audio.level import Limited, ceiling_db
from audio.loudness import amplitude
from audio.sound import Sound


def match_voices(cuts: Sequence[Cut], sound: Sound) -> tuple[NDArray[np.float32], ...]:
    """The cuts' sound in order, each with the gain of its voice: one gain for all that a voice says.

    So a voice's quiet sentences stay quieter than its loud ones. Voices are compared as they will be heard,
    that is limited: a voice with high peaks loses more to the limiter than another.
    """
    gains = {voice: _gain(voice, cuts, sound) for voice in dict.fromkeys(cut.spoken.take.voice for cut in cuts)}
    return tuple(cut.pcm * gains[cut.spoken.take.voice] for cut in cuts)


def _gain(voice: str, cuts: Sequence[Cut], sound: Sound) -> np.float32:
    said = np.concatenate([cut.pcm for cut in cuts if cut.spoken.take.voice == voice])
    gain_db = Limited.of(said, sound.sample_rate).gain_db(sound.target_lufs, ceiling_db(sound))
    return np.float32(amplitude(gain_db))
