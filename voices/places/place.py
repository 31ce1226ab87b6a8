"""A folder elsewhere, with files small enough to be sent and fetched in one piece; imports fsspec."""

import contextlib
import datetime
import errno
import os
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, TypeVar

import fsspec

from articles.files import PARTIAL
from voices.places.access import Access, access_to
from voices.places.errors import told

_WAITS_S = (0.3, 1.5)
"""Between tries: a connection that broke may stand again in a moment. Nobody waits for more: clips can be read anew."""

_S3_OPTIONS = {"config_kwargs": {"connect_timeout": 4, "read_timeout": 20, "retries": {"max_attempts": 0}}}
"""botocore and s3fs both try again by themselves; multiplied by our own tries, a server that is gone takes a minute."""

_FINAL = (PermissionError, FileNotFoundError, IsADirectoryError, NotADirectoryError, ImportError)
_TIMES = ("LastModified", "mtime", "modified", "created")
"""What S3, folders and SFTP, WebDAV, and a computer's memory call the time of a file's last change."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found:
    """A file in one of a place's folders; `changed_s` is when it was written, in seconds since 1970."""

    name: str
    size_bytes: int
    changed_s: float


@dataclass(frozen=True, slots=True)
class Place:
    """A folder somewhere: `name` is how it may be shown to people, `workers` how many may ask it at once.

    Its methods raise PlaceError, after three tries where another might help.
    """

    name: str
    access: Access
    filesystem: Any
    root: str

    @property
    def workers(self) -> int:
        """How many threads may use it at the same time."""
        return self.access.workers

    def read(self, path: str) -> bytes | None:
        """The file's bytes, None when there is none."""

        def cat() -> bytes | None:
            with contextlib.suppress(FileNotFoundError):
                return bytes(self.filesystem.cat_file(self._at(path)))
            return None

        return self._tried("cannot be read", cat)

    def holds(self, path: str) -> bool:
        """Whether there is such a file."""

        def info() -> bool:  # fsspec's isfile() takes every failure for a no
            with contextlib.suppress(FileNotFoundError):
                return bool(self.filesystem.info(self._at(path))["type"] == "file")
            return False

        return self._tried("cannot be asked", info)

    def listing(self, folder: str) -> tuple[Found, ...]:
        """The files right below `folder`, those half written among them; none where there is no such folder."""
        return tuple(
            Found(PurePosixPath(facts["name"]).name, int(facts["size"] or 0), _changed_s(facts))
            for facts in self._ls(self._at(folder))
            if facts["type"] == "file"
        )

    def folders(self) -> frozenset[str]:
        """The names of the folders right below the place."""
        found = self._ls(self.root or "/")
        return frozenset(PurePosixPath(facts["name"]).name for facts in found if facts["type"] == "directory")

    def put(self, path: str, data: bytes) -> None:
        """Write the file, so that a reader sees the old one or the new one, whole."""
        self._tried("cannot be written", lambda: self._put(path, data))

    def remove(self, path: str) -> None:
        """Remove the file; it is no matter if there is none."""

        def rm() -> None:
            with contextlib.suppress(FileNotFoundError):
                self.filesystem.rm_file(self._at(path))

        self._tried("cannot be removed from", rm)

    def close(self) -> None:
        """End the connection; what fails at that is of no interest any more."""
        with contextlib.suppress(Exception):
            self.access.close(self.filesystem)

    def _put(self, path: str, data: bytes) -> None:
        at = self._at(path)
        if self.access.stores_whole:  # an object appears when all of it has arrived
            self.filesystem.pipe_file(at, data)
            return
        place = PurePosixPath(at)
        # Two machines may write the same file at once: each under a name of its own.
        partial = str(place.with_name(f"{PARTIAL}{uuid.uuid4().hex}"))
        self.filesystem.makedirs(str(place.parent), exist_ok=True)
        self.filesystem.pipe_file(partial, data)
        self.access.rename(self.filesystem, partial, at)

    def _ls(self, at: str) -> tuple[dict[str, Any], ...]:
        def ls() -> tuple[dict[str, Any], ...]:
            with contextlib.suppress(FileNotFoundError):
                found = tuple(self.filesystem.ls(at, detail=True))
                if [facts["name"].strip("/") for facts in found if facts["type"] == "file"] == [at.strip("/")]:
                    raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), at)  # it is a file itself
                return found
            return ()

        return self._tried("cannot be listed", ls)

    def _at(self, path: str) -> str:
        return f"{self.root}/{path}"

    def _tried(self, trouble: str, act: Callable[[], T]) -> T:
        for wait_s in (*_WAITS_S, None):
            try:
                return act()
            except Exception as error:  # every library raises its own kinds
                if wait_s is None or isinstance(error, _FINAL):
                    raise told(f"{self.name} {trouble}", error, self.name) from error
                time.sleep(wait_s)
        raise AssertionError("the last try returns or raises")


def open_place(address: str) -> Place:
    """The place at `address`: a folder's path, or s3://bucket/folder, sftp://user@host/folder, webdav://host/folder.

    Whatever else fsspec knows works too where its package is installed. Close it when done. Raises PlaceError.
    """
    access = access_to(address)
    try:
        filesystem = access.open() if access.open else _filesystem(access)
    except Exception as error:
        raise told(f"{access.name} cannot be reached", error, access.name) from error
    return Place(access.name, access, filesystem, access.root.rstrip("/"))


def _filesystem(access: Access) -> Any:
    if access.protocol != "s3":
        return fsspec.filesystem(access.protocol, **access.options)
    filesystem = fsspec.filesystem("s3", **access.options, **_S3_OPTIONS)
    filesystem.retries = 1
    return filesystem


def _changed_s(facts: dict[str, Any]) -> float:
    """When a file was last changed, as its place tells it; now, where it tells nothing."""
    changed = next((facts[name] for name in _TIMES if facts.get(name) is not None), None)
    if isinstance(changed, datetime.datetime):
        aware = changed if changed.tzinfo else changed.replace(tzinfo=datetime.UTC)
        return aware.timestamp()
    return float(changed) if isinstance(changed, (int, float)) else time.time()
