"""Characters that nobody sees, and that neither XML nor a terminal can be given; and letters with too many marks."""

import functools
import re
import unicodedata
from typing import Literal

# Control characters but tab and line ends, which count as spaces; the two non-characters that XML leaves out; line and
# paragraph separators, which are no line ends in Markdown; and the two overrides of direction, which make a line look
# like another one.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\u202d\u202e\ufffe\uffff]")
_HALVES = re.compile("[\ud800-\udfff]")


def visible_text(text: str) -> str:
    """`text` of the same length, a space in place of each control character, U+FFFD of each half of a pair."""
    return _HALVES.sub("\ufffd", _UNSEEN.sub(" ", text))


_MOST_MARKS = 30
"""Marks on one letter: more are set apart, or sorting them takes the square of their number (Unicode UAX #15, 13)."""


def composed(text: str, form: Literal["NFC", "NFD", "NFKC", "NFKD"] = "NFC") -> str:
    """`text` in a Unicode normal form, in a time that grows with its length."""
    if text.isascii():
        return text
    return unicodedata.normalize(form, _many_marks().sub("\\g<0>\u034f", text))


@functools.cache
def _many_marks() -> re.Pattern[str]:
    # A few marks count as none, and become two that do (U+0F73).
    chars = map(chr, range(0x300, 0x1F000))
    marks = "".join(char for char in chars if unicodedata.combining(unicodedata.normalize("NFD", char)[0]))
    return re.compile(f"[{marks}]{{{_MOST_MARKS}}}")
