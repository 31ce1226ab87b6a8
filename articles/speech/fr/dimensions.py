"""Dimensions and multiplication: 10 × 15 cm, 3 m x 4 m, 4x4, ×2, 4 × 100 m."""

import re

from articles.speech.fr.counting import NUMBER, START, is_plural, number
from articles.speech.fr.nouns import counted
from articles.speech.fr.units import UNITS
from articles.speech.line import Rule

_BY = r" ?[×xX*✕✖] ?"
_LENGTH = r"(?P<{0}>mm|cm|dm|m|km|px|pixels|po)"
_SIZE = rf"{START}(?P<a>{NUMBER})(?: ?{_LENGTH.format('ua')})?{_BY}(?P<b>{NUMBER})(?: ?{_LENGTH.format('ub')})?"


def _one(figures: str, unit: str | None, locale: str) -> str:
    what = UNITS.get(unit or "")
    words = number(figures, locale)
    return counted(words, what, plural=is_plural(figures)) if what else words


def _size(match: re.Match[str], locale: str) -> str | None:
    """Sizes are `sur`, when a unit stands behind; figures without a unit are multiplied."""
    sizes = [(match["a"], match["ua"]), (match["b"], match["ub"]), (match["c"], match["uc"])]
    said = [_one(figures, unit, locale) for figures, unit in sizes if figures]
    tight = " " not in match[0]
    if not any(unit for _, unit in sizes):
        return " sur ".join(said) if tight else " fois ".join(said)
    return " sur ".join(said)


def _relay(match: re.Match[str], locale: str) -> str:
    return f"{number(match['a'], locale)} fois {number(match['b'], locale)} mètres"


def _times(match: re.Match[str], locale: str) -> str:
    return f"fois {number(match['a'], locale)}"


RULES = (
    Rule(
        "all-wheel drive",
        re.compile(r"(?<![\w.,])4 ?[x×] ?4(?![\w.,]?\d|\w)(?! ?(?:c?m|=))"),
        lambda *_: "quatre-quatre",
    ),
    Rule("relays", re.compile(rf"{START}(?P<a>4){_BY}(?P<b>100|200|400|800|1 ?500) ?(?:m|mètres)(?!\w)"), _relay),
    Rule(
        "sizes",
        re.compile(rf"{_SIZE}(?:{_BY}(?P<c>{NUMBER})(?: ?{_LENGTH.format('uc')})?)?(?![\w²³])"),
        _size,
    ),
    Rule("multiplied by", re.compile(rf"(?<!\w)[x×](?P<a>{NUMBER})(?!\w)"), _times),
    Rule(
        "so many times",
        re.compile(rf"{START}(?P<a>{NUMBER})(?: ?×|x)(?!\w)"),
        lambda match, locale: f"{number(match['a'], locale)} fois",
    ),
)
