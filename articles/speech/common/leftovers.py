"""The end of every chain: nothing is left for an engine to guess."""

import re
import unicodedata

from articles.speech.line import Rule
from articles.speech.numbers import cardinal, digits

_LONGEST_NUMBER = 15  # beyond this nobody takes in a number: its digits are read one by one
_SPEAKABLE = r"\w\s.,;:!?…“”’()–—\-\[\]"


def _number(match: re.Match[str], locale: str) -> str:
    figures = match[0]
    if len(figures) > _LONGEST_NUMBER or (len(figures) > 1 and figures[0] == "0"):
        return f" {digits(figures, locale)} "
    return f" {cardinal(int(figures), locale)} "


def _numeral(match: re.Match[str], _: str) -> str | None:
    """A superscript, a fraction or another script's digit in plain digits; a letter stays."""
    if unicodedata.category(match[0])[0] != "N":
        return None
    return f" {''.join(char if char.isascii() else ' ' for char in unicodedata.normalize('NFKC', _ascii(match[0])))} "


def _ascii(numeral: str) -> str:
    return str(unicodedata.decimal(numeral)) if numeral.isdecimal() else numeral


RULES = (
    Rule("other numerals", re.compile(r"[^\x00-\x7f\W]"), _numeral),
    Rule("remaining numbers", re.compile(r"[0-9]+"), _number),
    Rule("remaining marks", re.compile(rf"[^{_SPEAKABLE}]+|_+"), lambda *_: " "),
    Rule("runs of marks", re.compile(r"([,;:])(?:\s*[,;:])+"), lambda match, _: match[1]),
    Rule("one space", re.compile(r"\s{2,}"), lambda *_: " "),
    Rule("no space before a comma", re.compile(r"\s(?=[,.…](?:\s|$))"), lambda *_: ""),
    Rule("nothing to pause from", re.compile(r"^[\s,;:)–—-]+|\s+$"), lambda *_: ""),
)
