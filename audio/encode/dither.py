"""Samples of 16 bits, for an encoder that takes no finer ones."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from audio.block import Block

_FULL_SCALE = 32767.0


def sixteen_bits(blocks: Iterable[Block], gain: float = 1.0) -> Iterator[NDArray[np.int16]]:
    """The blocks times `gain` as little-endian 16-bit samples; what lies beyond full scale is clipped.

    Dithered, so that what is dropped is heard as a hiss at -96 dB and not as distortion of soft tails: the noise is
    triangular, two steps wide (Lipshitz, Wannamaker and Vanderkooy 1992), and the same for the same sound however it
    is cut into blocks.
    """
    noise = np.random.SFC64(0)
    for block in blocks:
        # 64 random bits for every sample, of which two times 16 are used: their difference is triangular.
        bits = noise.random_raw(block.size).astype("<u8", copy=False).view("<u2").reshape(*block.shape, 4)
        dither = (bits[..., 0].astype(np.float32) - bits[..., 1].astype(np.float32)) / np.float32(65536)
        steps = np.rint(block * np.float32(gain * _FULL_SCALE) + dither)
        yield np.clip(steps, -32768, 32767).astype("<i2")
