"""Reels on a shelf: kept from one build to the next, found by their keys."""

import contextlib
from pathlib import Path

import msgspec

from articles.files import sha256_of
from articles.sealed import keep_sealed, read_sealed
from audio.splice.reel import Reel

_FACTS, _FRAMES = ".json", ".frames"
_KIND, _FORMAT = "reel", 1


class Shelf:
    """Reels below `root`: each is a file with its coded frames, and one that says what is in it.

    Safe to delete: it costs only the time of making them anew. Opened for one programme at a time.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._asked: set[str] = set()

    def find(self, key: str) -> Reel | None:
        """The reel of this key, if it is here and its frames are whole."""
        self._asked.add(key)
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            reel = msgspec.json.decode(read_sealed(self._path(key, _FACTS), _KIND, _FORMAT) or b"", type=Reel)
            if sha256_of(self.frames(key)) == reel.sha256:
                return reel
        return None

    def frames(self, key: str) -> Path:
        """Where the frames of this key's reel are, or belong."""
        return self._path(key, _FRAMES)

    def keep(self, key: str, reel: Reel) -> None:
        """Keep what is known of a reel whose frames are here. Raises articles.files.WriteError."""
        keep_sealed(self._path(key, _FACTS), _KIND, _FORMAT, msgspec.json.encode(reel))

    def tidy(self) -> None:
        """Take off all reels that nobody has asked for since the shelf was opened."""
        for path in self._root.glob("*/*"):
            if path.suffix in (_FACTS, _FRAMES) and path.stem not in self._asked:
                with contextlib.suppress(OSError):
                    path.unlink()

    def _path(self, key: str, suffix: str) -> Path:
        return self._root / key[:2] / f"{key}{suffix}"
