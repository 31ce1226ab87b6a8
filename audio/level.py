"""The gain that makes a sound as loud as wanted while its peaks stay under a ceiling."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audio.loudness import SILENT_LUFS, amplitude, integrated_lufs
from audio.peaks import limiter_gains, peak_envelope, with_gains
from audio.sound import Sound

_OVERSHOOT_DB = {64: 2.6, 96: 1.1, 128: 0.8}
"""By bit rate in kbit/s: how far the ceiling lies under the wanted peak, because MP3 overshoots (limited
speech was measured to do so by up to 2.2, 0.9 and 0.6 dB)."""

_CLOSE_LU = 0.1
_MOST_GUESSES = 6
_FIRST_SLOPE, _LEAST_SLOPE = 0.6, 0.1  # LU gained for a dB of gain: the limiter takes the rest
_MOST_LIMITING_DB = 12.0  # more gain than that on top raises the noise between the words, and little else


def ceiling_db(sound: Sound) -> float:
    """The true peak that the sound must stay under before it is encoded, in dBTP."""
    return sound.true_peak_db - _OVERSHOOT_DB[sound.bitrate_kbps]


@dataclass(frozen=True, slots=True, eq=False)
class Limited:
    """A mono sound, the envelope of its peaks, and its loudness: what it becomes with more gain under a ceiling."""

    pcm: NDArray[np.float32]
    envelope: NDArray[np.float32]
    lufs: float
    sample_rate: int

    @classmethod
    def of(cls, pcm: NDArray[np.float32], sample_rate: int) -> "Limited":
        """`pcm`, measured."""
        return cls(pcm, peak_envelope(pcm), integrated_lufs([pcm], sample_rate), sample_rate)

    def blocks(self, gain_db: float, ceiling_db: float) -> Iterator[NDArray[np.float32]]:
        """The sound with this gain, and no true peak above the ceiling; in consecutive blocks."""
        gains = limiter_gains(self.envelope, amplitude(gain_db), ceiling_db, self.sample_rate)
        return with_gains(self.pcm, gains)

    def gain_db(self, aim_lufs: float, ceiling_db: float) -> float:
        """The gain that makes it `aim_lufs` loud, to 0.1 LU or as near as it can be brought; 0 for silence.

        Found by trying: what the limiter takes from the peaks, more gain must make up.
        """
        if self.lufs == SILENT_LUFS:
            return 0.0
        plain_db = gain_db = aim_lufs - self.lufs
        slope = _FIRST_SLOPE
        before: tuple[float, float] | None = None
        for _ in range(_MOST_GUESSES):
            lufs = integrated_lufs(self.blocks(gain_db, ceiling_db), self.sample_rate)
            if abs(lufs - aim_lufs) <= _CLOSE_LU or before == (gain_db, lufs):
                break
            if before is not None:
                slope = min(1.0, max(_LEAST_SLOPE, (lufs - before[1]) / (gain_db - before[0])))
            before = gain_db, lufs
            gain_db = min(gain_db - (lufs - aim_lufs) / slope, plain_db + _MOST_LIMITING_DB)
        return gain_db
