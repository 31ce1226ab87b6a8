"""Text without what only a machine sees: control and layout characters, ligatures, runs of spaces."""

import re
import unicodedata

from articles.characters import composed

_LINE_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
# Soft hyphens and zero-width spaces are a typesetter's; bidirectional embeddings and overrides can make a line look
# like another one than it is. Joiners and the marks U+200E and U+200F stay: scripts need them.
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\xad\u180e\u200b\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_SPACES = re.compile(r"[ \u00a0\u2007\u202f]{2,}")
_TWICE = re.compile(r"(.)\1+")

_RIGHT_TO_LEFT = {"R", "AL"}


def clean(text: str, *, strip: bool = True) -> str:
    """`text` in NFC, on one line, single-spaced; no-break spaces stay, since they hold numbers and French marks."""
    text = without_halves(text).translate(_LIGATURES)
    text = _INVISIBLE.sub("", _LINE_BREAKS.sub(" ", text))
    text = _SPACES.sub(_one_space, composed(text))
    return text.strip() if strip else text


def without_halves(text: str) -> str:
    """`text` with a replacement character for each half of a surrogate pair, which JSON may hold and no file can."""
    return _SURROGATES.sub("\ufffd", text)


def _one_space(run: re.Match[str]) -> str:
    """A plain space beside a no-break one means that neither was meant to hold anything together."""
    return " " if " " in run[0] else _TWICE.sub(r"\1", run[0])


def key_of(text: str) -> str:
    """Only the letters and digits of `text`, to compare passages however they were spaced and punctuated."""
    return re.sub(r"[\W_]+", "", text).casefold()


def is_right_to_left(text: str) -> bool:
    """True if most letters of `text` are written from right to left, as Arabic and Hebrew are."""
    letters = [unicodedata.bidirectional(char) for char in text if char.isalpha()]
    return sum(kind in _RIGHT_TO_LEFT for kind in letters) > len(letters) / 2


def shortened(text: str, length: int = 60) -> str:
    """`text`, or its beginning and an ellipsis."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
