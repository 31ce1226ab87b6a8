"""What published files are called, and how one of them names another."""

import hashlib
import posixpath
import re
from typing import Final
from urllib.parse import quote

OF_AN_ISSUE: Final = (
    "feed.*.xml",
    "episodes/*",
    "programme/*",
    "transcripts/*",
    "chapters/*",
    "assets/*",
    "cover.*.jpg",
    "issue.epub",
)
"""Files in an issue's folder that come and go, by patterns. Only this program gives such names there; whatever else a
producer put into the folder is not touched. Feeds come first: they go before what they name."""

OF_THE_EDITION: Final = ("assets/*",)
"""The same beside the issues' folders; the edition's feed is apart."""

_HASHED: Final = re.compile(r"\.[0-9a-f]{8,64}\.[a-z0-9]+$")
_HASH_DIGITS: Final = 10
_NAMED: Final = re.compile(rf"\.([0-9a-f]{{{_HASH_DIGITS}}})\.[a-z0-9]+$")


def hashed_name(stem: str, data: bytes, suffix: str) -> str:
    """A name that holds the content's hash: another content has another name, so copies may be kept for ever."""
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:_HASH_DIGITS]}{suffix}"


def is_hashed(path: str) -> bool:
    """Whether the file's name holds its content's hash, so that another content would have another name."""
    return bool(_HASHED.search(path))


def named_digits(path: str) -> str:
    """The first hex digits of its content's sha256 that a file's name gives; "" where it is not named as ours are."""
    named = _NAMED.search(path)
    return named[1] if named else ""


def relative_address(file: str, page: str) -> str:
    """The address of one file in `public/` from another, percent-encoded."""
    return quote(posixpath.relpath(file, posixpath.dirname(page) or "."), safe="/")
