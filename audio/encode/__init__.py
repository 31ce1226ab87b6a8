"""Complete sound files, with tags, cover and chapters inside: one file per container."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from articles.files import whole_file
from audio.block import Block
from audio.containers import Container, Encoding
from audio.encode.errors import EncoderError
from audio.encode.mp3 import write_mp3
from audio.encode.mp4 import write_mp4
from audio.encode.ogg import write_opus
from audio.tags import Tags
from audio.timeline import Chapter

__all__ = ["EncoderError", "encode"]

Writer = Callable[[Iterable[Block], Path, Encoding, Tags, Sequence[Chapter], int], None]

_WRITERS: dict[Container, Writer] = {
    Container.MP3: write_mp3,
    Container.M4A: write_mp4,
    Container.OPUS: write_opus,
    Container.M4B: write_mp4,
}


def encode(
    blocks: Iterable[Block], path: Path, encoding: Encoding, tags: Tags, chapters: Sequence[Chapter], samples: int
) -> None:
    """Write the complete file to `path`: sound, tags, cover and chapters; same input, same bytes.

    `blocks` have `encoding.channels` channels and are `samples` frames in all, at `encoding.sample_rate`; they are
    taken one at a time, and memory does not grow with them. Chapters are in time order, each ends where the next one
    starts, the last with the sound. The file decodes to `samples` again (Opus, at 48 kHz: to the same duration).

    Raises WriteError when the disk refuses, EncoderError when this installation cannot code such a file, ValueError for
    another number of samples; what `path` held before is then still there.
    """
    with whole_file(path) as partial:
        _WRITERS[encoding.container](_checked(blocks, samples), partial, encoding, tags, chapters, samples)


def _checked(blocks: Iterable[Block], samples: int) -> Iterator[Block]:
    """The blocks that are not empty; with another length than the header says, the file would be wrong all through."""
    given = 0
    for block in blocks:
        given += len(block)
        if len(block):
            yield block
    if given != samples:
        raise ValueError(f"the sound has {given} samples, not {samples}")
