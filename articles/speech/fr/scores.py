"""Scores of games."""

import re

from articles.speech.fr.counting import cardinal
from articles.speech.line import Rule

_SET = r"(?:[0-7]|10)[-–](?:[0-7]|8|10)(?: ?\(\d{1,2}(?:[-–]\d{1,2})?\))?"


def _sets(match: re.Match[str], locale: str) -> str:
    """Sets of tennis: `6-4, 7-5` is `six quatre, sept cinq`."""
    games = re.finditer(r"(\d+)[-–](\d+)", re.sub(r"\([^)]*\)", "", match[0]))
    return ", ".join(" ".join(cardinal(int(points), locale) for points in game.groups()) for game in games)


def _score(match: re.Match[str], locale: str) -> str:
    return f"{cardinal(int(match[1]), locale)} à {cardinal(int(match[2]), locale)}"


RULES = (
    Rule("sets", re.compile(rf"(?<![\w.,-]){_SET}(?:(?:, ?| ; ?| et | ){_SET}){{1,4}}(?![\w-]|[.,]\d)"), _sets),
    Rule(
        "scores",
        re.compile(r"(?=[0-9])(?<![\w.,/-])(\d{1,3}) ?[-–] ?(\d{1,3})(?![\w/-]|[.,]\d| ?[%€$£°])(?= ?(?:[.,;!)]|$))"),
        _score,
    ),
)
