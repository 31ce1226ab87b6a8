"""What is in a clip store, and what may go: for stores that hold the clips of an archive of issues.

Nothing here keeps a list of clips in memory, only two numbers of each; the folders are gone through twice instead.
"""

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from articles.files import WriteError
from voices.clip_file import seconds_in
from voices.clips import ClipStore, Condition, StoreError

SHARDS = 256
"""Folders in a full store: the steps that `advance` is told of, one each."""

FRESH_S = 60 * 60
"""What was used in the last hour stays: somebody may be building with it."""

_NUMBERS = np.dtype([("used_s", np.float64), ("size_bytes", np.int64)])
_CLIP = re.compile(r"([0-9a-f]{64})\.clip")

Advance = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """A clip in the store: its size, and when it was last used, in seconds since 1970."""

    key: str
    size_bytes: int
    used_s: float


@dataclass(frozen=True, slots=True)
class Stock:
    """What a store holds. The times of use are None when it is empty."""

    clips: int = 0
    size_bytes: int = 0
    speech_s: float = 0.0
    oldest_use_s: float | None = None
    newest_use_s: float | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What may stay: clips used in the last `keep_s` seconds, and of these as many as fit into `max_bytes`."""

    keep_s: float | None = None
    max_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many clips went, and how many stayed."""

    dropped: int
    dropped_bytes: int
    kept: int
    kept_bytes: int


@dataclass(frozen=True, slots=True)
class Damage:
    """A clip that is not as it was written; `remark` says what became of it."""

    path: Path
    remark: str


def kept(store: ClipStore, advance: Advance) -> Iterator[Kept]:
    """Every clip in the store, in the order of the keys. Raises StoreError when a folder cannot be looked into."""
    for shard in (f"{number:02x}" for number in range(SHARDS)):
        try:
            with os.scandir(store.root / shard) as entries:
                found = [(match[1], entry) for entry in entries if (match := _CLIP.fullmatch(entry.name))]
        except FileNotFoundError:
            found = []
        except OSError as error:
            raise StoreError(
                f"{store.root / shard}: cannot be read ({error.strerror or error})", hint="check its permissions"
            ) from error
        for key, entry in sorted(found, key=lambda pair: pair[0]):
            with contextlib.suppress(FileNotFoundError):  # somebody else removed it meanwhile
                state = entry.stat()
                yield Kept(key, state.st_size, state.st_mtime)
        advance(1)


def take_stock(store: ClipStore, advance: Advance) -> Stock:
    """Number, size, hours and ages of the clips. Speech is counted as the files state it, without verifying them."""
    clips = size_bytes = 0
    speech_s, oldest_s, newest_s = 0.0, None, None
    for each in kept(store, advance):
        clips += 1
        size_bytes += each.size_bytes
        oldest_s = each.used_s if oldest_s is None else min(oldest_s, each.used_s)
        newest_s = each.used_s if newest_s is None else max(newest_s, each.used_s)
        with contextlib.suppress(OSError):
            speech_s += seconds_in(store.path(each.key))
    return Stock(clips, size_bytes, speech_s, oldest_s, newest_s)


def verify(store: ClipStore, advance: Advance) -> Iterator[Damage | None]:
    """For each clip None when it is whole, else its damage; damaged files are removed, to be read anew."""
    for each in kept(store, advance):
        path = store.path(each.key)
        try:
            damaged = store.condition(each.key) is Condition.DAMAGED
        except StoreError as error:
            yield Damage(path, error.message.partition(": ")[2])
            continue
        if not damaged:
            yield None
        else:
            yield Damage(path, "damaged, and could not be removed" if path.exists() else "damaged, removed")


def prune(store: ClipStore, limits: Limits, now_s: float, advance: Advance, *, dry_run: bool = False) -> Pruned:
    """Drop what `limits` do not let stay, the least recently used first; never what was used in the last hour.

    The store is gone through twice, so `advance` is told of 2 × SHARDS steps. A clip that is used in between stays.
    Raises WriteError when a clip cannot be removed.
    """
    before_s, at_that_moment_bytes = _cutoff(store, limits, now_s, advance)
    dropped = dropped_bytes = left = left_bytes = 0
    for each in kept(store, advance):
        tied = each.used_s == before_s and at_that_moment_bytes > 0
        if each.used_s < before_s or tied:
            at_that_moment_bytes -= each.size_bytes if tied else 0
            dropped, dropped_bytes = dropped + 1, dropped_bytes + each.size_bytes
            if not dry_run:
                _remove(store.path(each.key))
        else:
            left, left_bytes = left + 1, left_bytes + each.size_bytes
    return Pruned(dropped, dropped_bytes, left, left_bytes)


def _cutoff(store: ClipStore, limits: Limits, now_s: float, advance: Advance) -> tuple[float, int]:
    """The time of use before which all goes, and how many bytes of what was used at that very time go too."""
    numbers = np.fromiter(((each.used_s, each.size_bytes) for each in kept(store, advance)), dtype=_NUMBERS)
    used_s, size_bytes = numbers["used_s"], numbers["size_bytes"]
    aged_s = -np.inf if limits.keep_s is None else now_s - limits.keep_s
    excess = 0 if limits.max_bytes is None else int(size_bytes.sum()) - limits.max_bytes
    crowded_s, tied_bytes = -np.inf, 0
    if excess > 0:
        order = np.argsort(used_s, kind="stable")
        last = min(int(np.searchsorted(np.cumsum(size_bytes[order]), excess)), len(order) - 1)
        crowded_s = float(used_s[order][last])
        tied_bytes = excess - int(size_bytes[used_s < crowded_s].sum())
    before_s = max(aged_s, crowded_s)
    if before_s > now_s - FRESH_S:
        return now_s - FRESH_S, 0
    return before_s, tied_bytes if crowded_s >= aged_s else 0


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise WriteError(
            f"{path}: cannot be removed ({error.strerror or error})", hint="check the folder's permissions"
        ) from error
