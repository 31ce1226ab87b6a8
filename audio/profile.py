"""A finished file's outline, for pictures: how high and how loud it is, step by step."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audio.loudness import STEP_MS

_MOST_STEPS = 2000


@dataclass(frozen=True, slots=True)
class Profile:
    """For each step of `step_s` seconds: the highest true peak (full scale is 1) and the short-term loudness.

    The loudness (EBU Tech 3341: the last 3 s, in LUFS) is the highest within the step; -70 stands for silence.
    """

    step_s: float
    peaks: tuple[float, ...]
    loudness: tuple[float, ...]


_SILENCE_LUFS = -70.0


def profile_of(peaks: NDArray[np.float32], loudness: NDArray[np.float64]) -> Profile:
    """The profile of a sound from its peaks and its loudness at each 0.1 s, as many of both; at most 2,000 steps."""
    together = max(1, -(-len(peaks) // _MOST_STEPS))
    starts = np.arange(0, len(peaks), together)
    if not len(starts):
        return Profile(STEP_MS / 1000, (), ())
    loud = np.maximum(np.nan_to_num(loudness, neginf=_SILENCE_LUFS), _SILENCE_LUFS)
    return Profile(
        together * STEP_MS / 1000,
        tuple(round(float(value), 3) for value in np.maximum.reduceat(peaks, starts)),
        tuple(round(float(value), 1) for value in np.maximum.reduceat(loud, starts)),
    )
