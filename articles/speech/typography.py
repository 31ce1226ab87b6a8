"""Marks that are for the eye: what they become, or leave, when the text is spoken."""

import re
import unicodedata
from collections.abc import Callable

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a-\u202e]")
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_QUOTES = str.maketrans({"«": "“", "»": "”", "„": "“", "‹": "“", "›": "”", "‘": "’", "ʼ": "’"})
_INSIDE_QUOTES = re.compile(r"(?<=“)\s+|\s+(?=[”,.])")


def remove_invisible(text: str) -> str:
    """`text` without soft hyphens, zero-width characters and direction marks; ligatures such as ﬁ spelt out."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_LIGATURES)


def one_kind_of_space(text: str) -> str:
    """`text` with every run of white space, non-breaking and narrow spaces among them, as one plain space."""
    return _SPACES.sub(" ", text)


def one_kind_of_quote(text: str) -> str:
    """`text` with guillemets and low quotes as “…”, closed up; engines pause at these or pass them over."""
    return _INSIDE_QUOTES.sub("", text.translate(_QUOTES))


_LIGATURES = str.maketrans({chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)})

TYPOGRAPHY: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("invisible characters", remove_invisible),
    ("one kind of space", one_kind_of_space),
    ("one kind of quote", one_kind_of_quote),
)
