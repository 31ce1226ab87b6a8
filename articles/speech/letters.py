"""Words said letter by letter, in any language."""

import re

from articles.speech.en.letters import spell as _spell_english
from articles.speech.fr.letters import spelt as _spell_french
from articles.speech.numbers import cardinal

_PIECES = re.compile(r"[^\W\d_]+|\d+")
_ENDING = re.compile(r"(?<=\w)’s$")


def letters(word: str, locale: str) -> str:
    """`AMP` said as three letters, `G20` as a letter and a number; what is neither letter nor digit is not said.

    A possessive ’s stays one.
    """
    ending = "’s" if _ENDING.search(word) else ""
    plain = "".join(char if char.isalpha() or char.isdecimal() else " " for char in word.removesuffix(ending))
    pieces = _PIECES.findall(plain)
    said = [_piece(piece, locale, ending if place == len(pieces) else "") for place, piece in enumerate(pieces, 1)]
    return " ".join(said)


def _piece(piece: str, locale: str, ending: str) -> str:
    if piece.isdigit():
        return cardinal(int(piece), locale) + ending
    if locale.split("-")[0] == "en":
        return _spell_english(piece, ending)
    return _spell_french(piece) + ending if locale.split("-")[0] == "fr" else " ".join(piece.upper()) + ending
