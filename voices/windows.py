"""A long sequence decoded window by window: the same sound, and memory for one window instead of all."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]

WINDOW_FRAMES = 384
"""The most frames decoded at once, 4.5 s of a medium Piper voice: longer windows save no time, only shorter ones
cost some."""


def decode(
    frames: FloatArray,
    reach: int | None,
    samples_per_frame: int,
    run: Callable[[FloatArray], FloatArray],
    window: int = WINDOW_FRAMES,
) -> FloatArray:
    """What `run` makes of `frames`, of shape (1, channels, count), as samples of shape (count × samples_per_frame,).

    Each window is given with the `reach` frames on either side that its sound depends on; their own sound is dropped.
    With a reach of None the frames are decoded as a whole.
    """
    count = frames.shape[-1]
    parts = 1 if reach is None else max(1, -(-count // window))
    sound = []
    for part in range(parts):
        start, end = count * part // parts, count * (part + 1) // parts
        before, after = max(0, start - (reach or 0)), min(count, end + (reach or 0))
        heard = run(np.ascontiguousarray(frames[:, :, before:after])).reshape(-1)
        sound.append(heard[(start - before) * samples_per_frame : (end - before) * samples_per_frame])
    return np.concatenate(sound)
