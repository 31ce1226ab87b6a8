"""The folder that is published, and which of its files an address names."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from feeds.rules.document import FeedDocument, Found, all_of, line_of


@dataclass(frozen=True, slots=True)
class Site:
    """`public/` and the address at which it is found, ending in a slash."""

    public: Path
    address: str

    def path_of(self, url: str) -> str | None:
        """The path below `public/` that the address names, be there such a file or not; None for one elsewhere."""
        parts = urlsplit(url)
        plain = parts._replace(query="", fragment="").geturl()
        if not plain.startswith(self.address):
            return None
        path = unquote(plain[len(self.address) :])
        return f"{path}index.html" if path.endswith("/") or not path else path

    def file(self, path: str) -> Path | None:
        """The file at a path below `public/`; None when there is none, or it lies outside."""
        file = (self.public / path).resolve()
        return file if file.is_relative_to(self.public.resolve()) and file.is_file() else None


def site_of(public: Path, path: str, feed: FeedDocument) -> Site | None:
    """The site that the feed at `path` (relative to `public`) believes to belong to, by its own address; or None."""
    for link in all_of(feed.channel, "atom:link"):
        own = link.get("href", "")
        if link.get("rel") == "self" and unquote(own).endswith("/" + path):
            steps = len(PurePosixPath(path).parts)
            return Site(public, own.rsplit("/", steps)[0] + "/")
    return None


def misplaced(path: str, feed: FeedDocument) -> Iterator[Found]:
    """What to say of a feed for which there is no site."""
    line = next((line_of(link) for link in all_of(feed.channel, "atom:link") if link.get("rel") == "self"), 0)
    yield Found(
        line, f"the feed's own address does not end in /{path}, where the file lies: its links cannot be checked"
    )
