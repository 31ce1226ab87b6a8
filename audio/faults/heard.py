"""A clip as the faults are looked for in it: samples, and how loud each moment is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voices.voice import Clip, WordTime

FRAME_MS = 5
AUDIBLE_DB = 40.0
"""What lies further under a clip's loudest moment is not heard as speech: the weakest word of 570 lay 35 dB under."""

_FLOOR_DB = -120.0


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """Samples `pcm` of full scale ±1 without their `offset`, and the level of each 5 ms, 0 dB being the loudest.

    `loudest_db` says where that is under full scale (RMS).
    """

    pcm: NDArray[np.float32]
    offset: float
    sample_rate: int
    words: tuple[WordTime, ...]
    levels_db: NDArray[np.float32]
    loudest_db: float

    @property
    def audible(self) -> NDArray[np.bool_]:
        """Which frames of 5 ms are heard."""
        return self.levels_db > -AUDIBLE_DB

    def frame_of(self, sample: int) -> int:
        """The frame of 5 ms that a sample lies in."""
        return sample * 1000 // (FRAME_MS * self.sample_rate)


def hear(clip: Clip) -> Heard:
    """`clip`, measured."""
    pcm = clip.pcm.astype(np.float32) / np.float32(32768)
    offset = float(pcm.mean(dtype=np.float64)) if len(pcm) else 0.0
    pcm -= np.float32(offset)
    levels = frame_levels_db(pcm, clip.sample_rate, FRAME_MS)
    loudest = float(levels.max(initial=_FLOOR_DB))
    return Heard(pcm, offset, clip.sample_rate, clip.words, levels - np.float32(loudest), loudest)


def frame_levels_db(pcm: NDArray[np.float32], sample_rate: int, frame_ms: int) -> NDArray[np.float32]:
    """The level (RMS) of each whole frame of mono `pcm` in dB under full scale; nothing is under -120."""
    ends = np.arange(0, len(pcm) * 1000 + 1, frame_ms * sample_rate) // 1000  # exact at any rate
    frames = len(ends) - 1
    if frames < 1:
        return np.zeros(0, dtype=np.float32)
    power = np.add.reduceat(np.square(pcm, dtype=np.float32), ends[:-1])[:frames] / np.diff(ends)
    # What follows the last whole frame was added to it.
    power[-1] = np.mean(np.square(pcm[ends[-2] : ends[-1]]))
    level: NDArray[np.float32] = 10 * np.log10(np.maximum(power, 10 ** (_FLOOR_DB / 10))).astype(np.float32)
    return level


def runs(mask: NDArray[np.bool_], least: int = 1) -> list[tuple[int, int]]:
    """[start, end) of each stretch, of `least` values or more, in which `mask` is true."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8))).reshape(-1, 2)
    return [(int(start), int(end)) for start, end in edges[edges[:, 1] - edges[:, 0] >= least]]
