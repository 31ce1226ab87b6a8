"""The folder that is published, and which of its files an address names."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from feeds.rules.document import FeedDocument, Found, all_of, line_of


@dataclass(frozen=True, slots=True)
class Site:
    """`public/`, the paths of the files in it, and the address at which it is found, ending in a slash."""

    public: Path
    address: str
    files: frozenset[str]

    def path_of(self, url: str) -> str | None:
        """The path below `public/` that the address names, be there such a file or not; None for one elsewhere."""
        if not url.startswith(self.address):
            return None
        path = unquote(re.split("[?#]", url[len(self.address) :], maxsplit=1)[0])
        return f"{path}index.html" if path.endswith("/") or not path else path

    def file(self, path: str) -> Path | None:
        """The file at a path below `public/`; None when there is none."""
        return self.public / path if path in self.files else None


def files_in(public: Path) -> frozenset[str]:
    """The paths of all files below `public`, less what leads out of it: looked up once, asked for a thousand times."""
    inside = public.resolve()
    found = set()
    for folder, _, names in os.walk(public):
        here = Path(folder).relative_to(public).as_posix()
        for name in names:
            file = Path(folder) / name
            if not file.is_symlink() or (file.exists() and file.resolve().is_relative_to(inside)):
                found.add(name if here == "." else f"{here}/{name}")
    return frozenset(found)


def site_of(public: Path, files: frozenset[str], path: str, feed: FeedDocument) -> Site | None:
    """The site that the feed at `path` (relative to `public`) believes to belong to, by its own address; or None."""
    for link in all_of(feed.channel, "atom:link"):
        own = link.get("href", "")
        if link.get("rel") == "self" and unquote(own).endswith("/" + path):
            steps = len(PurePosixPath(path).parts)
            return Site(public, own.rsplit("/", steps)[0] + "/", files)
    return None


def misplaced(path: str, feed: FeedDocument) -> Iterator[Found]:
    """What to say of a feed for which there is no site."""
    line = next((line_of(link) for link in all_of(feed.channel, "atom:link") if link.get("rel") == "self"), 0)
    yield Found(
        line, f"the feed's own address does not end in /{path}, where the file lies: its links cannot be checked"
    )
