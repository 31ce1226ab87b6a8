"""What is in a clip store, and what may go: for stores that hold the clips of an archive of issues.

Nothing here keeps a list of clips in memory, only two numbers of each; the folders are gone through twice instead.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from voices.shelf import SHARDS, Condition, Kept, Shelf, StoreError

STEPS = len(SHARDS)
"""What `advance` is told of each time that a store is gone through, one step for each of its folders."""

FRESH_S = 60 * 60
"""What was used in the last hour stays: somebody may be building with it."""

_NUMBERS = np.dtype([("used_s", np.float64), ("size_bytes", np.int64)])

Advance = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Stock:
    """What a store holds. The times of use are None when it is empty, the speech where it would take long to tell."""

    clips: int = 0
    size_bytes: int = 0
    speech_s: float | None = 0.0
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

    address: str
    remark: str


def kept(shelf: Shelf, advance: Advance) -> Iterator[Kept]:
    """Every clip there, in the order of the keys. Raises StoreError when a folder cannot be looked into."""
    for found in shelf.shards():
        yield from found
        advance(1)


def take_stock(shelf: Shelf, advance: Advance) -> Stock:
    """Number, size, hours and ages of the clips. Speech is counted as the files state it, without verifying them."""
    clips = size_bytes = 0
    speech_s: float | None = 0.0
    oldest_s = newest_s = None
    for each in kept(shelf, advance):
        clips += 1
        size_bytes += each.size_bytes
        oldest_s = each.used_s if oldest_s is None else min(oldest_s, each.used_s)
        newest_s = each.used_s if newest_s is None else max(newest_s, each.used_s)
        seconds = shelf.seconds(each.key)
        speech_s = None if speech_s is None or seconds is None else speech_s + seconds
    return Stock(clips, size_bytes, speech_s, oldest_s, newest_s)


def verify(shelf: Shelf, advance: Advance) -> Iterator[Damage | None]:
    """For each clip None when it is whole, else its damage; damaged files are removed, to be read anew."""

    def damage(key: str) -> Damage | None:
        try:
            if shelf.condition(key) is not Condition.DAMAGED:
                return None
            left = shelf.condition(key) is not Condition.ABSENT
            return Damage(shelf.address(key), "damaged, and could not be removed" if left else "damaged, removed")
        except StoreError as error:
            return Damage(shelf.address(key), error.message.partition(": ")[2])

    for _, found in shelf.each(damage, (each.key for each in kept(shelf, advance))):
        yield found


def prune(shelf: Shelf, limits: Limits, now_s: float, advance: Advance, *, dry_run: bool = False) -> Pruned:
    """Drop what `limits` do not let stay, the least recently used first; never what was used in the last hour.

    The shelf is gone through twice, so `advance` is told of 2 × STEPS. A clip that is used in between stays. Raises
    WriteError when a clip cannot be removed.
    """
    before_s, at_that_moment_bytes = _cutoff(shelf, limits, now_s, advance)
    dropped = dropped_bytes = left = left_bytes = 0

    def doomed() -> Iterator[str]:
        nonlocal at_that_moment_bytes, dropped, dropped_bytes, left, left_bytes
        for each in kept(shelf, advance):
            tied = each.used_s == before_s and at_that_moment_bytes > 0
            if each.used_s < before_s or tied:
                at_that_moment_bytes -= each.size_bytes if tied else 0
                dropped, dropped_bytes = dropped + 1, dropped_bytes + each.size_bytes
                yield each.key
            else:
                left, left_bytes = left + 1, left_bytes + each.size_bytes

    for _ in shelf.each((lambda _: None) if dry_run else shelf.remove, doomed()):
        pass
    return Pruned(dropped, dropped_bytes, left, left_bytes)


def _cutoff(shelf: Shelf, limits: Limits, now_s: float, advance: Advance) -> tuple[float, int]:
    """The time of use before which all goes, and how many bytes of what was used at that very time go too."""
    numbers = np.fromiter(((each.used_s, each.size_bytes) for each in kept(shelf, advance)), dtype=_NUMBERS)
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
