"""Sound out of a file of any format that libav reads."""

import io
from dataclasses import dataclass
from pathlib import Path

import av
import av.error
import numpy as np
from numpy.typing import NDArray


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
    opened = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    with opened:
        if not opened.read(1):
            raise UndecodableError("the file is empty")
        opened.seek(0)
        try:
            return _decode(opened, longest_seconds)
        except (av.error.FFmpegError, ValueError) as error:
            reason = error.strerror if isinstance(error, av.error.FFmpegError) else error
            raise UndecodableError(f"it is not a sound file that can be read ({reason})") from error


def _decode(opened: io.BufferedIOBase, longest_seconds: float) -> Decoded:
    with av.open(opened, mode="r") as container:
        if not container.streams.audio:
            raise UndecodableError("there is no sound in it")
        stream = container.streams.audio[0]
        plain = av.AudioResampler(format="fltp")  # the same rate and channels, as 32-bit floats
        parts: list[NDArray[np.float32]] = []
        samples = sample_rate = 0
        for frame in container.decode(stream):
            for converted in plain.resample(frame):
                parts.append(converted.to_ndarray().astype(np.float32, copy=False))
                samples += converted.samples
                sample_rate = converted.sample_rate
            if samples > longest_seconds * sample_rate:
                raise UndecodableError(f"it is longer than {longest_seconds:g} seconds")
        if not samples:
            raise UndecodableError("there is no sound in it")
        codec = stream.codec_context.codec.canonical_name
        return Decoded(np.concatenate(parts, axis=1).T, sample_rate, codec)
