"""Sound waiting on disk: mixed once, read as often as levelling and encoding need it."""

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import numpy as np

from articles.files import WriteError
from audio.block import BLOCK_FRAMES, Block


class Spool:
    """Blocks of `channels` channels on disk, as 32-bit floats; `frames` of them."""

    def __init__(self, file: IO[bytes], channels: int) -> None:
        self._file = file
        self.channels = channels
        self.frames = 0

    def fill(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks, handed on while they are kept. Raises WriteError when the disk is full."""
        for block in blocks:
            self._keep(block)
            yield block

    def blocks(self) -> Iterator[Block]:
        """All that was kept, in blocks of BLOCK_FRAMES; from the start each time, and for several readers at once."""
        size = BLOCK_FRAMES * self.channels * 4
        for place in range(0, self.frames * self.channels * 4, size):
            data = os.pread(self._file.fileno(), size, place)
            yield np.frombuffer(data, dtype="<f4").reshape(-1, self.channels)

    def _keep(self, block: Block) -> None:
        data = block.astype("<f4", copy=False).tobytes()
        try:
            while data:  # where the disk is nearly full, only a part may be taken
                data = data[self._file.write(data) :]
        except OSError as error:
            raise WriteError(
                f"the sound cannot be kept while it is mixed ({error.strerror or error})",
                hint="make room on the disk of .vivavoce: an hour of sound needs 0.7 GB for a while, 1.3 in stereo",
            ) from error
        self.frames += len(block)


@contextlib.contextmanager
def open_spool(folder: Path, channels: int) -> Iterator[Spool]:
    """An empty spool in `folder`, gone when the block ends, and when the process dies.

    Raises WriteError when the folder cannot be written.
    """
    with contextlib.ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # It has no name: the system forgets it. Nothing may wait in a buffer to be refused when it is closed.
            file = stack.enter_context(tempfile.TemporaryFile(dir=folder, buffering=0))
        except OSError as error:
            raise WriteError(
                f"{folder}: cannot be written ({error.strerror or error})",
                hint="check the folder's permissions and the space on the disk",
            ) from error
        yield Spool(file, channels)
