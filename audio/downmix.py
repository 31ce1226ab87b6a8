"""Many channels to two or one, by the coefficients of ITU-R BS.775-3, annex 4."""

import numpy as np
from numpy.typing import NDArray

_HALF_POWER = 0.5**0.5

# By their number, the channels in the order of RFC 9639 (FLAC), section 9.1.3, which is that of WAV files too.
_LAYOUTS = {
    3: ("left", "right", "centre"),
    4: ("left", "right", "behind left", "behind right"),
    5: ("left", "right", "centre", "behind left", "behind right"),
    6: ("left", "right", "centre", "low", "behind left", "behind right"),
    7: ("left", "right", "centre", "low", "behind", "behind left", "behind right"),
    8: ("left", "right", "centre", "low", "behind left", "behind right", "behind left", "behind right"),
}
_SHARES = {
    "left": (1.0, 0.0),
    "right": (0.0, 1.0),
    "centre": (_HALF_POWER, _HALF_POWER),
    "low": (0.0, 0.0),  # the standard leaves low-frequency effects out
    "behind left": (_HALF_POWER, 0.0),
    "behind right": (0.0, _HALF_POWER),
    "behind": (0.5, 0.5),
}
_ALIKE = 1e-5  # of the power: 50 dB below what both channels share, a difference is not heard


def to_stereo(pcm: NDArray[np.float32]) -> NDArray[np.float32]:
    """`pcm` of shape (frames, channels) with at most two; of layouts that have no name, the first two."""
    channels = pcm.shape[1]
    if channels not in _LAYOUTS:
        return pcm[:, :2]
    shares = np.array([_SHARES[place] for place in _LAYOUTS[channels]], dtype=np.float32)
    stereo: NDArray[np.float32] = pcm @ shares
    return stereo


def to_mono(pcm: NDArray[np.float32]) -> NDArray[np.float32]:
    """`pcm` of shape (frames, 1 or 2) as one channel: the mean of both."""
    mono: NDArray[np.float32] = pcm.mean(axis=1, keepdims=True, dtype=np.float32)
    return mono


def is_stereo(pcm: NDArray[np.float32]) -> bool:
    """Whether there are two channels, and they are heard to differ."""
    if pcm.shape[1] < 2:
        return False
    left, right = pcm[:, 0].astype(np.float64), pcm[:, 1].astype(np.float64)
    return bool(np.mean((left - right) ** 2) > _ALIKE * np.mean((left + right) ** 2))
