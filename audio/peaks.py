"""True peaks, which lie between the samples too, and a limiter that holds them under a ceiling."""

import math
from collections.abc import Iterable, Iterator
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from audio.block import Block
from audio.resample import Upsampler

_OVERSAMPLING = 4  # ITU-R BS.1770-4, annex 2
HOP = 64
"""Frames that share one value of an envelope: 1.5 ms, a seventh of the limiter's reach."""

_REACH_MS = 10  # how long before a peak the gain begins to fall, and how long after it has risen again
_CHUNK_HOPS = 1 << 14  # gains are worked out for 24 s at a time: those of a whole issue would fill the memory


class PeakMeter:
    """The true peak of sound in every hop of 64 frames, the highest of its channels; fourfold oversampling.

    Blocks come one after the other; `add` gives the hops that are settled by then, `rest` those that are left.
    """

    def __init__(self, channels: int) -> None:
        self._upsampler = Upsampler(_OVERSAMPLING, channels)
        self._fine = np.zeros(0, dtype=np.float32)
        self._given = np.zeros(0, dtype=np.float32)

    def add(self, block: Block) -> NDArray[np.float32]:
        """Hear the next block, of shape (frames, channels)."""
        # The samples themselves too: oversampling rounds off what lies at the very top of the spectrum.
        self._given = np.concatenate([self._given, _highest(block)])
        self._fine = np.concatenate([self._fine, _highest(self._upsampler.add(block))])
        return self._hops(min(len(self._given) // HOP, len(self._fine) // (HOP * _OVERSAMPLING)))

    def rest(self) -> NDArray[np.float32]:
        """The last hops; a shorter one at the end counts."""
        self._fine = np.concatenate([self._fine, _highest(self._upsampler.rest())])
        hops = -(-len(self._given) // HOP)
        self._given = np.pad(self._given, (0, hops * HOP - len(self._given)))
        wanted = hops * HOP * _OVERSAMPLING
        self._fine = np.pad(self._fine, (0, max(0, wanted - len(self._fine))))[:wanted]
        return self._hops(hops)

    def _hops(self, hops: int) -> NDArray[np.float32]:
        fine, given = hops * HOP * _OVERSAMPLING, hops * HOP
        between = self._fine[:fine].reshape(hops, HOP * _OVERSAMPLING).max(axis=1, initial=0.0)
        at = self._given[:given].reshape(hops, HOP).max(axis=1, initial=0.0)
        self._fine, self._given = self._fine[fine:], self._given[given:]
        peaks: NDArray[np.float32] = np.maximum(between, at)
        return peaks


def _highest(block: Block) -> NDArray[np.float32]:
    """For each frame the highest of its channels; `max` along so short an axis takes forty times as long."""
    return reduce(np.maximum, np.abs(block).T)


def peak_envelope(pcm: NDArray[np.float32]) -> NDArray[np.float32]:
    """The true peak of `pcm`, of shape (frames,) or (frames, channels), in every hop; full scale is 1."""
    block = pcm if pcm.ndim == 2 else pcm[:, None]
    meter = PeakMeter(block.shape[1])
    return np.concatenate([meter.add(block), meter.rest()])


def true_peak_db(envelope: NDArray[np.float32]) -> float:
    """The highest true peak of an envelope in dBTP; -inf for silence."""
    peak = float(envelope.max(initial=0.0))
    return 20 * math.log10(peak) if peak > 0 else -math.inf


def limiter_gains(
    envelope: NDArray[np.float32], gain: float, ceiling_db: float, sample_rate: int
) -> Iterator[NDArray[np.float32]]:
    """The factors where each hop starts and where the last one ends: `gain`, or less around high peaks; in chunks.

    Each chunk begins with the factor that the one before ended with. Looks ahead: the gain is down when a peak
    comes, and its slopes are smooth, so that nothing is clipped.
    """
    reach = max(1, _REACH_MS * sample_rate // (1000 * HOP))
    context = 3 * reach + 3
    for start in range(0, max(1, len(envelope)), _CHUNK_HOPS):
        first, last = max(0, start - context), start + _CHUNK_HOPS + context
        gains = _gains(envelope[first:last], gain, 10 ** (ceiling_db / 20), reach)
        hops = min(_CHUNK_HOPS, len(envelope) - start)
        yield gains[start - first : start - first + hops + 1]


def _gains(envelope: NDArray[np.float32], gain: float, ceiling: float, reach: int) -> NDArray[np.float32]:
    from scipy.ndimage import minimum_filter1d, uniform_filter1d  # slow to import, and not always needed

    needed = np.minimum(np.float32(gain), np.float32(ceiling) / np.maximum(envelope, np.float32(1e-9)))
    # The lowest factor that is needed within reach, then averaged over less than that reach: whatever goes
    # into the average at a peak is as low as the peak needs. Twice averaged, a step becomes an S.
    padded = np.pad(needed, (reach + 1, reach + 2), constant_values=gain)
    held = minimum_filter1d(padded, 2 * reach + 3)
    half = reach // 2 * 2 + 1
    smooth: NDArray[np.float32] = uniform_filter1d(uniform_filter1d(held, half), half).astype(np.float32, copy=False)
    return smooth[reach + 1 : -reach - 1]


def with_gains(blocks: Iterable[Block], gains: Iterable[NDArray[np.float32]]) -> Iterator[Block]:
    """The sound times its hops' gains, which run straight from one hop's start to the next; blocks as they come.

    Every block but the last is a whole number of hops.
    """
    ramp = np.arange(HOP, dtype=np.float32) / HOP
    chunks = iter(gains)
    ends = np.zeros(0, dtype=np.float32)
    for block in blocks:
        hops = -(-len(block) // HOP)
        while len(ends) < hops + 1:
            more = next(chunks)
            ends = np.concatenate([ends, more[1:] if len(ends) else more])
        lines = ends[:hops, None] + (ends[1 : hops + 1] - ends[:hops])[:, None] * ramp
        louder: Block = block * lines.reshape(-1)[: len(block), None].astype(np.float32, copy=False)
        yield louder
        ends = ends[hops:]
