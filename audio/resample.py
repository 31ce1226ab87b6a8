"""Sound at another rate; the only file that imports soxr."""

from collections.abc import Iterable, Iterator

import numpy as np
import soxr
from numpy.typing import NDArray

from audio.block import Block

_QUALITY = "VHQ"
# The best there is costs half a millisecond for a second of sound: less than anything that follows.


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
    got: NDArray[np.float32] = soxr.resample(pcm.astype(np.float32, copy=False), from_hz, to_hz, quality=_QUALITY)
    if len(got) < wanted:  # soxr may round the other way
        got = np.concatenate([got, np.zeros(wanted - len(got), dtype=np.float32)])
    return got[:wanted]


def resampled_blocks(blocks: Iterable[Block], from_hz: int, to_hz: int, samples: int, channels: int) -> Iterator[Block]:
    """The blocks, `samples` frames in all, at the new rate: together what `resample` would give for them at once."""
    if from_hz == to_hz:
        yield from blocks
        return
    stream = soxr.ResampleStream(from_hz, to_hz, channels, dtype="float32", quality=_QUALITY)
    missing = resampled_length(samples, from_hz, to_hz)
    for block in blocks:
        got = stream.resample_chunk(block)[:missing]
        missing -= len(got)
        if len(got):
            yield got
    got = stream.resample_chunk(np.zeros((0, channels), dtype=np.float32), last=True)[:missing]
    if missing:
        yield np.concatenate([got, np.zeros((missing - len(got), channels), dtype=np.float32)])


class Upsampler:
    """Sound at a whole multiple of its rate, for finding what lies between its samples; block after block.

    Less exact than `resample` where that cannot be heard or measured, and not delayed: joined, the blocks begin where
    the sound does.
    """

    def __init__(self, times: int, channels: int) -> None:
        self._stream = soxr.ResampleStream(1, times, channels, dtype="float32", quality="HQ")
        self._channels = channels

    def add(self, block: Block) -> Block:
        """What is settled after this block."""
        fine: Block = self._stream.resample_chunk(np.ascontiguousarray(block)).reshape(-1, self._channels)
        return fine

    def rest(self) -> Block:
        """What is left at the end."""
        nothing = np.zeros((0, self._channels), dtype=np.float32)
        fine: Block = self._stream.resample_chunk(nothing, last=True).reshape(-1, self._channels)
        return fine
