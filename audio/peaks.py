"""True peaks, which lie between the samples too, and a limiter that holds them under a ceiling."""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import minimum_filter1d, uniform_filter1d

from audio.resample import resample

_OVERSAMPLING = 4  # ITU-R BS.1770-4, annex 2
_HOP = 16  # samples that share one value of an envelope: a third of a millisecond
_BLOCK = _HOP << 14  # samples handled at once: a long article, oversampled, would fill the memory
_CONTEXT = _HOP << 6  # samples on each side of a block: more than the resampler's filter reaches
_REACH_MS = 10  # how long before a peak the gain begins to fall, and how long after it has risen again


def peak_envelope(pcm: NDArray[np.float32]) -> NDArray[np.float32]:
    """The true peak of mono `pcm` in every hop of 16 samples, full scale being 1; fourfold oversampling."""
    return np.concatenate([np.zeros(0, dtype=np.float32), *_envelope_blocks(pcm)])


def true_peak_db(envelope: NDArray[np.float32]) -> float:
    """The highest true peak of an envelope in dBTP; -inf for silence."""
    peak = float(envelope.max(initial=0.0))
    return 20 * math.log10(peak) if peak > 0 else -math.inf


def limiter_gains(
    envelope: NDArray[np.float32], gain: float, ceiling_db: float, sample_rate: int
) -> NDArray[np.float64]:
    """The factor where each hop starts, and where the last one ends: `gain`, or less around high peaks.

    Looks ahead: the gain is down when a peak comes, and its slopes are smooth, so that nothing is clipped.
    """
    ceiling = 10 ** (ceiling_db / 20)
    needed = np.minimum(gain, ceiling / np.maximum(envelope, 1e-9, dtype=np.float64))
    reach = _REACH_MS * sample_rate // (1000 * _HOP)
    # The lowest factor that is needed within reach, then averaged over less than that reach: whatever goes
    # into the average at a peak is as low as the peak needs. Twice averaged, a step becomes an S.
    padded = np.pad(needed, (reach + 1, reach + 2), constant_values=gain)
    held = minimum_filter1d(padded, 2 * reach + 3)
    half = reach // 2 * 2 + 1
    smooth: NDArray[np.float64] = uniform_filter1d(uniform_filter1d(held, half), half)
    return smooth[reach + 1 : -reach - 1]


def with_gains(pcm: NDArray[np.float32], gains: NDArray[np.float64]) -> Iterator[NDArray[np.float32]]:
    """`pcm` times its hops' gains, which run straight from one hop's start to the next; in blocks."""
    ramp = np.arange(_HOP, dtype=np.float32) / _HOP
    for start in range(0, len(pcm), _BLOCK):
        block = pcm[start : start + _BLOCK]
        hops = -(-len(block) // _HOP)
        ends = gains[start // _HOP : start // _HOP + hops + 1].astype(np.float32)
        lines = ends[:-1, None] + (ends[1:] - ends[:-1])[:, None] * ramp
        yield (block * lines.reshape(-1)[: len(block)]).astype(np.float32)


def _envelope_blocks(pcm: NDArray[np.float32]) -> Iterator[NDArray[np.float32]]:
    for start in range(0, len(pcm), _BLOCK):
        lead = min(start, _CONTEXT)
        stop = min(start + _BLOCK, len(pcm))
        fine = np.abs(resample(pcm[start - lead : stop + _CONTEXT], 1, _OVERSAMPLING))
        fine = fine[lead * _OVERSAMPLING : (lead + stop - start) * _OVERSAMPLING]
        between = np.maximum.reduceat(fine, np.arange(0, len(fine), _HOP * _OVERSAMPLING))
        # The samples themselves too: oversampling rounds off what lies at the very top of the spectrum.
        given = np.maximum.reduceat(np.abs(pcm[start:stop]), np.arange(0, stop - start, _HOP))
        yield np.maximum(between, given)
