"""Sound out of a file of any format that libav reads."""

import contextlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import av.error
import numpy as np
from av.container import InputContainer
from numpy.typing import NDArray

from audio.block import BLOCK_FRAMES, Block


class UndecodableError(Exception):
    """The bytes are not sound that can be read, or are too long; the message says which, in a few words."""


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """What was in a file: `pcm` of shape (samples, channels), its rate in Hz, libav's name for its coding."""

    pcm: NDArray[np.float32]
    sample_rate: int
    codec: str

    @property
    def channels(self) -> int:
        """How many channels the file has."""
        return int(self.pcm.shape[1])


def decode(source: Path | bytes, *, longest_seconds: float = float("inf")) -> Decoded:
    """All of `source`, less what its own header says is the encoder's padding.

    Raises UndecodableError, and OSError where a file cannot be opened. Stops reading after `longest_seconds`.
    """
    with opened(source) as container:
        parts: list[Block] = []
        samples = sample_rate = 0
        for block, sample_rate in _sound(container):
            parts.append(block)
            samples += len(block)
            if samples > longest_seconds * sample_rate:
                raise UndecodableError(f"it is longer than {longest_seconds:g} seconds")
        if not samples:
            raise UndecodableError("there is no sound in it")
        return Decoded(np.concatenate(parts), sample_rate, _stream(container).codec_context.codec.canonical_name)


def decoded_blocks(path: Path) -> Iterator[Block]:
    """What `decode` gives, in consecutive blocks of about `BLOCK_FRAMES`: memory does not grow with the file.

    At the file's own rate, which is `Encoding.file_rate`. Raises UndecodableError, and OSError where the file cannot
    be opened.
    """
    with opened(path) as container:
        yield from _gathered(block for block, _ in _sound(container))


@contextlib.contextmanager
def opened(source: Path | bytes) -> Iterator[InputContainer]:
    """The file, with sound in it, for as long as the block lasts. Raises UndecodableError, and OSError."""
    file = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    with file:
        if not file.read(1):
            raise UndecodableError("the file is empty")
        file.seek(0)
        try:
            with av.open(file, mode="r") as container:
                if not container.streams.audio:
                    raise UndecodableError("there is no sound in it")
                yield container
        except (av.error.FFmpegError, ValueError) as error:
            reason = error.strerror if isinstance(error, av.error.FFmpegError) else error
            raise UndecodableError(f"it is not a sound file that can be read ({reason})") from error


def _sound(container: InputContainer) -> Iterator[tuple[Block, int]]:
    """What each of the file's frames holds, and its rate in Hz.

    libav leaves out an encoder's padding, but at the end of MPEG-4 only by whole frames of 1024: the rest is cut here,
    by the length that the file gives itself.
    """
    done = 0
    held: tuple[Block, int] | None = None
    for block, sample_rate in _frames(container):
        if held is not None:
            yield held
        held = block, sample_rate
        done += len(block)
    if held is not None:
        block, sample_rate = held
        surplus = done - _declared_samples(container, sample_rate)
        yield block[:-surplus] if 0 < surplus < len(block) else block, sample_rate


def _frames(container: InputContainer) -> Iterator[tuple[Block, int]]:
    plain = av.AudioResampler(format="fltp")  # the same rate and channels, as 32-bit floats
    for frame in container.decode(_stream(container)):
        for converted in plain.resample(frame):
            yield converted.to_ndarray().astype(np.float32, copy=False).T, converted.sample_rate


def _stream(container: InputContainer) -> av.AudioStream:
    return container.streams.audio[0]


def _declared_samples(container: InputContainer, sample_rate: int) -> float:
    stream = _stream(container)
    if "mp4" not in container.format.name or not stream.duration or stream.time_base is None:
        return float("inf")
    return round(stream.duration * stream.time_base * sample_rate)


def _gathered(blocks: Iterable[Block]) -> Iterator[Block]:
    """The same sound in blocks of at least `BLOCK_FRAMES`, but for the last."""
    waiting: list[Block] = []
    for block in blocks:
        waiting.append(block)
        if sum(map(len, waiting)) >= BLOCK_FRAMES:
            yield np.concatenate(waiting)
            waiting = []
    if waiting:
        yield np.concatenate(waiting)
