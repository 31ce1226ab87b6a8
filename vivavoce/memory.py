"""Tracks that were made before, by their keys: what need not be mixed again."""

import contextlib
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from articles.files import write_whole
from audio.track import Track


class TrackMemory:
    """Tracks below `root`, one small file each, named by the hash of all that changes them."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def recall(self, key: str, folder: Path) -> Track | None:
        """The track of this key, if its file lies in `folder`, whole; else None."""
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            kept = msgspec.json.decode(self._path(key).read_bytes(), type=Track, dec_hook=_from_text)
            # Only the name was kept: an edition can be moved.
            track = replace(kept, path=folder / kept.path.name)
            if _is_whole(track):
                return track
        return None

    def keep(self, key: str, track: Track) -> None:
        """Remember `track`. Raises articles.files.WriteError."""
        named = replace(track, path=Path(track.path.name))
        write_whole(self._path(key), msgspec.json.encode(named, enc_hook=str))

    def _path(self, key: str) -> Path:
        return self._root / key[:2] / f"{key}.json"


def _from_text(kind: type, value: Any) -> Any:
    return kind(value)


def _is_whole(track: Track) -> bool:
    if track.path.stat().st_size != track.size_bytes:
        return False
    with track.path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest() == track.sha256
