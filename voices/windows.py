"""A long sequence computed window by window: the same values, and memory for one window instead of all."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]


def in_windows(
    sequence: FloatArray, reach: int | None, run: Callable[[FloatArray], FloatArray], window: int
) -> FloatArray:
    """What `run` makes of `sequence`, of shape (…, length), where it gives a whole number of values for each of them.

    At most `window` are given at once, and the `reach` on either side that their values depend on, whose own are
    dropped. With a reach of None it is run on all at once.
    """
    length = sequence.shape[-1]
    parts = 1 if reach is None else max(1, -(-length // window))
    made = []
    for part in range(parts):
        start, end = length * part // parts, length * (part + 1) // parts
        before, after = max(0, start - (reach or 0)), min(length, end + (reach or 0))
        values = run(np.ascontiguousarray(sequence[..., before:after]))
        each = values.shape[-1] // (after - before)
        made.append(values[..., (start - before) * each : (end - before) * each])
    return np.concatenate(made, axis=-1)
