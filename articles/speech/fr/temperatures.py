"""Temperatures, angles and positions on the map."""

import re

from articles.speech.fr.counting import START, is_plural, number, quantities, quantity
from articles.speech.fr.nouns import Noun, counted
from articles.speech.line import Rule

_DEGREE = "[°º˚]"
_SCALES = {"C": " Celsius", "F": " Fahrenheit", "": ""}
_COMPASS = {"N": "nord", "S": "sud", "E": "esst", "O": "ouest", "W": "ouest"}
_PARTS = (
    ("d", Noun("degré", "degrés")),
    ("m", Noun("minute", "minutes", feminine=True)),
    ("s", Noun("seconde", "secondes", feminine=True)),
)


def _degrees(match: re.Match[str], locale: str) -> str:
    noun = Noun("degré", "degrés")
    scale = {"℃": "C", "℉": "F"}.get(match["sign"], match["scale"] or "")
    return counted(quantity(match, locale), noun, plural=is_plural(match["high"])) + _SCALES[scale]


def _kelvins(match: re.Match[str], locale: str) -> str:
    return counted(quantity(match, locale), Noun("kelvin", "kelvins"), plural=is_plural(match["high"]))


def _position(match: re.Match[str], locale: str) -> str:
    """`48° 51′ 24″ N` is `quarante-huit degrés cinquante et une minutes vingt-quatre secondes nord`."""
    said = [
        counted(number(match[name], locale, feminine=noun.feminine), noun, plural=is_plural(match[name]))
        for name, noun in _PARTS
        if match[name]
    ]
    return " ".join([*said, *([_COMPASS[match["side"]]] if match["side"] else [])])


POSITIONS = (
    Rule(
        "positions",
        re.compile(
            rf"{START}(?P<d>\d{{1,3}}(?:[.,]\d{{1,8}})?) ?{_DEGREE} ?"
            r"(?:(?P<m>[0-5]?\d(?:[.,]\d{1,6})?) ?[′’] ?(?:(?P<s>[0-5]?\d(?:[.,]\d{1,4})?) ?(?:″|’’|\"|”) ?)?)?"
            r"(?P<side>[NSEOW](?!\w|[.’]\w))?(?<![°º˚ ])"
        ),
        _position,
    ),
)
RULES = (
    Rule(
        "degrees",
        re.compile(quantities(rf"{_DEGREE} ?C?|℃") + rf" ?(?P<sign>{_DEGREE}|℃|℉)(?: ?(?P<scale>[CF])(?![\w’]))?"),
        _degrees,
    ),
    Rule("kelvins", re.compile(quantities("K") + r" K(?![\w’]| ?[€$£])"), _kelvins),
)
