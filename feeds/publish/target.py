"""The place that an edition is published to; the only file that imports fsspec."""

import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

import fsspec

from articles.files import PARTIAL
from feeds.headers import cache_control, content_type
from feeds.publish.errors import PublishError
from feeds.publish.kinds import check_kind
from voices.places.access import Access, access_to
from voices.places.errors import PlaceError, told

_WAITS_SECONDS = (0.5, 2.0, 8.0)
"""Between tries: a connection that broke may stand again in a moment; more than that is for a person to judge."""

_FINAL = (PermissionError, IsADirectoryError, NotADirectoryError)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Target:
    """A folder somewhere: `name` is how it may be shown to people, `workers` how many files it takes at once.

    `root` is its path there, empty for all of a server whose paths begin without a slash.
    """

    name: str
    access: Access
    filesystem: Any
    root: str

    @property
    def workers(self) -> int:
        """How many files may be sent at the same time."""
        return self.access.workers

    @property
    def folder(self) -> Path | None:
        """The folder on this computer that it is, if it is one."""
        return Path(self.root).resolve() if self.access.protocol in ("file", "local") else None

    def sizes(self) -> dict[str, int]:
        """The size in bytes of every file there, by its path below the place. Raises PublishError."""
        found = self._tried(f"{self.name}: cannot be listed", self._find)
        base = PurePosixPath(self.root)
        return {
            PurePosixPath(name).relative_to(base).as_posix(): int(facts["size"] or 0)
            for name, facts in found.items()
            if facts.get("type") == "file" and PurePosixPath(name).is_relative_to(base)
        }

    def read(self, path: str) -> bytes | None:
        """The file's bytes, None when there is none. Raises PublishError."""

        def cat() -> bytes | None:
            with contextlib.suppress(FileNotFoundError):
                return bytes(self.filesystem.cat_file(self._at(path)))
            return None

        return self._tried(f"{self.name}/{path}: cannot be read", cat)

    def put(self, path: str, content: Path | bytes) -> None:
        """Send a file, or bytes, so that a reader sees the old ones or the new ones, whole. Raises PublishError."""
        self._tried(f"{self.name}/{path}: cannot be sent", lambda: self._put(path, content), _WAITS_SECONDS)

    def remove(self, path: str) -> None:
        """Remove a file; it is no matter if there is none. Raises PublishError."""

        def rm() -> None:
            with contextlib.suppress(FileNotFoundError):
                self.filesystem.rm_file(self._at(path))

        self._tried(f"{self.name}/{path}: cannot be removed", rm, _WAITS_SECONDS)

    def close(self) -> None:
        """End the connection."""
        self.access.close(self.filesystem)

    def _put(self, path: str, content: Path | bytes) -> None:
        at = self._at(path)
        if self.access.stores_whole:  # an object appears when all of it has arrived
            headers = {"ContentType": content_type(path), "CacheControl": cache_control(path)}
            self._write(content, at, headers if self.access.takes_headers else {})
            return
        place = PurePosixPath(at)
        partial = str(place.with_name(PARTIAL + place.name))
        if place.parent.name:  # a server's own root is there
            self.filesystem.makedirs(str(place.parent), exist_ok=True)
        self._write(content, partial, {})
        self.access.rename(self.filesystem, partial, at)

    def _write(self, content: Path | bytes, at: str, headers: Mapping[str, str]) -> None:
        if isinstance(content, bytes):
            self.filesystem.pipe_file(at, content, **headers)
        else:
            self.filesystem.put_file(str(content), at, **headers)

    def _find(self) -> dict[str, Any]:
        with contextlib.suppress(FileNotFoundError):
            return dict(self.filesystem.find(self.root, detail=True))
        return {}

    def _at(self, path: str) -> str:
        return f"{self.root.rstrip('/')}/{path}" if self.root else path

    def _tried(self, trouble: str, act: Callable[[], T], waits: Sequence[float] = ()) -> T:
        for wait in waits:
            try:
                return act()
            except _FINAL as error:
                raise _told(trouble, error, self.name) from error
            except Exception:  # every library raises its own kinds
                time.sleep(wait)
        try:
            return act()
        except Exception as error:
            raise _told(trouble, error, self.name) from error


def open_target(address: str) -> Target:
    """The place at `address`: a folder's path, or s3://bucket/folder, sftp://user@host/folder, webdav://host/folder.

    Whatever else fsspec knows works too where its package is installed. Close it when done. Raises PublishError.
    """
    check_kind(address, fsspec.available_protocols())
    try:
        access = access_to(address)
    except PlaceError as error:
        raise PublishError(error.message, hint=error.hint) from None
    try:
        filesystem = access.open() if access.open else fsspec.filesystem(access.protocol, **access.options)
    except Exception as error:
        raise _told(f"{access.name}: cannot be reached", error, access.name) from error
    return Target(access.name, access, filesystem, access.root.rstrip("/") or access.root[:1])


def _told(trouble: str, error: Exception, address: str) -> PublishError:
    found = told(trouble, error, address)
    return PublishError(found.message, hint=found.hint)
