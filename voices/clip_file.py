"""A clip as bytes: a digest over all the rest, then how long it is, its words, and its samples as FLAC.

Why FLAC, and what it costs: docs/decisions/0022-clips-are-flac.md
"""

import hashlib
import io
import struct
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import soundfile
from numpy.typing import NDArray

from voices.voice import Clip, WordTime

_MAGIC = b"VIVAFLAC"
_LENGTH = struct.Struct("<II")  # sample rate in Hz, samples
_MAGIC_OF_OLD = b"VIVACLIP"
"""Clips as they were kept before: the same digest, a line of JSON, plain samples. They are still read."""

_DIGEST_END = len(_MAGIC) + hashlib.sha256().digest_size


@dataclass(frozen=True, slots=True)
class Timing:
    """When a clip's words are heard, at its own rate in Hz: the clip without its sound."""

    sample_rate: int
    words: tuple[WordTime, ...]


class _OldHeader(msgspec.Struct):
    sample_rate: int
    words: list[tuple[str, int, int]]


def to_bytes(key: str, clip: Clip) -> bytes:
    """The bytes of the file that keeps `clip` under `key`; no sample is changed."""
    words = msgspec.json.encode([(word.text, word.start, word.end) for word in clip.words])
    body = _LENGTH.pack(clip.sample_rate, len(clip.pcm)) + words + b"\n" + _to_flac(clip)
    return _MAGIC + _digest(key, body) + body


def is_whole(key: str, data: bytes) -> bool:
    """Whether `data` is, to the last bit, what was once written for the clip of `key`."""
    magic, digest = data[: len(_MAGIC)], data[len(_MAGIC) : _DIGEST_END]
    return magic in (_MAGIC, _MAGIC_OF_OLD) and digest == _digest(key, data[_DIGEST_END:])


def from_bytes(key: str, data: bytes) -> Clip | None:
    """The clip in a file's bytes, or None when they are not whole, or another key's."""
    if not is_whole(key, data):
        return None
    body = data[_DIGEST_END:]
    try:
        return _clip(body) if data.startswith(_MAGIC) else _old_clip(body)
    except (msgspec.MsgspecError, ValueError, struct.error, RuntimeError):  # RuntimeError: libsndfile's own
        return None


def timing_in(key: str, data: bytes) -> Timing | None:
    """The words of the clip in a file's bytes, a seventh of the work of the whole clip; None as for `from_bytes`."""
    if not data.startswith(_MAGIC):
        clip = from_bytes(key, data)
        return Timing(clip.sample_rate, clip.words) if clip else None
    if not is_whole(key, data):
        return None
    try:
        sample_rate, _ = _LENGTH.unpack_from(data, _DIGEST_END)
        start = _DIGEST_END + _LENGTH.size
        return Timing(sample_rate, _words_in(data[start : data.index(b"\n", start)]))
    except (msgspec.MsgspecError, ValueError, struct.error):
        return None


def seconds_in(path: Path) -> float:
    """The length that a clip's file states, read from its first bytes and not verified; 0.0 where it states none.

    Raises OSError.
    """
    with path.open("rb") as file:
        head = file.read(_DIGEST_END + _LENGTH.size)
        if head.startswith(_MAGIC) and len(head) == _DIGEST_END + _LENGTH.size:
            sample_rate, samples = _LENGTH.unpack(head[_DIGEST_END:])
            return samples / sample_rate if sample_rate else 0.0
        data = head + file.read() if head.startswith(_MAGIC_OF_OLD) else b""
    try:
        return _old_clip(data[_DIGEST_END:]).seconds
    except (msgspec.MsgspecError, ValueError, ZeroDivisionError):
        return 0.0


def _digest(key: str, body: bytes) -> bytes:
    return hashlib.sha256(key.encode() + body).digest()


def _clip(body: bytes) -> Clip:
    sample_rate, samples = _LENGTH.unpack_from(body)
    line, _, flac = body[_LENGTH.size :].partition(b"\n")
    pcm = _from_flac(flac)
    if len(pcm) != samples:
        raise ValueError(f"{samples} samples were written, {len(pcm)} are there")
    return Clip(pcm, sample_rate, _words_in(line))


def _old_clip(body: bytes) -> Clip:
    line, _, pcm = body.partition(b"\n")
    header = msgspec.json.decode(line, type=_OldHeader)
    return Clip(np.frombuffer(pcm, dtype="<i2").astype(np.int16), header.sample_rate, _words(header.words))


def _words_in(line: bytes) -> tuple[WordTime, ...]:
    return _words(msgspec.json.decode(line, type=list[tuple[str, int, int]]))


def _words(words: list[tuple[str, int, int]]) -> tuple[WordTime, ...]:
    return tuple(WordTime(text, start, end) for text, start, end in words)


def _to_flac(clip: Clip) -> bytes:
    if not len(clip.pcm):  # libsndfile cannot read back a FLAC stream without samples
        return b""
    flac = io.BytesIO()
    soundfile.write(flac, clip.pcm.astype(np.int16), clip.sample_rate, "PCM_16", format="FLAC")
    return flac.getvalue()


def _from_flac(flac: bytes) -> NDArray[np.int16]:
    if not flac:
        return np.zeros(0, np.int16)
    pcm: NDArray[np.int16] = soundfile.read(io.BytesIO(flac), dtype="int16")[0]
    return pcm
