"""What published files are called, and how one of them names another."""

import hashlib
import posixpath
import re
from typing import Final
from urllib.parse import quote

_HASHED: Final = re.compile(r"\.[0-9a-f]{8,64}\.[a-z0-9]+$")
_HASH_DIGITS: Final = 10


def hashed_name(stem: str, data: bytes, suffix: str) -> str:
    """A name that holds the content's hash: another content has another name, so copies may be kept for ever."""
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:_HASH_DIGITS]}{suffix}"


def is_hashed(path: str) -> bool:
    """Whether the file's name holds its content's hash, so that another content would have another name."""
    return bool(_HASHED.search(path))


def relative_address(file: str, page: str) -> str:
    """The address of one file in `public/` from another, percent-encoded."""
    return quote(posixpath.relpath(file, posixpath.dirname(page) or "."), safe="/")
