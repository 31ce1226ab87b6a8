"""Words kept apart, and the text tidied between the rules for figures and those for letters.

The rules for letters come after this, so that they see what a second reading of the result would see: that is why
applying all rules twice equals once.
"""

import re
import unicodedata

from articles.speech.fr.counting import whole_number
from articles.speech.line import Rule

_KEPT = "¹²³⁰⁴⁵⁶⁷⁸⁹⁻½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
_SPEAKABLE = r"\w\s.,;:!?…“”’()–—\-\[\]"
_LONGEST = 15


def apart(rule: Rule) -> Rule:
    """The rule with a space where its words would touch a letter or a figure, and the stop that ends the text kept."""

    def say(match: re.Match[str], locale: str) -> str | None:
        said = rule.say(match, locale)
        if not said or said == match[0]:
            return said
        start, end, text = match.start(), match.end(), match.string
        before = " " if start and said[0].isalnum() and text[start - 1].isalnum() else ""
        behind = " " if end < len(text) and said[-1].isalnum() and text[end].isalnum() else ""
        ends = match[0][-1:] == "." and end == len(text) and said[-1].isalnum()
        return before + said + ("." if ends else behind)

    return Rule(rule.name, rule.pattern, say)


def _plain_numeral(match: re.Match[str], _: str) -> str | None:
    """`Ⅳ`, `①`, another script's digit, in plain characters; raised figures and fractions keep their meaning."""
    char = match[0]
    if unicodedata.category(char)[0] != "N" or char in _KEPT:
        return None
    plain = str(unicodedata.decimal(char)) if char.isdecimal() else unicodedata.normalize("NFKC", char)
    return "".join(mark if mark.isascii() else " " for mark in plain)


def _leftover(match: re.Match[str], locale: str) -> str:
    figures = unicodedata.normalize("NFKC", match[0])
    if not figures.isascii() or not figures.isdecimal():
        return " "
    if len(figures) > _LONGEST:
        return " ".join(whole_number(figure, locale) for figure in figures)
    return whole_number(figures, locale)


NUMERALS = (Rule("numerals of other scripts", re.compile(r"[^\x00-\u024f\W]"), _plain_numeral),)
TIDY = (
    apart(Rule("figures left", re.compile(r"[0-9]+|[⁰¹²³⁴-⁹½¼¾⅐-⅞↉]"), _leftover)),
    Rule("marks left", re.compile(rf"[^{_SPEAKABLE}]+|_+"), lambda *_: " "),
    Rule("several spaces", re.compile(r"\s{2,}"), lambda *_: " "),
    Rule("spaces left", re.compile(r"(?<=[“(\[])\s|\s(?=[”)\]]|[,.…](?:\s|$))"), lambda *_: ""),
    Rule("what opens the text", re.compile(r"^[\s,;:)–—-]+"), lambda *_: ""),
)
SENTENCES = (
    Rule(
        "sentences run together",
        re.compile(r"(?<=[^\W\d_])([.!?…])(?=[^\W\d_]{2})"),
        lambda match, _: match[1] + " ",
    ),
)
