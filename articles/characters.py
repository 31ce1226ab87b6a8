"""Characters that nobody sees, and that neither XML nor a terminal can be given."""

import re

# Control characters but tab and line ends, which count as spaces; the two non-characters that XML leaves out; line and
# paragraph separators, which are no line ends in Markdown; and the two overrides of direction, which make a line look
# like another one.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\u202d\u202e\ufffe\uffff]")
_HALVES = re.compile("[\ud800-\udfff]")


def visible_text(text: str) -> str:
    """`text` of the same length, a space in place of each control character, U+FFFD of each half of a pair."""
    return _HALVES.sub("\ufffd", _UNSEEN.sub(" ", text))
