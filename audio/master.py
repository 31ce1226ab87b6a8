"""The finished sound: as loud as the edition asks, measured on what a listener's player decodes."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audio.decode import decode
from audio.encode import encode_mp3
from audio.level import Limited, ceiling_db
from audio.loudness import SILENT_LUFS, LoudnessError, integrated_lufs
from audio.peaks import peak_envelope, true_peak_db
from audio.sound import Sound

_MARGIN_DB = 0.1  # a ceiling lowered by just the excess may miss again by a hair
_MOST_ENCODINGS = 4


@dataclass(frozen=True, slots=True)
class Master:
    """An MP3 file without tags, and the loudness and true peak of what it decodes to."""

    data: bytes
    lufs: float
    true_peak_db: float


def master(pcm: NDArray[np.float32], sound: Sound) -> Master:
    """Mono `pcm` levelled, limited and encoded as `sound` asks; and again, corrected, until it measures so.

    Raises LoudnessError, with the figures, for silence and for sound that cannot be brought there.
    """
    limited = Limited.of(pcm, sound.sample_rate)
    if limited.lufs == SILENT_LUFS:
        raise LoudnessError("there is nothing to hear in it: every clip is silent", hint="try another voice")
    aim_lufs, ceiling = sound.target_lufs, ceiling_db(sound)
    for _ in range(_MOST_ENCODINGS):
        gain_db = limited.gain_db(aim_lufs, ceiling)
        made = _encode(limited.blocks(gain_db, ceiling), sound)
        over_lu = made.lufs - sound.target_lufs
        over_db = made.true_peak_db - sound.true_peak_db
        if abs(over_lu) <= sound.loudness_tolerance_lu and over_db <= 0:
            return made
        aim_lufs -= over_lu
        ceiling -= over_db + _MARGIN_DB if over_db > 0 else 0.0
    raise LoudnessError(
        f"its sound measures {made.lufs:.2f} LUFS with peaks at {made.true_peak_db:.2f} dBTP, where "
        f"{sound.target_lufs:g} ±{sound.loudness_tolerance_lu:g} LUFS and at most "
        f"{sound.true_peak_db:g} dBTP are wanted",
        hint="ask for a lower target_lufs or a wider loudness_tolerance_lu in [sound] of edition.toml",
    )


def _encode(blocks: Iterable[NDArray[np.float32]], sound: Sound) -> Master:
    data = encode_mp3(blocks, sound.sample_rate, sound.bitrate_kbps)
    heard = np.ascontiguousarray(decode(data).pcm[:, 0])
    return Master(data, integrated_lufs([heard], sound.sample_rate), true_peak_db(peak_envelope(heard)))
