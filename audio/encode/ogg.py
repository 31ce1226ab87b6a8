"""Opus in Ogg (RFC 7845), with what a Vorbis comment can say."""

import base64
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from audio.block import Block
from audio.containers import Encoding
from audio.encode.libav import Labels, Recipe, write_by_libav
from audio.languages import three_letters
from audio.resample import resampled_blocks
from audio.tags import Tags, plain
from audio.timeline import Chapter

_OPUS = Recipe(
    name="Opus",
    coder="libopus",
    samples="flt",
    muxer="opus",
    coder_options={"application": "audio"},  # there are jingles between the words
)
_FRONT_COVER = 3


def write_opus(
    blocks: Iterable[Block], path: Path, encoding: Encoding, tags: Tags, chapters: Sequence[Chapter], samples: int
) -> None:
    """Write Opus at a variable bit rate, brought to 48 kHz. Raises OSError, and EncoderError."""
    texts = _texts(tags) | dict(_chapters(chapters, encoding.sample_rate))
    texts["METADATA_BLOCK_PICTURE"] = _picture(tags.cover)  # last: some readers give up behind something so long
    write_by_libav(
        resampled_blocks(blocks, encoding.sample_rate, encoding.file_rate, samples, encoding.channels),
        path,
        _OPUS,
        Labels({key: text for key, text in texts.items() if text}),
        rate=encoding.file_rate,
        channels=encoding.channels,
        bitrate_kbps=encoding.bitrate_kbps,
    )


def _texts(tags: Tags) -> dict[str, str]:
    return {
        "TITLE": plain(tags.title),
        "ARTIST": plain(tags.artist),
        "ALBUM": plain(tags.album),
        "TRACKNUMBER": str(tags.track),
        "DATE": tags.date.isoformat(),
        "LANGUAGE": three_letters(tags.language),
        "GENRE": plain(tags.genre),
        "DESCRIPTION": plain(tags.comment),
    }


def _chapters(chapters: Sequence[Chapter], sample_rate: int) -> Iterator[tuple[str, str]]:
    """As wiki.xiph.org/Chapter_Extension has them: numbered from 1, times to the millisecond."""
    for number, chapter in enumerate(chapters, start=1):
        seconds, ms = divmod(round(1000 * chapter.start / sample_rate), 1000)
        yield f"CHAPTER{number:03}", f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"
        yield f"CHAPTER{number:03}NAME", plain(chapter.title)


def _picture(cover: bytes) -> str:
    """The cover as FLAC's picture block (RFC 9639, section 8.8) in base64; its size is left to the reader."""
    if not cover:
        return ""
    kind = b"image/jpeg"
    block = _four(_FRONT_COVER) + _four(len(kind)) + kind + 5 * _four(0) + _four(len(cover)) + cover
    return base64.b64encode(block).decode()


def _four(number: int) -> bytes:
    return number.to_bytes(4, "big")
