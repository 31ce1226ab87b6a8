"""How much sound a file says it holds, as far as its container can know: what is missing was then surely cut off.

Raw streams (ADTS, MP3 without a Xing frame) tell nothing, and neither do recorders that never came back to write the
length; whatever is in those is all there is.
"""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_EXACT_S, _PADDED_S = 0.01, 0.15
"""How much may be missing: headers that count themselves are wrong by some bytes, encoders' padding is a few frames."""

_COUNTED = frozenset({"aiff", "au", "flac", "wav", "wv"})
_PADDED = frozenset({"mov,mp4,m4a,3gp,3g2,mj2"})
"""Formats, by libav's names, whose length it takes from the header; others it estimates from the size of the file."""

_PLACEHOLDER_BYTES = 0x7FFF_0000
"""Programs that write into a pipe give some number near 2 or 4 GB for the length that they do not know yet."""

_OGG_PAGE_BYTES = 27 + 255 + 255 * 255
_OGG_HEADER_BYTES = 27


@dataclass(frozen=True, slots=True)
class Header:
    """What libav says of a file: its format's and its coding's names, its rate in Hz, its length in seconds.

    `frames` are how many there are, 0 where that is not said, of `frame_size` samples where all are alike.
    """

    format: str
    codec: str
    sample_rate: int
    seconds: float
    frames: int
    frame_size: int


@dataclass(frozen=True, slots=True)
class Declared:
    """A length by a file's own header, and by how much less sound than that says nothing, both in seconds."""

    seconds: float
    slack_s: float

    def cut_at(self, seconds: float, size_bytes: int) -> bool:
        """Whether a file of this size, in which there are `seconds` of sound, was surely longer."""
        believable = self.seconds * size_bytes < _PLACEHOLDER_BYTES * seconds
        return believable and seconds < self.seconds - self.slack_s


def declared_length(header: Header, source: Path | bytes) -> Declared | None:
    """The length that the header of `source` gives; None where it gives none. Raises OSError."""
    plain = header.codec.startswith("pcm_")
    if header.format == "wav" and plain and (seconds := _riff_seconds(source)):
        return Declared(seconds, _EXACT_S)  # libav shortens it to what is there
    if header.format == "mp3":
        frames = _xing_frames(source)
        return Declared(frames * header.frame_size / header.sample_rate, _PADDED_S) if frames else None
    if header.format == "caf" and plain and header.frames:
        return Declared(header.frames / header.sample_rate, _EXACT_S)
    if header.format in _COUNTED | _PADDED and header.seconds:
        return Declared(header.seconds, _EXACT_S if header.format in _COUNTED else _PADDED_S)
    return None


def ends_within_a_page(source: Path | bytes) -> bool:
    """Whether an Ogg file stops before its last page does (RFC 3533, section 6). Raises OSError."""
    with _reading(source) as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(max(0, size - _OGG_PAGE_BYTES))
        tail = file.read()
    page = tail[max(0, tail.rfind(b"OggS\0")) :]
    if not page.startswith(b"OggS"):
        return False
    segments = page[_OGG_HEADER_BYTES : _OGG_HEADER_BYTES + page[26]] if len(page) > 26 else b""
    whole = len(page) > 26 and len(segments) == page[26]
    return not whole or len(page) < _OGG_HEADER_BYTES + len(segments) + sum(segments)


def _reading(source: Path | bytes) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _riff_seconds(source: Path | bytes) -> float:
    """The length of the `data` chunk, at the rate and the sample size in `fmt ` (RIFF WAVE); 0 where one is missing."""
    with _reading(source) as file:
        if file.read(4) != b"RIFF":
            return 0.0
        file.seek(12)
        bytes_a_second = 0
        while len(chunk := file.read(8)) == 8:
            name, size = chunk[:4], int.from_bytes(chunk[4:], "little")
            if name == b"data":
                return size / bytes_a_second if bytes_a_second else 0.0
            if name == b"fmt ":
                facts = file.read(14)
                bytes_a_second = int.from_bytes(facts[4:8], "little") * int.from_bytes(facts[12:14], "little")
                file.seek(-len(facts), io.SEEK_CUR)
            file.seek(size + size % 2, io.SEEK_CUR)
    return 0.0


def _xing_frames(source: Path | bytes) -> int:
    """How many frames the first one says there are, which encoders write for this (Xing, Info); 0 where it does not."""
    with _reading(source) as file:
        head = file.read(10)
        tag = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=False))
        file.seek(10 + tag if head.startswith(b"ID3") else 0)
        first = file.read(200)
    at = max(first.find(b"Xing"), first.find(b"Info"))
    counted = at >= 0 and len(first) >= at + 12 and first[at + 7] & 1
    return int.from_bytes(first[at + 8 : at + 12], "big") if counted else 0
