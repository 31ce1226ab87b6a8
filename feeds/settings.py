"""The `[feed]` section of edition.toml: what a feed says about its publisher, checked once."""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urlsplit

from feeds.categories import check_category

_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;.]+(\.[^\s@<>,;.]+)+")


class ShowType(StrEnum):
    """How an app orders episodes: from number 1 upwards (`serial`), or the newest first (`episodic`)."""

    SERIAL = "serial"
    EPISODIC = "episodic"


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """Where the edition is published, and by whom.

    `url` is the address that `public/` is served at; it always ends in a slash. `link` is the publication's
    web site; where it is left empty, each feed links to its own page below `url`. `category` and
    `subcategory` are Apple's. Raises ValueError, with what to write instead, when a value would make a feed
    that apps refuse.
    """

    url: str
    author: str
    owner_name: str
    owner_email: str
    category: str = "News"
    subcategory: str = ""
    explicit: bool = False
    copyright: str = ""
    link: str = ""
    type: ShowType = ShowType.SERIAL

    def __post_init__(self) -> None:
        _check_address("url", self.url)
        if urlsplit(self.url).query or urlsplit(self.url).fragment:
            raise ValueError(
                f'url "{self.url}": leave out everything from "?" or "#" on; it is the address of a folder'
            )
        if self.link:
            _check_address("link", self.link)
        for name, text in (("author", self.author), ("owner_name", self.owner_name)):
            if not text.strip():
                raise ValueError(f"{name} is empty: podcast directories show it and require it")
        if not _EMAIL.fullmatch(self.owner_email):
            raise ValueError(
                f'owner_email "{self.owner_email}" is not an e-mail address; write it like editor@example.org'
            )
        check_category(self.category, self.subcategory)
        if self.type not in tuple(ShowType):
            raise ValueError(f'type "{self.type}" is neither "serial" (in running order) nor "episodic" (newest first)')
        object.__setattr__(self, "url", self.url.rstrip("/") + "/")
        object.__setattr__(self, "type", ShowType(self.type))

    def address(self, path: str) -> str:
        """The absolute URL of a file by its path relative to `public/`, percent-encoded as UTF-8."""
        return self.url + quote(path, safe="/")


def _check_address(name: str, url: str) -> None:
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, a bracket that is not closed
        good = False
    if not good:
        raise ValueError(f'{name} "{url}" is not a web address; write it like https://example.org/audio/')
    if not url.isascii() or re.search(r"[\s\x00-\x1f\x7f\"<>\\^`{|}]", url):
        raise ValueError(
            f'{name} "{url}" has characters that an address cannot hold; copy it from a browser, '
            "where a space is %20 and é is %C3%A9"
        )
