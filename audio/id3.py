"""Tags for an MP3 file, as id3.org/id3v2.4.0-frames and id3.org/id3v2-chapters-1.0 describe them.

Written here because libav writes a comment where no player looks for it, and mutagen sorts chapters by their
length.
"""

from collections.abc import Sequence

from audio.languages import three_letters
from audio.tags import Tags, plain, shortened
from audio.timeline import Chapter

_UTF_8 = b"\x03"
_FRONT_COVER = b"\x03"
_TOP_LEVEL_IN_ORDER = b"\x03"
_BY_TIME_ONLY = b"\xff\xff\xff\xff"  # in place of a byte offset
_TITLE_BYTES = 126
"""The longest chapter title: libav, and the many players that use it, misread the size of a frame inside a chapter
from 128 bytes on, and drop the chapter."""
_MOST_CHAPTERS = 255  # the table of contents counts them in one byte


def id3_tag(tags: Tags, chapters: Sequence[Chapter], samples: int, sample_rate: int) -> bytes:
    """The tag that stands before the sound of an MP3 file `samples` long; chapters are in time order."""
    frames = [*_texts(tags), _comment(tags), *_chapters(chapters, samples, sample_rate), _cover(tags)]
    body = b"".join(frames)
    return b"ID3\x04\x00\x00" + _seven_bits(len(body)) + body


def _texts(tags: Tags) -> list[bytes]:
    return [
        _text("TIT2", tags.title),
        _text("TPE1", tags.artist),
        _text("TALB", tags.album),
        _text("TRCK", str(tags.track)),
        _text("TLAN", three_letters(tags.language)),
        _text("TDRC", tags.date.isoformat()),
        _text("TCON", tags.genre),
    ]


def _text(name: str, text: str) -> bytes:
    return _frame(name, _UTF_8 + plain(text).encode()) if text else b""


def _comment(tags: Tags) -> bytes:
    if not tags.comment:
        return b""
    language = three_letters(tags.language).encode()
    return _frame("COMM", _UTF_8 + language + b"\x00" + plain(tags.comment).encode())


def _cover(tags: Tags) -> bytes:
    if not tags.cover:
        return b""
    return _frame("APIC", _UTF_8 + b"image/jpeg\x00" + _FRONT_COVER + b"\x00" + tags.cover)


def _chapters(chapters: Sequence[Chapter], samples: int, sample_rate: int) -> list[bytes]:
    if not chapters:
        return []
    listed = chapters[:_MOST_CHAPTERS]
    names = [f"chapter {number}".encode() + b"\x00" for number in range(1, len(listed) + 1)]
    starts = [_ms(chapter.start, sample_rate) for chapter in listed]
    ends = [*starts[1:], _ms(samples, sample_rate)]
    contents = _frame("CTOC", b"contents\x00" + _TOP_LEVEL_IN_ORDER + bytes([len(names)]) + b"".join(names))
    return [contents] + [
        _frame("CHAP", name + start + end + 2 * _BY_TIME_ONLY + _title(chapter))
        for name, start, end, chapter in zip(names, starts, ends, listed, strict=True)
    ]


def _title(chapter: Chapter) -> bytes:
    return _text("TIT2", shortened(plain(chapter.title), _TITLE_BYTES))


def _ms(samples: int, sample_rate: int) -> bytes:
    return round(1000 * samples / sample_rate).to_bytes(4, "big")


def _frame(name: str, body: bytes) -> bytes:
    return name.encode() + _seven_bits(len(body)) + b"\x00\x00" + body


def _seven_bits(size: int) -> bytes:
    """Sizes are written seven bits to a byte, so that none looks like the start of sound. At most 256 MB."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
