"""Telephone numbers: by pairs in France, by their own groups elsewhere; `+` and the country first."""

import re

from articles.speech.fr.counting import pairs, whole_number
from articles.speech.line import Rule

_FREE = r"(?=[0-9])(?<![\w.,/+-])"
_STOP = r"(?![\w/]|[.,-]?\d)"
_GAP = r"[ .-]?"


def _by_pairs(match: re.Match[str], locale: str) -> str:
    return pairs(re.sub(r"\D", "", match[0]), locale)


def _by_groups(match: re.Match[str], locale: str) -> str:
    groups = re.findall(r"\d+", match[0])
    return ", ".join(whole_number(group, locale) for group in groups)


def _abroad(match: re.Match[str], locale: str) -> str:
    """`+33 (0)4 91 …`: the nought in brackets is not dialled from abroad and not said."""
    country = ("pluss " if match["plus"] == "+" else "zéro zéro ") + whole_number(match["country"], locale)
    groups = re.findall(r"\d+", match["rest"])
    if len(groups) == 1 and len(groups[0]) > 4:
        return f"{country}, {pairs(groups[0], locale)}"
    return ", ".join([country, *(whole_number(group, locale) for group in groups)])


def _short(match: re.Match[str], locale: str) -> str:
    """`3615`, `39 39`: two pairs, behind a word that says it is a telephone number."""
    return " ".join(whole_number(pair, locale) for pair in (match[1], match[2]))


RULES = (
    Rule(
        "telephone abroad",
        re.compile(
            r"(?<![\w.,/+-])(?P<plus>\+|00)"
            r"(?P<country>3[0-469]|35\d|4[0-9]|1|7|2[07]|2[1-69]\d|5[1-8]|6[0-6]|8[1246]|9[0-58])"
            rf"{_GAP}(?:\(0\){_GAP})?(?P<rest>\d{{1,4}}(?:{_GAP}\d{{2,4}}){{1,5}}|\d{{8,11}}){_STOP}"
        ),
        _abroad,
    ),
    Rule("telephone", re.compile(rf"{_FREE}0[1-9](?P<gap>{_GAP})\d\d(?:(?P=gap)\d\d){{3}}{_STOP}"), _by_pairs),
    Rule("free telephone", re.compile(rf"{_FREE}0[ .]?8\d\d(?:{_GAP}\d{{3}}){{2}}{_STOP}"), _by_groups),
    Rule(
        "telephone in other groups",
        re.compile(rf"{_FREE}0\d{{1,3}}[ ./]\d{{2,3}}(?:[ .]\d\d){{2}}{_STOP}"),
        _by_groups,
    ),
    Rule(
        "short telephone",
        re.compile(
            r"(?=3)(?:(?<=\ble )|(?<=\bau )|(?<=\bLe )|(?<=: ))(3[0-9]) ?(\d\d)"
            r"(?![\w/]|[.,-]?\d| ?[%€°]| (?:km|m|ans)\b)"
        ),
        _short,
    ),
)
