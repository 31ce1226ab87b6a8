"""A block: a stretch of sound on its way from the mix to a file."""

import numpy as np
from numpy.typing import NDArray

Block = NDArray[np.float32]
"""Samples of shape (frames, channels), full scale ±1; a sound is its blocks, one after the other."""

BLOCK_FRAMES = 65_536
"""How many frames a block usually has: 1.5 s at 44.1 kHz, so that memory does not grow with the sound."""
