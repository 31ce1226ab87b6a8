"""Reels on a shelf: kept from one build to the next, found by their keys."""

import contextlib
from pathlib import Path

import msgspec

from articles.files import is_file_of
from articles.sealed import keep_sealed, read_sealed
from audio.splice.reel import Reel

FRAMES = ".frames"
"""What ends the name of a file with a reel's frames."""

_FACTS = ".json"
_KIND, _FORMAT = "reel", 1


def are_whole(frames: Path) -> bool:
    """Whether a reel's frames are those that were kept, or nothing whole is known of them: then nobody takes them."""
    reel = _known(frames.with_suffix(_FACTS))
    return reel is None or is_file_of(frames, reel.sha256)


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
        reel = _known(self._path(key, _FACTS))
        return reel if reel and is_file_of(self.frames(key), reel.sha256) else None

    def frames(self, key: str) -> Path:
        """Where the frames of this key's reel are, or belong."""
        return self._path(key, FRAMES)

    def keep(self, key: str, reel: Reel) -> None:
        """Keep what is known of a reel whose frames are here. Raises articles.files.WriteError."""
        keep_sealed(self._path(key, _FACTS), _KIND, _FORMAT, msgspec.json.encode(reel))

    def tidy(self) -> None:
        """Take off all reels that nobody has asked for since the shelf was opened."""
        for path in self._root.glob("*/*"):
            if path.suffix in (_FACTS, FRAMES) and path.stem not in self._asked:
                with contextlib.suppress(OSError):
                    path.unlink()

    def _path(self, key: str, suffix: str) -> Path:
        return self._root / key[:2] / f"{key}{suffix}"


def _known(facts: Path) -> Reel | None:
    with contextlib.suppress(msgspec.MsgspecError):
        return msgspec.json.decode(read_sealed(facts, _KIND, _FORMAT) or b"", type=Reel)
    return None
