"""Ordinals, decimals, signed and plain numbers; figures and letters that touch."""

import re

from articles.speech.en.letters import spell
from articles.speech.en.say import FIGURE, GROUPED, apart, ordinal, plural, signed, singly, spoken, whole
from articles.speech.line import Rule

_LONGEST = 20  # characters; a longer number is read digit by digit


def _ordinal(match: re.Match[str], locale: str) -> str:
    if len(match[1]) > _LONGEST:
        return f"{singly(match[1])}th"
    return ordinal(int(re.sub(r"\D", "", match[1])), locale) + ("s" if match[2] else "")


def _by_hundreds(match: re.Match[str], locale: str) -> str | None:
    """Three figures of a type or a room: `737` seven three seven, `508` five oh eight."""
    head, tail = match[1][0], match[1][1:]
    if tail == "00":
        return None
    if match[1] in ("737", "747", "757", "767", "777", "787", "707", "911"):
        return singly(match[1]) if match[1] != "911" else "nine eleven"
    said = whole(int(tail), locale)
    return f"{whole(int(head), locale)} {'oh ' if tail[0] == '0' else ''}{said}"


def _code(match: re.Match[str], locale: str) -> str:
    """`A4`, `M25`, `G7`, `B2B`, `12A`: letters by name, the figures between them as numbers."""
    pieces = re.findall(r"[A-Z]+|[0-9]+", match[0])
    said = []
    for piece in pieces:
        if piece.isdecimal():
            said.append(_figures_of_a_code(piece, locale))
        else:
            said.append(spell(piece))
    return " ".join(said)


def _figures_of_a_code(figures: str, locale: str) -> str:
    if len(figures) == 3 and figures[1:] != "00" and figures[0] != "0":
        tail = whole(int(figures[1:]), locale)
        return f"{whole(int(figures[0]), locale)} {'oh ' if figures[1] == '0' else ''}{tail}"
    if len(figures) > 4 or figures[0] == "0":
        return singly(figures, "oh")
    return whole(int(figures), locale)


def _plural(match: re.Match[str], locale: str) -> str:
    return apart(match, plural(spoken(match[1], locale)))


def _number(match: re.Match[str], locale: str) -> str:
    return apart(match, spoken(match[0], locale))


RULES = (
    Rule("ordinals", re.compile(rf"(?<![\w.,])({GROUPED})(?:st|nd|rd|th|ᵗʰ|ˢᵗ|ⁿᵈ|ʳᵈ)(s)?(?!\w)"), _ordinal),
    Rule(
        "types by three figures",
        re.compile(r"(?<=\bBoeing )([1-9][0-9]{2})(?![\w%]|[.,]\d)"),
        _by_hundreds,
    ),
    Rule(
        "codes",
        re.compile(
            r"(?<![\w.,])(?:[A-Z]{1,4}-?[0-9]{1,6}(?:[A-Z]{1,2}(?![a-z]))?|[0-9]{1,4}[A-Z]{1,2}|[A-Z][0-9][A-Z](?:[0-9][A-Z]?)?)(?!\w|[.,]\d)"
        ),
        _code,
    ),
    Rule(
        "numbers in the plural",
        re.compile(r"(?<![\w.,])([0-9]{1,4})(?:s|’s(?= (?:and|or|in|of|are|were)\b))(?!\w)"),
        _plural,
    ),
    Rule(
        "signed numbers",
        re.compile(rf"(?<![\w.,)’”/+−–-])([+±−–-])({FIGURE})"),
        lambda m, locale: apart(m, signed(m[1], m[2], locale)),
    ),
    Rule("plus at the end", re.compile(r"(?<=\d)\+(?=[ ,.;:!?)”]|$)"), lambda *_: " plus"),
    Rule("numbers in a row", re.compile(r"(?<=\d),(?=\d{1,2}(?!\d)|\d{4})"), lambda *_: ", "),
    Rule("numbers", re.compile(FIGURE), _number),
)
