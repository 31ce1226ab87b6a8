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

from articles.files import refuse_endless
from audio.block import BLOCK_FRAMES, Block
from audio.declared import Header, declared_length, ends_within_a_page


class UndecodableError(Exception):
    """The bytes are not sound that can be read, or are too long; the message says which, in a few words."""


class CutShortError(UndecodableError):
    """The file is only the beginning of one: it says itself that there was more."""


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

    What follows the last sound and is none, as old tags do, is passed over, as players do. Raises UndecodableError,
    CutShortError where the header declares more sound than there is, and OSError where a file cannot be opened. Stops
    reading after `longest_seconds`.
    """
    with opened(source) as container:
        parts: list[Block] = []
        samples = sample_rate = 0
        for block, sample_rate in _sound(container, any_tail=True):
            parts.append(block)
            samples += len(block)
            if samples > longest_seconds * sample_rate:
                raise UndecodableError(f"it is longer than {longest_seconds:g} seconds")
        if not samples:
            raise UndecodableError("there is no sound in it")
        _refuse_cut(container, source, samples / sample_rate)
        return Decoded(np.concatenate(parts), sample_rate, _stream(container).codec_context.codec.canonical_name)


def decoded_blocks(path: Path) -> Iterator[Block]:
    """What `decode` gives, in consecutive blocks of about `BLOCK_FRAMES`: memory does not grow with the file.

    At the file's own rate, which is `Encoding.file_rate`. Raises UndecodableError, for anything in it that is not
    sound too, and OSError where the file cannot be opened.
    """
    with opened(path) as container:
        yield from _gathered(block for block, _ in _sound(container))


@contextlib.contextmanager
def opened(source: Path | bytes) -> Iterator[InputContainer]:
    """The file, with sound in it, for as long as the block lasts. Raises UndecodableError, and OSError."""
    if isinstance(source, Path):
        refuse_endless(source)
    file = source.open("rb") if isinstance(source, Path) else io.BytesIO(source)
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


def _refuse_cut(container: InputContainer, source: Path | bytes, seconds: float) -> None:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    declared = declared_length(_header(container), source)
    if declared and declared.cut_at(seconds, size):
        raise CutShortError(
            f"it is cut short: it says that it lasts {declared.seconds:.2f} seconds, and has {seconds:.2f}"
        )
    if container.format.name == "ogg" and ends_within_a_page(source):
        raise CutShortError(f"it is cut short: it breaks off after {seconds:.2f} seconds")


def _header(container: InputContainer) -> Header:
    stream = _stream(container)
    seconds = float(stream.duration * stream.time_base) if stream.duration and stream.time_base else 0.0
    codec = stream.codec_context
    return Header(container.format.name, codec.name, codec.sample_rate, seconds, stream.frames, codec.frame_size)


def _sound(container: InputContainer, *, any_tail: bool = False) -> Iterator[tuple[Block, int]]:
    """What each of the file's frames holds, and its rate in Hz.

    libav leaves out an encoder's padding, but at the end of MPEG-4 only by whole frames of 1024: the rest is cut here,
    by the length that the file gives itself.
    """
    done = 0
    held: tuple[Block, int] | None = None
    for block, sample_rate in _frames(container, any_tail=any_tail):
        if held is not None:
            yield held
        held = block, sample_rate
        done += len(block)
    if held is not None:
        block, sample_rate = held
        surplus = done - _declared_samples(container, sample_rate)
        yield block[:-surplus] if 0 < surplus < len(block) else block, sample_rate


def _frames(container: InputContainer, *, any_tail: bool) -> Iterator[tuple[Block, int]]:
    plain = av.AudioResampler(format="fltp")  # the same rate and channels, as 32-bit floats
    for frame in _decoded(container, any_tail=any_tail):
        for converted in plain.resample(frame):
            yield converted.to_ndarray().astype(np.float32, copy=False).T, converted.sample_rate


def _decoded(container: InputContainer, *, any_tail: bool) -> Iterator[av.AudioFrame]:
    """The file's frames; with `any_tail`, packets that are no sound are passed over where no sound follows them."""
    at_s = 0.0
    broken: av.error.InvalidDataError | None = None
    packets = container.demux(_stream(container))
    while True:
        try:
            packet = next(packets)
            frames = packet.decode()
        except StopIteration:
            return
        except av.error.InvalidDataError as error:
            if not (any_tail and at_s):
                raise
            broken = broken or error
            continue
        if broken and packet.size and frames:
            raise UndecodableError(f"it is damaged {at_s:.2f} seconds from its beginning") from broken
        for frame in frames:
            at_s += frame.samples / frame.sample_rate
            yield frame


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
