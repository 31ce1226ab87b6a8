"""Whole numbers and decimals, alone or before a noun; runs before this have taken those with a unit or a meaning."""

import re

from articles.speech.fr.counting import NUMBER, START, number, quantity, whole_number
from articles.speech.fr.nouns import counts_feminine
from articles.speech.line import Rule

_YEARLIKE = re.compile(r"1[1-9]\d\d|20\d\d")
_BEFORE_A_YEAR = re.compile(
    r"\b(?:en|depuis|avant|après|vers|dès|jusqu’en|années?|mois|siècle|début|fin|mi|ans?|printemps|été|automne|hiver"
    r"|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|de|trimestre|semestre|à|entre"
    r"|pages?|numéros?|article|chapitre|chambre) $",
    re.IGNORECASE,
)


def _counted(match: re.Match[str], locale: str) -> str:
    """A number in the gender of its noun; a year or a page without the s that would make a liaison."""
    before = match.string[max(0, match.start() - 12) : match.start()]
    after = match.string[match.end() : match.end() + 6]
    rank = _BEFORE_A_YEAR.search(before) is not None and (
        _YEARLIKE.fullmatch(match[0]) is not None or not before.endswith(("de ", "en ", "à ", "entre "))
    )
    if after.startswith(" mille") and not after[6:7].isalpha():
        rank = True
    feminine = match[0].endswith("1") and counts_feminine(match)
    return number(match[0], locale, feminine=feminine, rank=rank)


def _from_to(match: re.Match[str], locale: str) -> str:
    return quantity(match, locale, feminine=match[0].endswith("1") and counts_feminine(match))


def _code(match: re.Match[str], locale: str) -> str:
    """A version or an address: `2.1.3` is `deux point un point trois`."""
    return " point ".join(whole_number(part, locale) for part in match[0].split("."))


def _groups(match: re.Match[str], locale: str) -> str:
    """Three numbers or more with hyphens: `4-3-3`."""
    return " ".join(whole_number(part, locale) for part in re.split("[-–]", match[0]))


CODES = (
    Rule(
        "a famous article",
        re.compile(r"(?=[0-9])(?<![\w.,/-])49[.,-]3(?![\w%€°]|[.,-]\d| ?[%€°])"),
        lambda *_: "quarante-neuf trois",
    ),
    Rule(
        "codes with points",
        re.compile(r"(?<![\w.,])(?!\d{1,3}(?:\.\d{3}){2,4}(?!\.?\d))\d{1,4}(?:\.\d{1,4}){2,7}(?![\w.]*\d)"),
        _code,
    ),
    Rule("codes with hyphens", re.compile(r"(?=[0-9])(?<![\w.,-])\d{1,15}(?:[-–]\d{1,15}){2,9}(?![\w-])"), _groups),
)
RANGES = (
    Rule("from one number to another", re.compile(rf"{START}(?P<low>{NUMBER}) ?[-–—] ?(?P<high>{NUMBER})"), _from_to),
)
RULES = (Rule("numbers", re.compile(START + NUMBER), _counted),)
