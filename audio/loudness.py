"""How loud a sound is, after ITU-R BS.1770 and EBU Tech 3341. The only file that imports pyloudnorm."""

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from articles.errors import ArticleError

SILENT_LUFS = -math.inf
"""The loudness of silence, and of anything that the standard's gate at -70 LUFS takes for it."""

STEP_MS = 100
"""A gating block of 0.4 s begins every 0.1 s: powers are kept by this step."""

_ABSOLUTE_GATE_LUFS = -70.0
_OFFSET_LU = -0.691  # BS.1770-4, annex 1, equation 2
_HIGH_PASS_LETS_THROUGH = 1.004995  # 0.04 dB: annex 1, table 2 at half its 48 kHz; the library has 1
_STEPS_PER_BLOCK = 4
_SHORT_TERM_STEPS = 30  # EBU Tech 3341: 3 s


class LoudnessError(ArticleError):
    """The finished file is not as loud as the edition asks, or its peaks are too high; with the figures."""


def get_ready() -> None:
    """Import what is measured with, which takes half a second, while there is nothing else to do."""
    import pyloudnorm  # noqa: F401


class KWeighting:
    """BS.1770's pre-filter, a block at a time: what it has heard before colours what comes next."""

    def __init__(self, sample_rate: int, channels: int) -> None:
        from pyloudnorm.iirfilter import IIRfilter  # here, because most commands never measure

        shelf = IIRfilter(4.0, 1 / math.sqrt(2), 1500.0, sample_rate, "high_shelf")
        highpass = IIRfilter(0.0, 0.5, 38.0, sample_rate, "high_pass")
        self._stages = np.array([[*shelf.b, *shelf.a], [*(highpass.b * _HIGH_PASS_LETS_THROUGH), *highpass.a]])
        self._state = np.zeros((2, channels, 2))

    def power(self, block: NDArray[np.float32]) -> NDArray[np.float64]:
        """The weighted power of each frame of `block` (frames, channels), summed over its channels."""
        from scipy.signal import sosfilt

        if not len(block):
            return np.zeros(0)
        weighted, self._state = sosfilt(self._stages, block.T.astype(np.float64), zi=self._state)
        total: NDArray[np.float64] = np.einsum("cf,cf->f", weighted, weighted)
        return total


class Meter:
    """Measures sound that comes in consecutive blocks; memory grows by one number for each 0.1 s."""

    def __init__(self, sample_rate: int, channels: int) -> None:
        self._weighting = KWeighting(sample_rate, channels)
        self._step = STEP_MS * sample_rate // 1000
        self._left = np.zeros(0)
        self._means: list[NDArray[np.float64]] = []

    def add(self, block: NDArray[np.float32]) -> None:
        """Hear the next block, of shape (frames, channels)."""
        power = np.concatenate([self._left, self._weighting.power(block)])
        whole = len(power) // self._step * self._step
        self._means.append(power[:whole].reshape(-1, self._step).mean(axis=1))
        self._left = power[whole:]

    @property
    def steps(self) -> NDArray[np.float64]:
        """The mean weighted power of each whole 0.1 s that was heard."""
        return np.concatenate([np.zeros(0), *self._means])

    def integrated_lufs(self) -> float:
        """The loudness of all that was heard; SILENT_LUFS for silence."""
        steps = self.steps
        if len(steps) < _STEPS_PER_BLOCK:
            # Sound shorter than one block is measured as if it went on: padding would make it softer.
            heard = len(steps) * self._step + len(self._left)
            total = steps.sum() * self._step + self._left.sum()
            return gated_lufs(np.full(_STEPS_PER_BLOCK, total / heard)) if heard else SILENT_LUFS
        return gated_lufs(steps)

    def short_term_lufs(self) -> NDArray[np.float64]:
        """At each 0.1 s the loudness of the last 3 s (less at the start); -inf for silence."""
        return short_term_lufs(self.steps)


def short_term_lufs(steps: NDArray[np.float64]) -> NDArray[np.float64]:
    """What `Meter.short_term_lufs` gives for sound whose mean weighted powers, for each 0.1 s, are `steps`."""
    sums = np.concatenate([[0.0], np.cumsum(steps)])
    ends = np.arange(1, len(steps) + 1)
    starts = np.maximum(0, ends - _SHORT_TERM_STEPS)
    return lufs_of((sums[ends] - sums[starts]) / _SHORT_TERM_STEPS)


def lufs_of(power: NDArray[np.float64]) -> NDArray[np.float64]:
    """The loudness of each mean power; -inf for none."""
    with np.errstate(divide="ignore"):
        return _OFFSET_LU + 10 * np.log10(np.maximum(power, 0.0))


def gated_lufs(steps: NDArray[np.float64]) -> float:
    """The integrated loudness of sound whose mean weighted powers, for each 0.1 s, are `steps` (at least four).

    Gated as the standard says: blocks under -70 LUFS do not count, nor those 10 LU under the mean of the others.
    """
    sums = np.concatenate([[0.0], np.cumsum(steps)])
    blocks = np.maximum(sums[_STEPS_PER_BLOCK:] - sums[:-_STEPS_PER_BLOCK], 0.0) / _STEPS_PER_BLOCK
    loud = blocks[lufs_of(blocks) >= _ABSOLUTE_GATE_LUFS]
    loud = loud[loud > loud.mean() / 10] if len(loud) else loud
    return float(lufs_of(loud.mean())) if len(loud) else SILENT_LUFS


def integrated_lufs(parts: Iterable[NDArray[np.float32]], sample_rate: int) -> float:
    """The integrated loudness in LUFS of sound given in consecutive parts, of shape (frames,) or (frames, channels)."""
    meter: Meter | None = None
    for part in parts:
        block = part if part.ndim == 2 else part[:, None]
        meter = meter or Meter(sample_rate, block.shape[1])
        meter.add(block)
    return meter.integrated_lufs() if meter else SILENT_LUFS


def amplitude(gain_db: float) -> float:
    """The factor for a gain in dB."""
    return float(10 ** (gain_db / 20))
