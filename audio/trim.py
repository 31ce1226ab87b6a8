"""Where sound begins and ends in a recording, and soft edges for where it is cut."""

import numpy as np
from numpy.typing import NDArray

_FRAME_MS = 5
_SILENCE_DB = -90.0  # a recording that never gets louder than this, full scale being 0, holds no sound


def sound_bounds(
    pcm: NDArray[np.float32], sample_rate: int, *, below_loudest_db: float, before_ms: int, after_ms: int
) -> tuple[int, int]:
    """Samples [first, last) between which mono `pcm` is heard; (0, 0) for silence.

    Heard is a frame of 5 ms that is at most `below_loudest_db` (RMS) under the loudest frame; `before_ms` and
    `after_ms` of what lies around is kept too, as far as it is there.
    """
    frame = sample_rate * _FRAME_MS // 1000
    levels = _frame_levels(pcm, frame)
    loudest = float(levels.max(initial=0.0))
    if loudest <= 10 ** (_SILENCE_DB / 20):
        return 0, 0
    heard = np.flatnonzero(levels >= loudest * 10 ** (-below_loudest_db / 20))
    first = int(heard[0]) * frame - before_ms * sample_rate // 1000
    last = (int(heard[-1]) + 1) * frame + after_ms * sample_rate // 1000
    return max(0, first), min(len(pcm), last)


def soft_edges(pcm: NDArray[np.float32], sample_rate: int, *, in_ms: float, out_ms: float) -> NDArray[np.float32]:
    """A copy of mono `pcm` that rises from silence and falls to it along half a cosine: no cut clicks."""
    soft = pcm.copy()
    rise = _slope(int(in_ms * sample_rate / 1000), len(pcm))
    fall = _slope(int(out_ms * sample_rate / 1000), len(pcm))
    soft[: len(rise)] *= rise
    soft[len(soft) - len(fall) :] *= fall[::-1]
    return soft


def _frame_levels(pcm: NDArray[np.float32], frame: int) -> NDArray[np.float64]:
    padded = np.concatenate([pcm, np.zeros(-len(pcm) % frame, dtype=np.float32)]).reshape(-1, frame)
    levels: NDArray[np.float64] = np.sqrt(np.mean(np.square(padded, dtype=np.float64), axis=1))
    return levels


def _slope(samples: int, longest: int) -> NDArray[np.float32]:
    count = min(samples, longest)
    slope: NDArray[np.float32] = (0.5 - 0.5 * np.cos(np.pi * (np.arange(count) + 0.5) / max(1, count))).astype(
        np.float32
    )
    return slope
