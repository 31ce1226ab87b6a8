"""The clip store: every clip under a key that names its sound, so that nothing is ever read twice.

Why the key and not a position or a file name: docs/decisions/0003-content-addressed-clips.md
"""

import contextlib
import errno
import hashlib
import json
import os
import time
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path

from articles.errors import VivavoceError
from articles.files import PARTIAL, WriteError, whole_file
from voices.clip_file import from_bytes, is_whole, to_bytes
from voices.voice import Clip, Delivery

FORMAT = 1
"""Raised when a clip's sound changes meaning; part of every key. The file's layout has a name in the file itself."""

_DAY_S = 24 * 60 * 60
_ATTEMPTS = 3  # to write a clip whose half-written file another machine swept away


class StoreError(VivavoceError):
    """A clip is there and the system does not let it be read."""


class Condition(StrEnum):
    """How a clip's file was found."""

    WHOLE = "whole"
    ABSENT = "absent"
    DAMAGED = "damaged"


def clip_key(voice_identity: str, spoken: str, delivery: Delivery, attempt: int = 0) -> str:
    """The clip's name: a hash (64 hex digits) of everything that changes its sound, and of nothing else.

    `attempt` counts the readings of one text, from 0: another one has another name, and so another seed.
    """
    facts: dict[str, object] = {
        "format": FORMAT,
        "voice": voice_identity,
        "spoken": spoken,
        "delivery": asdict(delivery),
    }
    if attempt:  # the first reading's key has no such entry, so that clips read before there was a second stay known
        facts["attempt"] = attempt
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def seed_of(key: str) -> int:
    """The seed for a clip's noise: 63 bits of its key, so that the same key gives the same samples anywhere."""
    return int(key[:16], 16) >> 1


class ClipStore:
    """Clips on disk below `root`, in 256 folders by the first two digits of the key.

    Many processes and, on a shared folder, many machines may use it at once: files appear whole, a clip that is
    removed while somebody reads it is read to its end, and one that is gone is only read aloud anew. The time of a
    file is when its clip was last used, to the day (the time of last access that systems keep by themselves may lag
    or stand still).
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, key: str) -> Path:
        """Where the clip of this key is, or would be."""
        return self.root / key[:2] / f"{key}.clip"

    def has(self, key: str) -> bool:
        """Whether there is a file for this key, whole or not; asking counts as a use."""
        return _used(self.path(key))

    def read(self, key: str) -> Clip | None:
        """The clip, or None when it is absent or its file is damaged (it is then removed, to be read anew).

        Raises StoreError when the system refuses to read it.
        """
        data = self._bytes(key)
        if data is None:
            return None
        clip = from_bytes(key, data)
        if clip is None:
            data = self._set_aside(key)
            return None if data is None else from_bytes(key, data)
        _used(self.path(key))
        return clip

    def condition(self, key: str) -> Condition:
        """How the clip's file is, without decoding it, and without counting as a use; a damaged one is removed.

        Raises StoreError when the system refuses to read it.
        """
        data = self._bytes(key)
        if data is None:
            return Condition.ABSENT
        return Condition.WHOLE if is_whole(key, data) or self._set_aside(key) else Condition.DAMAGED

    def write(self, key: str, clip: Clip) -> None:
        """Keep `clip` under `key`. Raises articles.files.WriteError when the disk refuses."""
        data = to_bytes(key, clip)
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with whole_file(self.path(key)) as partial:
                    partial.write_bytes(data)
                return
            except WriteError as error:
                if attempt == _ATTEMPTS or not isinstance(error.__cause__, FileNotFoundError):
                    raise

    def _bytes(self, key: str) -> bytes | None:
        path = self.path(key)
        try:
            return path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            if error.errno == errno.ESTALE:  # removed by another machine between opening and reading it
                return None
            raise StoreError(
                f"{path}: cannot be read ({error.strerror or error})", hint="check its permissions, and the disk"
            ) from error

    def _set_aside(self, key: str) -> bytes | None:
        """Remove a damaged file; or hand back its bytes if a whole one has taken its place since it was read."""
        path = self.path(key)
        aside = path.with_name(f"{PARTIAL}{key[:16]}-{os.getpid()}")
        with contextlib.suppress(OSError):  # it is gone already, or the store may only be read: writing will tell
            path.rename(aside)
            data = aside.read_bytes()
            if is_whole(key, data):
                aside.replace(path)
                return data
            aside.unlink()
        return None


def _used(path: Path) -> bool:
    """Whether the file is there; if so its time is set to now, unless it tells of the last day already."""
    try:
        used_s = path.stat().st_mtime
    except OSError:
        return False
    if abs(time.time() - used_s) > _DAY_S:
        with contextlib.suppress(OSError):  # a store that may only be read has no uses to remember
            os.utime(path)
    return True
