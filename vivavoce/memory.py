"""What was made before, by the keys of all that changes it: tracks, and the timed texts that belong to them."""

import contextlib
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from articles.files import sha256_of
from articles.sealed import keep_sealed, read_sealed
from audio.score import Score
from audio.track import SoundFile, Track
from feeds.reading import READING_FORMAT, Reading

TRACK, TRACK_FORMAT = "track", 1
"""What the seal of a remembered track says; the format is raised when its facts come to mean something else."""

_READING, _READING_FORMAT = "reading", 1


class TrackMemory:
    """Tracks below `root`, one small file each, named by the hash of all that changes them.

    What is damaged, or of another format, was never remembered: it costs the time of making it anew.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def recall(self, key: str, folder: Path, score: Score) -> Track | None:
        """The track of this key, made from `score`, if its files lie in `folder`, whole; else None."""
        with contextlib.suppress(OSError, msgspec.MsgspecError, ValueError):
            if facts := read_sealed(self._path(key), TRACK, TRACK_FORMAT):
                kept = msgspec.json.decode(facts, type=Track, dec_hook=_from_text)
                track = _up_to_date(kept, folder, score)
                if all(map(_is_whole, track.files)):
                    return track
        return None

    def keep(self, key: str, track: Track) -> None:
        """Remember `track`. Raises articles.files.WriteError."""
        keep_sealed(self._path(key), TRACK, TRACK_FORMAT, msgspec.json.encode(track, enc_hook=_as_text))

    def _path(self, key: str) -> Path:
        return self._root / key[:2] / f"{key}.json"


class _Known(msgspec.Struct):
    """A reading, the key of what it was made from, and the hash of the sound file that it belongs to."""

    key: str
    sound: str
    reading: Reading


class ReadingMemory:
    """The last timed text of each episode below `root`, one file each, named by the episode's guid."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def recall(self, guid: str, track: Track, language: str) -> Reading | None:
        """The reading of this very track; None where it is still to be made."""
        known = self._known(guid)
        return known.reading if known and known.key == _reading_key(track, language) else None

    def last(self, guid: str, sound: str) -> Reading | None:
        """The reading of the episode whose sound file has the hash `sound`, whatever its article says by now."""
        known = self._known(guid)
        return known.reading if known and known.sound == sound else None

    def keep(self, guid: str, track: Track, reading: Reading) -> None:
        """Remember `reading`. Raises articles.files.WriteError."""
        known = _Known(_reading_key(track, reading.language), track.sha256, reading)
        keep_sealed(self._path(guid), _READING, _READING_FORMAT, msgspec.json.encode(known))

    def _path(self, guid: str) -> Path:
        return self._root / guid[:2] / f"{guid}.json"

    def _known(self, guid: str) -> _Known | None:
        facts = read_sealed(self._path(guid), _READING, _READING_FORMAT)
        with contextlib.suppress(msgspec.MsgspecError):
            return msgspec.json.decode(facts, type=_Known) if facts else None
        return None


def _reading_key(track: Track, language: str) -> str:
    facts = (READING_FORMAT, track.speech, track.sample_rate, track.seconds, language)
    return hashlib.sha256(msgspec.json.encode(facts)).hexdigest()


def _up_to_date(kept: Track, folder: Path, score: Score) -> Track:
    """The track as it would be made now: an edition can be moved, and a sentence can stand on another line."""
    takes = [take for part in score for take in (*part.ident, *part.takes)]
    return replace(
        kept,
        file=_in(folder, kept.file),
        alternates=tuple(_in(folder, each) for each in kept.alternates),
        speech=tuple(replace(placed, take=take) for placed, take in zip(kept.speech, takes, strict=True)),
    )


def _in(folder: Path, file: SoundFile) -> SoundFile:
    return replace(file, path=folder / file.path.name)


def _as_text(value: Any) -> str:
    if isinstance(value, Path):
        return value.name
    raise NotImplementedError


def _from_text(kind: type, value: Any) -> Any:
    return kind(value)


def _is_whole(file: SoundFile) -> bool:
    return file.path.stat().st_size == file.size_bytes and sha256_of(file.path) == file.sha256
