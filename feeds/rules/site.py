"""The folder that is published, and which of its files an address names."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import msgspec

from audio.probe import probe
from feeds.rules.document import FeedDocument, Found, all_of, line_of


class Folder:
    """`public/` as it lies on a disk, and what has been found out about its files: once, for all feeds and rules.

    `as_built` has the sha256 of files as they were built, or its first digits, as far as that is known.
    """

    def __init__(self, public: Path, as_built: Mapping[str, str] | None = None) -> None:
        self.public = public
        self.as_built = as_built or {}
        self._files = _files_in(public)
        self._seconds: dict[str, float] = {}
        self._built: dict[str, Built] = {}

    def file(self, path: str) -> Path | None:
        """The file at a path below `public/`; None when there is none."""
        return self.public / path if path in self._files else None

    def seconds(self, path: str) -> float:
        """How long the sound file at `path` plays. Raises UndecodableError, and OSError where it cannot be opened."""
        if path not in self._seconds:
            self._seconds[path] = probe(self.public / path).seconds
        return self._seconds[path]

    def built(self, issue: str) -> "Built":
        """What build.json says of the issue; nothing where there is none, or none that can be read."""
        if issue not in self._built:
            self._built[issue] = _built(self.file(f"{issue}/build.json"))
        return self._built[issue]


@dataclass(frozen=True, slots=True)
class Aim:
    """The loudness that a build aimed at."""

    target_lufs: float
    loudness_tolerance_lu: float
    true_peak_db: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of an episode; nothing where that is not recorded."""

    path: str = ""
    lufs: float | None = None
    true_peak_db: float | None = None


@dataclass(frozen=True, slots=True)
class _Failure:
    article: str


@dataclass(frozen=True, slots=True)
class _BuildFile:
    """What is looked at in build.json, which may be anybody's."""

    sound: Aim | None = None
    episodes: tuple[Measured, ...] = ()
    failures: tuple[_Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Built:
    """What a build wrote down: the `sound` it aimed at, and for the path of each episode what was measured.

    `failed` are the articles that it could not make.
    """

    sound: Aim | None
    episodes: dict[str, Measured]
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """A folder, and the address at which it is found, ending in a slash."""

    folder: Folder
    address: str

    def path_of(self, url: str) -> str | None:
        """The path below `public/` that the address names, be there such a file or not; None for one elsewhere."""
        if not url.startswith(self.address):
            return None
        path = unquote(re.split("[?#]", url[len(self.address) :], maxsplit=1)[0])
        return f"{path}index.html" if path.endswith("/") or not path else path

    def file(self, path: str) -> Path | None:
        """The file at a path below `public/`; None when there is none."""
        return self.folder.file(path)


def site_of(folder: Folder, path: str, feed: FeedDocument) -> Site | None:
    """The site that the feed at `path` (relative to `public/`) believes to belong to, by its own address; or None."""
    for link in all_of(feed.channel, "atom:link"):
        own = link.get("href", "")
        if link.get("rel") == "self" and unquote(own).endswith("/" + path):
            steps = len(PurePosixPath(path).parts)
            return Site(folder, own.rsplit("/", steps)[0] + "/")
    return None


def misplaced(path: str, feed: FeedDocument) -> Iterator[Found]:
    """What to say of a feed for which there is no site."""
    line = next((line_of(link) for link in all_of(feed.channel, "atom:link") if link.get("rel") == "self"), 0)
    yield Found(
        line, f"the feed's own address does not end in /{path}, where the file lies: its links cannot be checked"
    )


def _files_in(public: Path) -> frozenset[str]:
    """The paths of all files below `public`, less what leads out of it."""
    inside = public.resolve()
    found = set()
    for folder, _, names in os.walk(public):
        here = Path(folder).relative_to(public).as_posix()
        for name in names:
            file = Path(folder) / name
            if not file.is_symlink() or (file.exists() and file.resolve().is_relative_to(inside)):
                found.add(name if here == "." else f"{here}/{name}")
    return frozenset(found)


def _built(file: Path | None) -> Built:
    try:
        facts = msgspec.convert(json.loads(file.read_bytes()) if file else {}, type=_BuildFile)
    except (ValueError, RecursionError):  # msgspec's own error is a ValueError
        facts = _BuildFile()
    return Built(
        facts.sound,
        {episode.path: episode for episode in facts.episodes},
        tuple(failure.article for failure in facts.failures),
    )
