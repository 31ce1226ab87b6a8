"""Sound at another rate; the only file that imports soxr."""

import numpy as np
import soxr
from numpy.typing import NDArray


def resampled_length(samples: int, from_hz: int, to_hz: int) -> int:
    """How many samples `resample` gives for so many: the same duration to the nearest sample, halves up."""
    return (2 * samples * to_hz + from_hz) // (2 * from_hz)


def resample(pcm: NDArray[np.float32], from_hz: int, to_hz: int) -> NDArray[np.float32]:
    """Mono `pcm` at the new rate, exactly `resampled_length` samples, linear in phase and not delayed."""
    if from_hz == to_hz:
        return pcm
    wanted = resampled_length(len(pcm), from_hz, to_hz)
    if not len(pcm):
        return np.zeros(wanted, dtype=np.float32)
    # The best there is costs half a millisecond for a second of sound: less than anything that follows.
    got: NDArray[np.float32] = soxr.resample(pcm.astype(np.float32, copy=False), from_hz, to_hz, quality="VHQ")
    if len(got) < wanted:  # soxr may round the other way
        got = np.concatenate([got, np.zeros(wanted - len(got), dtype=np.float32)])
    return got[:wanted]
