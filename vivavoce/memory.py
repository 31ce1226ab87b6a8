"""Tracks that were made before, by their keys: what need not be mixed again."""

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from articles.files import sha256_of, write_whole
from audio.score import Score
from audio.track import SoundFile, Track


class TrackMemory:
    """Tracks below `root`, one small file each, named by the hash of all that changes them."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def recall(self, key: str, folder: Path, score: Score) -> Track | None:
        """The track of this key, made from `score`, if its files lie in `folder`, whole; else None."""
        with contextlib.suppress(OSError, msgspec.MsgspecError, ValueError):
            kept = msgspec.json.decode(self._path(key).read_bytes(), type=Track, dec_hook=_from_text)
            track = _up_to_date(kept, folder, score)
            if all(map(_is_whole, track.files)):
                return track
        return None

    def keep(self, key: str, track: Track) -> None:
        """Remember `track`. Raises articles.files.WriteError."""
        write_whole(self._path(key), msgspec.json.encode(track, enc_hook=_as_text))

    def _path(self, key: str) -> Path:
        return self._root / key[:2] / f"{key}.json"


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
