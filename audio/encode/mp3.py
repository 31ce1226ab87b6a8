"""MP3 by LAME; the only file that imports lameenc.

PyAV brings LAME too, but its wheels have it built without vector instructions: it takes 2.7 times as long.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from audio.block import Block
from audio.containers import Encoding
from audio.encode.dither import sixteen_bits
from audio.encode.errors import EncoderError
from audio.encode.lame_tag import LameTag
from audio.id3 import id3_tag
from audio.tags import Tags
from audio.timeline import Chapter

_EFFORT = 3
"""LAME's effort, from 0 (most) to 9; its own choice. Half an hour of speech takes 6 s of one core, with 2 it takes 13;
the difference between the two cannot be measured. From 7 up the noise is no longer shaped: heard at 64 kbit/s."""

_LAME_SCALE = 0.95
"""What LAME multiplies every sample by at 64 to 128 kbit/s (measured: -0.445 dB), lest it clip. Here the
ceiling sees to that, and the sound must come out as loud as it went in."""


def write_mp3(
    blocks: Iterable[Block], path: Path, encoding: Encoding, tags: Tags, chapters: Sequence[Chapter], samples: int
) -> None:
    """Write an MP3 file at a constant bit rate (joint stereo where there are two channels), ID3 tag in front.

    Samples beyond 0.95 of full scale (-0.45 dB) are clipped. Raises OSError, and EncoderError.
    """
    header = LameTag(encoding, samples)
    _write(_coded(blocks, encoding), path, header, id3_tag(tags, chapters, samples, encoding.sample_rate))


def join_mp3(
    stretches: Iterable[bytes],
    frames: int,
    path: Path,
    encoding: Encoding,
    tags: Tags,
    chapters: Sequence[Chapter],
    samples: int,
) -> None:
    """Write an MP3 file of stretches coded before, each by an encoder of its own: `frames` of FRAME_SAMPLES in all.

    What an encoder keeps back in one frame for the next ones (the bit reservoir) does not reach from one stretch into
    another, so that they can stand side by side. Raises OSError.
    """
    header = LameTag(encoding, samples, frames)
    _write(stretches, path, header, id3_tag(tags, chapters, samples, encoding.sample_rate))


def _write(coded: Iterable[bytes], path: Path, header: LameTag, tag: bytes) -> None:
    with path.open("wb") as file:
        file.write(tag)
        place = file.tell()
        file.write(bytes(header.size))
        for data in coded:
            header.add(data)
            file.write(data)
        file.seek(place)
        file.write(header.frame())


def _coded(blocks: Iterable[Block], encoding: Encoding) -> Iterator[bytes]:
    lame = _open_lame(encoding)
    for pcm in sixteen_bits(blocks, 1 / _LAME_SCALE):
        yield bytes(lame.encode(pcm.tobytes()))
    yield bytes(lame.flush())


class _Lame(Protocol):
    def encode(self, pcm: bytes) -> bytearray: ...

    def flush(self) -> bytearray: ...


def _open_lame(encoding: Encoding) -> _Lame:
    try:
        import lameenc
    except ImportError as error:
        raise EncoderError(
            f"MP3 cannot be made: the encoder LAME is not there ({error})", hint="install vivavoce again, with lameenc"
        ) from error
    lame = lameenc.Encoder()
    lame.silence()
    lame.set_channels(encoding.channels)
    lame.set_in_sample_rate(encoding.sample_rate)
    lame.set_out_sample_rate(encoding.sample_rate)  # of its own accord it would halve the rate of stereo at 64 kbit/s
    lame.set_bit_rate(encoding.bitrate_kbps)
    lame.set_quality(_EFFORT)
    opened: _Lame = lame
    return opened
