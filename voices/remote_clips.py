"""Clips in a folder that several machines share: the same files as in the local store, at any place fsspec reaches."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from articles.files import PARTIAL
from articles.masking import masked
from voices.clip_file import is_whole
from voices.places.access import access_to
from voices.places.errors import PlaceError
from voices.shelf import PARTIAL_STAYS_S, SHARDS, Condition, Kept, file_of, key_of

if TYPE_CHECKING:
    from voices.places.place import Place

_AHEAD = 4  # requests that wait for each thread: all are busy, and no more clips than these are in memory

T = TypeVar("T")
U = TypeVar("U")


class RemoteClips:
    """The clips at `location`; connected to when it is first asked. A process of its own connects anew.

    No clip is handed out that is not whole. Every method raises PlaceError when the place cannot be asked, and the
    next call then connects again.
    """

    def __init__(self, location: str) -> None:
        access_to(location)  # what is wrong with the address is told at once
        self.location = location
        self._place: Place | None = None
        self._broken: list[Place] = []  # other threads may still be asking them
        self._turns = threading.Semaphore()  # as many as the place bears
        self._connecting = threading.Lock()
        self._damaged: set[str] = set()

    def __reduce__(self) -> tuple[type["RemoteClips"], tuple[str]]:
        return (RemoteClips, (self.location,))

    def has(self, key: str) -> bool:
        """Whether there is a file for this key, and it was not seen to be damaged."""
        return key not in self._damaged and self._asked(lambda place: place.holds(file_of(key)))

    def holding(self, keys: Iterable[str]) -> frozenset[str]:
        """Those of `keys` for which there is a file; asked for folder by folder, so by 257 requests at most."""
        wanted = frozenset(keys) - self._damaged
        shards = {key[:2] for key in wanted} & self._asked(lambda place: place.folders())
        listed = (kept for _, found in self.each(self._listed, sorted(shards)) for kept in found)
        return wanted & {kept.key for kept in listed}

    def read(self, key: str) -> bytes | None:
        """The bytes of the clip's file; None when there is none, or it is damaged: the next write replaces it."""
        data = self._asked(lambda place: place.read(file_of(key)))
        if data is not None and not is_whole(key, data):
            self._damaged.add(key)
            return None
        return data

    def write(self, key: str, data: bytes) -> None:
        """Put the bytes of a clip's file there, whole; what lies there is replaced."""
        self._asked(lambda place: place.put(file_of(key), data))
        self._damaged.discard(key)

    def shards(self) -> Iterator[list[Kept]]:
        """The clips of each of the SHARDS. Their times of use are those of writing: reading leaves no trace there."""
        there = self._asked(lambda place: place.folders())
        # One by one, so that who goes through them can tell how far he is; what is not there is not asked for.
        for _, found in self.each(lambda shard: self._listed(shard) if shard in there else [], SHARDS):
            yield found

    def each(self, act: Callable[[T], U], items: Iterable[T]) -> Iterator[tuple[T, U]]:
        """Each item with what `act` makes of it, in order, on as many threads as the place bears."""
        threads = self._asked(lambda place: place.workers)
        waiting: deque[tuple[T, Future[U]]] = deque()
        with ThreadPoolExecutor(threads) as pool:
            try:
                for item in items:
                    waiting.append((item, pool.submit(act, item)))
                    if len(waiting) > _AHEAD * threads:
                        done, future = waiting.popleft()
                        yield done, future.result()
                while waiting:
                    done, future = waiting.popleft()
                    yield done, future.result()
            finally:
                for _, future in waiting:
                    future.cancel()

    def condition(self, key: str) -> Condition:
        """How the clip is, fetched and looked through; a damaged one is removed."""
        data = self._asked(lambda place: place.read(file_of(key)))
        if data is None:
            return Condition.ABSENT
        if is_whole(key, data):
            return Condition.WHOLE
        self.remove(key)
        return Condition.DAMAGED

    def seconds(self, key: str) -> float | None:  # noqa: ARG002
        """None: it would take a request for each clip."""
        return None

    def remove(self, key: str) -> None:
        """Drop the clip for everybody."""
        self._asked(lambda place: place.remove(file_of(key)))

    def address(self, key: str) -> str:
        """Where the clip is, for people."""
        return f"{masked(self.location).rstrip('/')}/{file_of(key)}"

    def sweep(self) -> None:
        """Remove what a lost connection left half written, more than an hour ago."""
        for _ in self.each(self._sweep, sorted(self._asked(lambda place: place.folders()) & set(SHARDS))):
            pass

    def close(self) -> None:
        """End the connection; whoever asks again connects again."""
        with self._connecting:
            places = [*self._broken, *([self._place] if self._place else [])]
            self._place, self._broken = None, []
        for place in places:
            place.close()

    def _listed(self, shard: str) -> list[Kept]:
        found = self._asked(lambda place: place.listing(shard))
        clips = (Kept(key, each.size_bytes, each.changed_s) for each in found if (key := key_of(each.name)))
        return sorted(clips, key=lambda kept: kept.key)

    def _sweep(self, shard: str) -> None:
        for each in self._asked(lambda place: place.listing(shard)):
            if each.name.startswith(PARTIAL) and time.time() - each.changed_s > PARTIAL_STAYS_S:
                path = f"{shard}/{each.name}"
                self._asked(lambda place, path=path: place.remove(path))  # type: ignore[misc]

    def _asked(self, ask: "Callable[[Place], U]") -> U:
        place, turns = self._connected()
        try:
            with turns:  # clips may be looked through while they are still being listed, each on threads of its own
                return ask(place)
        except PlaceError:
            with self._connecting:
                if self._place is place:
                    self._place = None
                    self._broken.append(place)
            raise

    def _connected(self) -> "tuple[Place, threading.Semaphore]":
        from voices.places.place import open_place  # fsspec takes a while to import, and mostly nothing is missing

        with self._connecting:
            if self._place is None:
                self._place = open_place(self.location)
                self._turns = threading.Semaphore(self._place.workers)
            return self._place, self._turns
