"""One file's frames taken out, and several files' frames put into one: nothing is coded a second time.

A frame holds so many samples, and its sound is heard together with its neighbours': where silence lies on both sides
of a joint, no frame there has anything to hand on, and what stands next to it makes no difference.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

from articles.files import whole_file
from audio.containers import Container, Encoding
from audio.decode import opened
from audio.encode.lame_tag import FRAME_SAMPLES
from audio.encode.mp3 import join_mp3
from audio.encode.mp4 import AAC_FRAME_SAMPLES, join_mp4
from audio.tags import Tags
from audio.timeline import Chapter

JOINABLE = {
    Container.MP3: FRAME_SAMPLES,
    Container.M4A: AAC_FRAME_SAMPLES,
    Container.M4B: AAC_FRAME_SAMPLES,
}
"""The containers whose files can be joined, and how many samples a frame holds in each."""

JOINT_GRID = math.lcm(*JOINABLE.values())
"""Samples between places where a frame ends in every one of these containers: 209 ms at 44.1 kHz."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Coded frames: the file that holds nothing else, and how many bytes each has."""

    path: Path
    sizes: tuple[int, ...]


def take_frames(path: Path, container: Container, into: Path, samples: int | None = None) -> Stretch:
    """The coded sound of the file at `path`, written to `into`: all of it, or the frames of its first `samples`.

    These are then a multiple of JOINT_GRID. The first frame holds what an encoder begins with before the sound, the
    last one of so many samples what it ends with, so the sound must be silent for the last frames' length. Raises
    UndecodableError, OSError, and ValueError for a file that has fewer frames.
    """
    most = None if samples is None else samples // JOINABLE[container]
    sizes: list[int] = []
    with opened(path) as file, into.open("wb") as frames:
        for packet in file.demux(file.streams.audio[0]):
            if packet.size and len(sizes) != most:
                sizes.append(frames.write(bytes(packet)))
    if most is not None and len(sizes) < most:
        raise ValueError(f"{path}: it has {len(sizes)} frames, not {most}")
    return Stretch(into, tuple(sizes))


def join(
    stretches: Sequence[Stretch], path: Path, encoding: Encoding, tags: Tags, chapters: Sequence[Chapter], samples: int
) -> None:
    """Write the complete file to `path`: the stretches' sound, tags, cover and chapters; same input, same bytes.

    Each stretch was taken out of a file of this encoding, and all but the last as far as a frame's end; together they
    decode to `samples`. Memory holds one stretch. Raises as `encode` does.
    """
    with whole_file(path) as partial:
        if encoding.container is Container.MP3:
            frames = sum(len(each.sizes) for each in stretches)
            data = (each.path.read_bytes() for each in stretches)
            join_mp3(data, frames, partial, encoding, tags, chapters, samples)
        else:
            join_mp4(_frames(stretches), partial, encoding, tags, chapters, samples)


def _frames(stretches: Iterable[Stretch]) -> Iterator[bytes]:
    for stretch in stretches:
        data = stretch.path.read_bytes()
        for start, end in pairwise(accumulate(stretch.sizes, initial=0)):
            yield data[start:end]
