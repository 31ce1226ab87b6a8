"""How loud a sound is: integrated loudness after ITU-R BS.1770. The only file that imports pyloudnorm."""

import math
from collections.abc import Iterable, Iterator

import numpy as np
import pyloudnorm
from numpy.typing import NDArray

from articles.errors import ArticleError

SILENT_LUFS = -math.inf
"""The loudness of silence, and of anything that the standard's gate at -70 LUFS takes for it."""

_ABSOLUTE_GATE_LUFS = -70.0
# A gating block is 0.4 s long and begins every 0.1 s.
_STEPS_PER_SECOND = 10
_STEPS_PER_BLOCK = 4
_SETTLING_STEPS = 5
_STRETCH_SECONDS = 30


class LoudnessError(ArticleError):
    """The finished file is not as loud as the edition asks, or its peaks are too high; with the figures."""


def integrated_lufs(parts: Iterable[NDArray[np.float32]], sample_rate: int) -> float:
    """The integrated loudness in LUFS of mono sound given in consecutive parts; `SILENT_LUFS` for silence.

    Gated as the standard says: blocks under -70 LUFS do not count, nor those 10 LU under the mean of the
    others.
    """
    blocks = np.concatenate([np.zeros(0), *_block_loudness(parts, sample_rate)])
    power = 10 ** (blocks[blocks >= _ABSOLUTE_GATE_LUFS] / 10)
    power = power[power > power.mean() / 10] if len(power) else power
    return 10 * math.log10(power.mean()) if len(power) else SILENT_LUFS


def _block_loudness(parts: Iterable[NDArray[np.float32]], sample_rate: int) -> Iterator[NDArray[np.float64]]:
    """The loudness of every gating block, in order; a stretch of sound at a time, so that memory stays small.

    Sound shorter than one block is measured as if it went on: repeated, since padding would make it softer.
    """
    step = sample_rate // _STEPS_PER_SECOND
    waiting = np.zeros(0, dtype=np.float32)
    known = 0  # blocks at the start of `waiting` that have been handed over: they let the filters settle
    for stretch in _stretches(parts, _STRETCH_SECONDS * sample_rate):
        waiting = np.concatenate([waiting, stretch])
        steps = len(waiting) // step
        if steps >= _STRETCH_SECONDS * _STEPS_PER_SECOND:
            yield _measure(waiting[: steps * step], sample_rate)[known:]
            waiting = waiting[(steps - _STEPS_PER_BLOCK + 1 - _SETTLING_STEPS) * step :]
            known = _SETTLING_STEPS
    if len(waiting) and len(waiting) < _STEPS_PER_BLOCK * step:
        waiting = np.tile(waiting, math.ceil(_STEPS_PER_BLOCK * step / len(waiting)))
    if len(waiting):
        yield _measure(waiting, sample_rate)[known:]


def _stretches(parts: Iterable[NDArray[np.float32]], longest: int) -> Iterator[NDArray[np.float32]]:
    for part in parts:
        for start in range(0, len(part), longest):
            yield part[start : start + longest]


def _measure(pcm: NDArray[np.float32], sample_rate: int) -> NDArray[np.float64]:
    meter = pyloudnorm.Meter(sample_rate, block_size=_STEPS_PER_BLOCK / _STEPS_PER_SECOND)
    meter.integrated_loudness(pcm.astype(np.float64))  # its filters take three times as long in single precision
    return np.asarray(meter.blockwise_loudness, dtype=np.float64)


def amplitude(gain_db: float) -> float:
    """The factor for a gain in dB."""
    return float(10 ** (gain_db / 20))
