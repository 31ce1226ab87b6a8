"""The clip store: every clip under a key that names its sound, so that nothing is ever read twice.

Why the key and not a position or a file name: docs/decisions/0003-content-addressed-clips.md
"""

import contextlib
import errno
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

from articles.files import PARTIAL, WriteError, read_file, remove_file, whole_file
from articles.remedies import remedy
from voices.clip_file import Timing, from_bytes, is_whole, seconds_in, timing_in, to_bytes
from voices.shelf import PARTIAL_STAYS_S, SHARDS, Condition, Kept, StoreError, file_of, key_of
from voices.voice import Clip, Delivery

__all__ = ["ClipStore", "Condition", "StoreError", "clip_key", "seed_of"]

FORMAT = 1
"""Raised when a clip's sound changes meaning; part of every key. The file's layout has a name in the file itself."""

_DAY_S = 24 * 60 * 60
_ATTEMPTS = 3  # to write a clip whose half-written file another machine swept away


T = TypeVar("T")
U = TypeVar("U")


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
    or stand still). voices/shared_clips.py has one with more behind it.
    """

    trouble = ""
    """What kept the store from being asked in full, for people; a folder of one's own has no such trouble."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._swept: set[str] = set()

    def path(self, key: str) -> Path:
        """Where the clip of this key is on this machine, or would be."""
        return self.root / file_of(key)

    def has(self, key: str) -> bool:
        """Whether there is a file for this key, whole or not; asking counts as a use."""
        return _used(self.address(key))

    def missing(self, keys: Iterable[str]) -> frozenset[str]:
        """Those of `keys` that would have to be read aloud; asking counts as a use of the others."""
        return frozenset(key for key in keys if not ClipStore.has(self, key))

    def fetch(self, keys: Iterable[str]) -> frozenset[str]:
        """Like `missing`, with all that could be had from elsewhere brought here."""
        return self.missing(keys)

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
        _used(self.address(key))
        return clip

    def timing(self, key: str) -> Timing | None:
        """When the clip's words are heard; None where `read` would give None. Its sound is verified, not decoded."""
        data = self._bytes(key)
        found = None if data is None else timing_in(key, data)
        if found:
            _used(self.address(key))
            return found
        clip = self.read(key)
        return None if clip is None else Timing(clip.sample_rate, clip.words)

    def write(self, key: str, clip: Clip) -> None:
        """Keep `clip` under `key`. Raises articles.files.WriteError when the disk refuses."""
        self._keep(key, to_bytes(key, clip))

    def settle(self) -> str:
        """Do what was left undone; what of it still is, for people, or nothing."""
        return ""

    def close(self) -> None:
        """Let go of what the store is connected to; it may be used again."""

    def shards(self) -> Iterator[list[Kept]]:
        """The clips of each of the SHARDS, in the order of their keys.

        Raises StoreError when a folder cannot be looked into.
        """
        return map(self._shard, SHARDS)

    def each(self, act: Callable[[T], U], items: Iterable[T]) -> Iterator[tuple[T, U]]:
        """Each item with what `act` makes of it."""
        return ((item, act(item)) for item in items)

    def condition(self, key: str) -> Condition:
        """How the clip's file is, without decoding it, and without counting as a use; a damaged one is removed.

        Raises StoreError when the system refuses to read it.
        """
        data = self._bytes(key)
        if data is None:
            return Condition.ABSENT
        return Condition.WHOLE if is_whole(key, data) or self._set_aside(key) else Condition.DAMAGED

    def seconds(self, key: str) -> float | None:
        """The clip's length as its file states it, unverified."""
        try:
            return seconds_in(self.path(key))
        except OSError:
            return 0.0

    def remove(self, key: str) -> None:
        """Drop the clip; it is no matter if there is none. Raises WriteError when it cannot be removed."""
        remove_file(self.path(key))

    def address(self, key: str) -> str:
        """Where the clip is, for people."""
        return f"{self.root}/{file_of(key)}"

    def sweep(self, shards: Iterable[str] = SHARDS) -> None:
        """Remove what killed processes left half written; younger files than an hour may be somebody's, and stay."""
        for shard in shards:
            with contextlib.suppress(OSError), os.scandir(self.root / shard) as entries:
                for entry in entries:
                    if entry.name.startswith(PARTIAL) and time.time() - entry.stat().st_mtime > PARTIAL_STAYS_S:
                        Path(entry).unlink(missing_ok=True)

    def _shard(self, shard: str) -> list[Kept]:
        found = []
        try:
            with os.scandir(self.root / shard) as entries:
                for entry in entries:
                    if key := key_of(entry.name):
                        with contextlib.suppress(FileNotFoundError):  # somebody else removed it meanwhile
                            state = entry.stat()
                            found.append(Kept(key, state.st_size, state.st_mtime))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StoreError(
                f"{self.root / shard}: cannot be read ({error.strerror or error})",
                hint=remedy(error, self.root / shard),
            ) from error
        return sorted(found, key=lambda kept: kept.key)

    def _keep(self, key: str, data: bytes) -> None:
        # A folder is swept by who first writes into it: a build that has nothing to write walks through nothing.
        if key[:2] not in self._swept:
            self._swept.add(key[:2])
            self.sweep([key[:2]])
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
            return read_file(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            if error.errno == errno.ESTALE:  # removed by another machine between opening and reading it
                return None
            raise StoreError(f"{path}: cannot be read ({error.strerror or error})", hint=remedy(error, path)) from error

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


def _used(path: str) -> bool:
    """Whether the file is there; if so its time is set to now, unless it tells of the last day already."""
    try:
        used_s = os.stat(path).st_mtime  # noqa: PTH116  # a Path takes longer to make than the system to answer
    except OSError:
        return False
    if abs(time.time() - used_s) > _DAY_S:
        with contextlib.suppress(OSError):  # a store that may only be read has no uses to remember
            os.utime(path)
    return True
