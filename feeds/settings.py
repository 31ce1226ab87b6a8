"""The `[feed]` section of edition.toml: what a feed says about its publisher, checked once."""

import re
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final
from urllib.parse import quote, urlsplit

from feeds.categories import check_category
from feeds.frequency import Frequency
from feeds.text import fit_text

LICENSES: Final = ("ARR", "CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-NC-ND-4.0", "V4V-1.0")
"""What the podcast namespace's list of licences names (podcastindex.org, licenses.json); ARR reserves all rights."""

_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;.]+(\.[^\s@<>,;.]+)+")

_LONGEST_URL = 500
"""Characters: what is behind it, an issue's name, has to fit into a QR code with it (feeds/page/qr.py)."""


class ShowType(StrEnum):
    """How an app orders episodes: from number 1 upwards (`serial`), or the newest first (`episodic`)."""

    SERIAL = "serial"
    EPISODIC = "episodic"


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """Where the edition is published, and by whom.

    `url` is the address that `public/` is served at; it always ends in a slash. `link` is the publication's
    web site; where it is left empty, each feed links to its own page below `url`. `category` and
    `subcategory` are Apple's. `locked` tells other hosts not to take the feed over. `license` is the licence of the
    sound, by the name that podcast directories know it by, or by a name of one's own with its text at `license_url`.
    `hub` is a WebSub hub that passes on what is new, `funding` a page to support the publication on, `frequency` how
    often an issue appears. Raises ValueError, with what to write instead, when a value would make a feed that apps
    refuse.
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
    locked: bool = True
    license: str = ""
    license_url: str = ""
    hub: str = ""
    funding: str = ""
    frequency: str = ""

    def __post_init__(self) -> None:
        _check_address("url", self.url)
        if urlsplit(self.url).query or urlsplit(self.url).fragment:
            raise ValueError(
                f'url "{self.url}": leave out everything from "?" or "#" on; it is the address of a folder'
            )
        for name in ("link", "hub", "funding", "license_url"):
            if address := getattr(self, name):
                _check_address(name, address)
        if len(self.url) > _LONGEST_URL:
            raise ValueError(f"url has {len(self.url)} characters: give an address of at most {_LONGEST_URL}")
        self._check_characters()
        self._check_license()
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
        if self.frequency and self.frequency not in tuple(Frequency):
            raise ValueError(f'frequency "{self.frequency}" is none of: {", ".join(Frequency)}')
        object.__setattr__(self, "url", self.url.rstrip("/") + "/")
        object.__setattr__(self, "type", ShowType(self.type))

    def _check_characters(self) -> None:
        for field in fields(self):
            text = getattr(self, field.name)
            if isinstance(text, str) and fit_text(text) != text:
                raise ValueError(
                    f"{field.name} has a character that nobody can see: delete it, or write the line again"
                )

    def _check_license(self) -> None:
        if self.license_url and not self.license:
            raise ValueError("license_url is there, but no license: name it too, such as CC-BY-4.0")
        if self.license and not self.license_url and self.license.upper() not in LICENSES:
            raise ValueError(
                f'license "{self.license}" is not one that directories know ({", ".join(LICENSES)}); '
                "give the address of its text as license_url"
            )

    def address(self, path: str) -> str:
        """The absolute URL of a file by its path relative to `public/`, percent-encoded as UTF-8."""
        return self.url + quote(path, safe="/")


def _check_address(name: str, url: str) -> None:
    # Looked for by hand: a password may hold what makes the rest no address.
    if "@" in re.split("[/?#]", url.partition("://")[2], maxsplit=1)[0]:
        raise ValueError(f"{name} has a name or a password before the host, which would be in every feed; take it out")
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, a bracket that is not closed
        good = False
    if not good:
        shown = "" if "@" in url else f' "{url}"'  # it may be a password that holds what an address cannot
        raise ValueError(f"{name}{shown} is not a web address; write it like https://example.org/audio/")
    if not url.isascii() or re.search(r"[\s\x00-\x1f\x7f\"<>\\^`{|}]", url):
        raise ValueError(
            f'{name} "{url}" has characters that an address cannot hold; copy it from a browser, '
            "where a space is %20 and é is %C3%A9"
        )
