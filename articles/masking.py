"""Text without secrets: what may stand in a message, whichever library wrote it.

Every error that a user reads goes through here, and so does the traceback of one that nobody foresaw.
"""

import functools
import os
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

MASK: Final = "***"

_NAMED = re.compile(r"PASSW|SECRET|TOKEN(?:$|_)|CREDENTIAL|(?:API|ACCESS|PRIVATE)_?KEY|_AUTH$", re.IGNORECASE)
"""Environment variables that hold a secret, by their names: AWS_SECRET_ACCESS_KEY, VIVAVOCE_SFTP_PASSWORD."""

_NO_SECRET = re.compile(r"(?:FILE|PATH|DIR|FOLDER|EXPIRATION|URL|URI)$", re.IGNORECASE)
_SHORTEST = 6  # characters; to mask what is shorter would make holes in every sentence

_NAMES_ARE_SHOWN: Final = frozenset({"sftp", "ssh"})
"""Kinds of addresses whose user name is no secret and helps; elsewhere it may be a token."""

_LONGEST_WORD: Final = 2000
_TOO_LONG = re.compile(rf"(?<!\S)\S{{{_LONGEST_WORD + 1},}}")
"""No address is so long that anybody would read it."""

# Whatever each of these finds the beginning of, it takes in one go, to the end of what it could be: to begin once more
# at the next character would take the square of a word's length, and messages may have as many words as an article.
_IN_ADDRESS = re.compile(r"(?<![a-z0-9+.-])([a-z0-9+.-]++)://([^\s/?#]*)@", re.IGNORECASE)
# A password may hold what an address may not, such as a slash: then all up to the last @ goes.
_IN_BROKEN_ADDRESS = re.compile(r"://[^\s/@:]*+:(?!\d{1,5}(?:[\s/?#\"'”’),;:]|$))(?:(\S*)@|\S++)")
_WITHOUT_SCHEME = re.compile(
    r"(?<![\w.+-])(?!mailto:|acct:)[\w.+-]++:(?!//|\d{1,5}/)[^\s:@]++@(?=[\w.\[-])", re.IGNORECASE
)
_QUERY = re.compile(r"(://[^\s?#\"”<>]*+)([?#][^\s\"”<>]++)?")
_PART_OF_QUERY = re.compile(r"[?#&;][^&;#]*+")
_HEADER = re.compile(r"\b(authorization\W{1,4}|bearer |basic )(?:(?:bearer|basic) )?[\w.~+/=-]{8,}", re.IGNORECASE)


def masked(text: str) -> str:
    """`text` with `***` for what stands before the @ of an address and for the values after its ? or #, for those of
    environment variables that are named like secrets, and for passwords in other variables' addresses.
    """
    for secret in sorted(_in_environment(), key=len, reverse=True):
        text = text.replace(secret, MASK)
    text = _TOO_LONG.sub(_cut, text)
    text = _IN_ADDRESS.sub(_without_user, text)
    text = _IN_BROKEN_ADDRESS.sub(lambda found: found[0] if found[1] is None else f"://{MASK}@", text)
    text = _WITHOUT_SCHEME.sub(f"{MASK}@", text)
    text = _QUERY.sub(_without_values, text)
    return _HEADER.sub(rf"\1{MASK}", text)


def _cut(found: re.Match[str]) -> str:
    """The beginning of a word that is too long; nothing of one that may hold a secret whose end is not looked at."""
    may_be_secret = any(sign in found[0] for sign in "@?#")
    return MASK if may_be_secret else f"{found[0][:_LONGEST_WORD]}…"


def _without_user(found: re.Match[str]) -> str:
    scheme, user = found[1], found[2]
    shown = user if scheme.lower() in _NAMES_ARE_SHOWN and ":" not in user else MASK
    return f"{scheme}://{shown}@"


def _without_values(found: re.Match[str]) -> str:
    return found[1] + _PART_OF_QUERY.sub(_without_value, found[2] or "")


def _without_value(found: re.Match[str]) -> str:
    """A part of a query without what follows its `=`; where there is none, without what follows its `?`."""
    name, mark, value = found[0].partition("=" if "=" in found[0] else "?")
    return f"{name}{mark}{MASK}" if len(value) >= _SHORTEST else found[0]


def _in_environment() -> Iterator[str]:
    for name, value in os.environ.items():
        for secret in (value,) if _names_a_secret(name) else _in_addresses(value) if "://" in value else ():
            yield from (each for each in {secret, unquote(secret)} if len(each) >= _SHORTEST)


@functools.cache
def _names_a_secret(name: str) -> bool:
    return bool(_NAMED.search(name)) and not _NO_SECRET.search(name)


def _in_addresses(value: str) -> Iterator[str]:
    """Passwords, and names that stand alone and so may be tokens."""
    for found in _IN_ADDRESS.finditer(value):
        name, _, password = found[2].partition(":")
        if password or found[1].lower() not in _NAMES_ARE_SHOWN:
            yield password or name
    yield from (found[1] for found in _IN_BROKEN_ADDRESS.finditer(value) if found[1])
