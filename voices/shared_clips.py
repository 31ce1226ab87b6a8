"""A clip store that several machines share: this machine's own in front, and behind it a folder or an object store.

Why it is made so: docs/decisions/0024-a-shared-clip-store.md
"""

import contextlib
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from articles.files import WriteError
from voices.clip_file import from_bytes, is_whole, to_bytes
from voices.clips import ClipStore
from voices.places.access import is_folder
from voices.places.errors import PlaceError, PlaceSettingError
from voices.remote_clips import RemoteClips
from voices.voice import Clip

VARIABLE = "VIVAVOCE_CLIPS"
"""Where the shared store is, before what edition.toml says; empty, nothing is shared."""

_PAUSE_S = 60.0  # how long a place that did not answer is left alone: what it has can be read aloud meanwhile

T = TypeVar("T")


def open_clips(location: str, local: Path, *, strict: bool = False) -> ClipStore:
    """The clip store in the folder `local`, with the one at `location` behind it; "" leaves it to itself.

    `location` is a folder's path or an address: s3://bucket/folder, sftp://user@host/folder, webdav://host/folder.
    With `strict`, a place that cannot be asked is an error; else it is done without. Raises PlaceSettingError for an
    address that cannot be right.
    """
    return SharedClips(local, RemoteClips(location), strict=strict) if location else ClipStore(local)


def location_of(setting: str, root: Path) -> str:
    """Where an edition's clips are shared: what the environment says, else `setting`; a folder is seen from `root`.

    Raises PlaceSettingError for what is neither an address nor a folder.
    """
    location = os.environ.get(VARIABLE, setting)
    return str(root / Path(location).expanduser()) if location and is_folder(location) else location


class SharedClips(ClipStore):
    """Clips are looked for here, then there; what is found there is kept here too. New ones go to both.

    While the place does not answer everything goes on without it, `trouble` says why, and it is left alone for a
    minute; with `strict` PlaceError is raised instead. What has not gone up is remembered in the folder `unsent` and
    goes up with `settle`, in this process or a later one. A wrong address or a missing package is always an error.
    """

    def __init__(self, root: Path, shared: RemoteClips, *, strict: bool = False) -> None:
        super().__init__(root)
        self.shared = shared
        self.strict = strict
        self.trouble = ""
        self._left_alone_until_s = 0.0
        self._unsent = root / "unsent"

    def __reduce__(self) -> tuple[object, ...]:
        return (_again, (self.root, self.shared, self.strict))

    def has(self, key: str) -> bool:
        """Whether there is a file for this key, here or there; for more than a few ask with `missing`."""
        return super().has(key) or self._over_there(lambda: self.shared.has(key), False)

    def missing(self, keys: Iterable[str]) -> frozenset[str]:
        """Those of `keys` that are neither here nor there."""
        absent = super().missing(keys)
        nothing: frozenset[str] = frozenset()
        return absent - self._over_there(lambda: self.shared.holding(absent), nothing) if absent else absent

    def fetch(self, keys: Iterable[str]) -> frozenset[str]:
        """Like `missing`, with all that lies there brought here, whole. Raises WriteError when the disk refuses."""
        absent = super().missing(keys)
        if absent:
            self._over_there(lambda: self._bring(absent), None)
        return frozenset(key for key in absent if not ClipStore.has(self, key))

    def read(self, key: str) -> Clip | None:
        """The clip, or None when it is whole in neither place. Raises StoreError when the system refuses to read it."""
        clip = super().read(key)
        if clip is not None:
            return clip
        data = self._over_there(lambda: self.shared.read(key), None)
        if data is None:
            return None
        with contextlib.suppress(WriteError):  # a store that may only be read; the clip is here all the same
            self._keep(key, data)
        return from_bytes(key, data)

    def write(self, key: str, clip: Clip) -> None:
        """Keep `clip` here, then there. Raises WriteError when this machine's disk refuses."""
        data = to_bytes(key, clip)
        self._keep(key, data)
        self._mark(key)
        self._over_there(lambda: self._send(key, data), None)

    def settle(self) -> str:
        """Send what was left unsent; a line for people where some of it still is, "" where all has gone."""
        waiting = self._waiting()
        if not waiting:
            return ""
        self._left_alone_until_s = 0.0
        if self._over_there(lambda: self._send_all(waiting), 0) == len(waiting):
            return ""  # what another process has marked since is its own to send
        left = len(self._waiting())
        if not left:
            return ""
        number = "1 clip has" if left == 1 else f"{left} clips have"
        return f"{number} not gone to the shared store, and will with the next build: {self.trouble}"

    def share(self, keys: Iterable[str]) -> int:
        """How many of `keys`, clips that are here, had to be sent and now lie there too. Raises PlaceError."""
        wanted = frozenset(keys)
        absent = wanted - self.shared.holding(wanted)
        self._send_all(sorted(absent))
        return len(absent)

    def close(self) -> None:
        """End the connection; it is made anew when the store is used again."""
        self.shared.close()

    def _bring(self, keys: frozenset[str]) -> None:
        for key, data in self.shared.each(self.shared.read, sorted(self.shared.holding(keys))):
            if data is not None:
                self._keep(key, data)

    def _send_all(self, keys: Iterable[str]) -> int:
        """How many keys there were, once all have been sent."""
        return sum(1 for _ in self.shared.each(self._send, keys))

    def _send(self, key: str, data: bytes | None = None) -> None:
        data = self._bytes(key) if data is None else data
        if data is not None and is_whole(key, data):
            self.shared.write(key, data)
        (self._unsent / key).unlink(missing_ok=True)

    def _mark(self, key: str) -> None:
        with contextlib.suppress(OSError):  # it is a reminder: what it is lost with is one sending
            self._unsent.mkdir(exist_ok=True)
            (self._unsent / key).touch()

    def _waiting(self) -> list[str]:
        try:
            return sorted(os.listdir(self._unsent))  # noqa: PTH208  # names are all that is wanted
        except FileNotFoundError:
            return []

    def _over_there(self, ask: Callable[[], T], otherwise: T) -> T:
        """What `ask` gives; `otherwise`, where the place does not answer or has not a moment ago."""
        if time.monotonic() < self._left_alone_until_s:
            return otherwise
        try:
            return ask()
        except PlaceSettingError:
            raise
        except PlaceError as error:
            if self.strict:
                raise
            self.trouble = str(error)
            self._left_alone_until_s = time.monotonic() + _PAUSE_S
            return otherwise


def _again(root: Path, shared: RemoteClips, strict: bool) -> SharedClips:
    return SharedClips(root, shared, strict=strict)
