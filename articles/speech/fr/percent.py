"""Percent and per mille, points of percentage."""

import re

from articles.speech.fr.counting import is_plural, quantities, quantity
from articles.speech.line import Rule

_WORDS = {"%": "pour cent", "‰": "pour mille", "pts": "point", "pt": "point", "pp": "point", "pb": "point de base"}


def _share(match: re.Match[str], locale: str) -> str:
    words = _WORDS[match["sign"]]
    if match["sign"] not in "%‰" and is_plural(match["high"]):
        words = words.replace("point", "points")
    return f"{quantity(match, locale)} {words}"


RULES = (
    Rule(
        "percent",
        re.compile(quantities("%") + r" ?(?P<sign>[%‰])"),
        _share,
    ),
    Rule("points", re.compile(quantities() + r" (?P<sign>pts|pt|pp|pb)(?!\w)\.?"), _share),
    Rule("percent alone", re.compile(r" ?([%‰])"), lambda match, _: f" {_WORDS[match[1]]}"),
)
