"""Sound coded and put into a file by libav; the only file that imports av for writing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer

from audio.block import Block
from audio.encode.errors import EncoderError
from audio.timeline import Chapter

_PLANAR = "fltp"
_LAYOUTS = {1: "mono", 2: "stereo"}
# A cover is a film of one picture; libav wants to know its size, and does not write it down.
_ANY_SIZE = {"width": 1, "height": 1}


@dataclass(frozen=True, slots=True)
class Recipe:
    """Which of libav's parts make a kind of file, by the names that libav gives them.

    `samples` is the form in which the coder takes them: `fltp` (a channel after the other) or `flt`.
    """

    name: str
    coder: str
    samples: str
    muxer: str
    coder_options: Mapping[str, str] = field(default_factory=dict)
    muxer_options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Labels:
    """What the file says about itself: texts by the muxer's keys, the sound's language (three letters or none).

    `chapters` are in samples, the last ends at `samples`; `cover` is a JPEG or empty.
    """

    texts: Mapping[str, str]
    language: str = ""
    chapters: Sequence[Chapter] = ()
    samples: int = 0
    cover: bytes = b""


def write_by_libav(
    blocks: Iterable[Block], path: Path, recipe: Recipe, labels: Labels, *, rate: int, channels: int, bitrate_kbps: int
) -> None:
    """Code the blocks, which are at `rate` Hz, into a file at `path`. Raises OSError, and EncoderError."""
    with _open(path, recipe) as container:
        stream = _add_sound(container, recipe, rate, channels, bitrate_kbps)
        _label(container, stream, labels, rate)
        done = 0
        for block in blocks:
            container.mux(stream.encode(_frame(block, recipe.samples, rate, done)))
            done += len(block)
        container.mux(stream.encode(None))


def join_by_libav(
    frames: Iterable[bytes],
    path: Path,
    recipe: Recipe,
    labels: Labels,
    *,
    rate: int,
    channels: int,
    bitrate_kbps: int,
    frame_samples: int,
) -> None:
    """Put frames that were coded before into a file at `path`: the sound of several files, one after the other.

    All were coded as this recipe has it; the first one is the coder's silence before the sound, and the sound ends at
    `labels.samples`. Raises OSError, and EncoderError.
    """
    with _open(path, recipe) as container:
        stream = _add_sound(container, recipe, rate, channels, bitrate_kbps)
        stream.codec_context.open()  # nothing is coded, but the file's header tells how the coder is set up
        _label(container, stream, labels, rate)
        start, sample = -frame_samples, Fraction(1, rate)
        for frame in frames:
            packet = av.Packet(frame)
            packet.stream = stream
            packet.time_base = sample
            packet.pts = packet.dts = start
            packet.duration = min(frame_samples, labels.samples - start)
            packet.is_keyframe = True
            container.mux_one(packet)
            start += frame_samples


def _open(path: Path, recipe: Recipe) -> OutputContainer:
    options = {"fflags": "+bitexact", **recipe.muxer_options}  # no random number
    try:
        return av.open(str(path), mode="w", format=recipe.muxer, options=options)
    except ValueError as error:
        raise _missing(recipe, f"container {recipe.muxer}") from error


def _add_sound(
    container: OutputContainer, recipe: Recipe, rate: int, channels: int, bitrate_kbps: int
) -> av.AudioStream:
    options = {"flags": "+bitexact", **recipe.coder_options}  # no version
    try:
        stream = container.add_stream(recipe.coder, rate=rate, options=options)
    except av.codec.codec.UnknownCodecError as error:
        raise _missing(recipe, f"coder {recipe.coder}") from error
    assert isinstance(stream, av.AudioStream)
    stream.layout = _LAYOUTS[channels]
    stream.format = recipe.samples
    stream.bit_rate = 1000 * bitrate_kbps
    return stream


def _label(container: OutputContainer, stream: av.AudioStream, labels: Labels, rate: int) -> None:
    if labels.language:
        stream.metadata["language"] = labels.language
    container.metadata.update(labels.texts)
    _add_chapters(container, labels, rate)
    _add_cover(container, labels.cover)


def _missing(recipe: Recipe, part: str) -> EncoderError:
    return EncoderError(
        f"{recipe.name} cannot be made: libav's {part} is not there",
        hint="install PyAV (av) again from its wheel, or take the format out of formats in [sound] of edition.toml",
    )


def _add_chapters(container: OutputContainer, labels: Labels, rate: int) -> None:
    starts = [chapter.start for chapter in labels.chapters]
    container.set_chapters(
        [
            {
                "id": number,
                "start": start,
                "end": end,
                "time_base": Fraction(1, rate),
                "metadata": {"title": chapter.title},
            }
            for number, (start, end, chapter) in enumerate(
                zip(starts, [*starts[1:], labels.samples], labels.chapters, strict=False), start=1
            )
        ]
    )


def _add_cover(container: OutputContainer, cover: bytes) -> None:
    if not cover:
        return
    stream = container.add_mux_stream("mjpeg", **_ANY_SIZE)
    stream.disposition = av.stream.Disposition.attached_pic
    packet = av.Packet(cover)
    packet.stream = stream
    packet.time_base = Fraction(1, 90_000)
    packet.pts = packet.dts = 0
    packet.is_keyframe = True
    container.mux(packet)


def _frame(block: Block, samples: str, rate: int, start: int) -> av.AudioFrame:
    layout = _LAYOUTS[block.shape[1]]
    ordered = block.T if samples == _PLANAR else block.reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(ordered), format=samples, layout=layout)
    frame.sample_rate = rate
    frame.pts = start
    frame.time_base = Fraction(1, rate)
    return frame
