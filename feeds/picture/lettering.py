"""How much room words need, for a face that is not known: the reader's own machine sets them."""

import unicodedata
from typing import Final

ELLIPSIS: Final = "…"

# The widths of DejaVu Sans, the widest face that a reader is likely to have: in any other there is room left.
_NARROW, _SLIM, _USUAL, _BROAD, _BROADEST, _WIDE = 0.32, 0.42, 0.61, 0.71, 0.95, 1.4
_BY_LETTER: Final = (
    ("iIjl.,:;'|!’‘· \u00a0\u202f\u2009", _NARROW),
    ('frtJ()[]-–"“”/\\', _SLIM),
    ("mMwWœŒ@%—…æÆ+=±≈−", _BROADEST),
)
_BOLD: Final = 1.12


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """The width that `words` need at `size`; rather too much than too little."""
    return sum(map(_ems, words)) * size * (_BOLD if bold else 1)


def fitted(words: str, room: float, size: float, *, bold: bool = False) -> str:
    """`words`, cut with an ellipsis where they would be wider than `room`; "" where not one letter fits."""
    if width_of(words, size, bold=bold) <= room:
        return words
    kept = ""
    for cluster in _clusters(words):
        if width_of(kept + cluster + ELLIPSIS, size, bold=bold) > room:
            break
        kept += cluster
    return kept.rstrip() + ELLIPSIS if kept.strip() else ""


def _ems(char: str) -> float:
    for letters, ems in _BY_LETTER:
        if char in letters:
            return ems
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(char) in "WF" or unicodedata.category(char) == "So":
        return _WIDE
    return _BROAD if char.isupper() else _USUAL


def _clusters(words: str) -> list[str]:
    """`words` in pieces that must not be cut: a letter with its accents, an emoji with what alters it."""
    pieces: list[str] = []
    joined = False
    for char in words:
        extends = not _ems(char) or "\U0001f3fb" <= char <= "\U0001f3ff"  # skin tones
        if pieces and (extends or joined):
            pieces[-1] += char
        else:
            pieces.append(char)
        joined = char == "\u200d"  # zero width joiner
    return pieces
