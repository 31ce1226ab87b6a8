"""The gain that makes a sound as loud as wanted while its peaks stay under a ceiling."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audio.block import BLOCK_FRAMES, Block
from audio.loudness import SILENT_LUFS, STEP_MS, KWeighting, amplitude, gated_lufs
from audio.peaks import HOP, PeakMeter, limiter_gains, with_gains

_CLOSE_LU = 0.02
_MOST_GUESSES = 12
_FIRST_SLOPE, _LEAST_SLOPE = 0.6, 0.1  # LU gained for a dB of gain: the limiter takes the rest
_MOST_LIMITING_DB = 12.0  # more gain than that on top raises the noise between the words, and little else


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """What levelling needs to know of a sound, hop by hop: true peaks, and K-weighted energies.

    `envelope` has the highest true peak of each hop of 64 frames, `energy` the sum of its weighted power. From these
    the loudness after the limiter follows without hearing the sound again, to about 0.05 LU: the limiter's gain hardly
    moves within a hop.
    """

    envelope: NDArray[np.float32]
    energy: NDArray[np.float32]
    frames: int
    sample_rate: int

    @property
    def lufs(self) -> float:
        """The integrated loudness as it is."""
        return self._lufs(self._gains(0.0, math.inf))  # in chunks: at once, a long sound would fill the memory

    def between(self, start: int, end: int) -> "Levels":
        """The levels of frames [start, end), to the hop."""
        hops = slice(start // HOP, -(-end // HOP))
        envelope, energy = self.envelope[hops], self.energy[hops]
        return Levels(envelope, energy, min(len(energy) * HOP, self.frames - start // HOP * HOP), self.sample_rate)

    def limited(self, blocks: Iterable[Block], gain_db: float, ceiling_db: float) -> Iterator[Block]:
        """The sound, given again as `blocks`, with this gain and no true peak above the ceiling."""
        return with_gains(blocks, self._gains(gain_db, ceiling_db))

    def gain_db(self, aim_lufs: float, ceiling_db: float) -> float:
        """The gain that makes it `aim_lufs` loud, or as near as it can be brought; 0 for silence.

        Found by trying: what the limiter takes from the peaks, more gain must make up.
        """
        as_it_is = self.lufs
        if as_it_is == SILENT_LUFS:
            return 0.0
        plain_db = gain_db = aim_lufs - as_it_is
        slope = _FIRST_SLOPE
        before: tuple[float, float] | None = None
        for _ in range(_MOST_GUESSES):
            lufs = self._lufs(self._gains(gain_db, ceiling_db))
            if abs(lufs - aim_lufs) <= _CLOSE_LU or before == (gain_db, lufs):
                break
            if before is not None:
                slope = min(1.0, max(_LEAST_SLOPE, (lufs - before[1]) / (gain_db - before[0])))
            before = gain_db, lufs
            gain_db = min(gain_db - (lufs - aim_lufs) / slope, plain_db + _MOST_LIMITING_DB)
        return gain_db

    def _gains(self, gain_db: float, ceiling_db: float) -> Iterator[NDArray[np.float32]]:
        return limiter_gains(self.envelope, amplitude(gain_db), ceiling_db, self.sample_rate)

    def _lufs(self, gains: Iterable[NDArray[np.float32]]) -> float:
        """The loudness under these gains."""
        step = STEP_MS * self.sample_rate // 1000
        sums = np.zeros(max(4, -(-self.frames // step)))
        reached = 0
        for chunk in gains:
            factors = (chunk[:-1] + chunk[1:]) / 2
            hops = np.arange(reached, reached + len(factors))
            weighted = self.energy[reached : reached + len(factors)] * factors * factors
            np.add.at(sums, np.minimum(hops * HOP // step, len(sums) - 1), weighted)
            reached += len(factors)
        if self.frames < 4 * step:  # shorter than a gating block: as if it went on
            return gated_lufs(np.full(4, sums.sum() / max(1, self.frames)))
        whole = self.frames // step
        return gated_lufs(sums[:whole] / step)


def levels_of(blocks: Iterable[Block], sample_rate: int, channels: int) -> Levels:
    """The levels of a sound that comes in blocks; every block but the last is a whole number of hops."""
    peaks, weighting = PeakMeter(channels), KWeighting(sample_rate, channels)
    envelope: list[NDArray[np.float32]] = []
    energy: list[NDArray[np.float32]] = []
    frames = 0
    for block in blocks:
        envelope.append(peaks.add(block))
        power = weighting.power(block)
        padded = np.pad(power, (0, -len(power) % HOP)).reshape(-1, HOP)
        energy.append(padded.sum(axis=1).astype(np.float32))
        frames += len(block)
    envelope.append(peaks.rest())
    nothing = np.zeros(0, dtype=np.float32)
    return Levels(np.concatenate([nothing, *envelope]), np.concatenate([nothing, *energy]), frames, sample_rate)


def in_blocks(pcm: NDArray[np.float32]) -> Iterator[Block]:
    """Sound of shape (frames,) or (frames, channels) in blocks."""
    whole = pcm if pcm.ndim == 2 else pcm[:, None]
    for start in range(0, len(whole), BLOCK_FRAMES):
        yield whole[start : start + BLOCK_FRAMES]
