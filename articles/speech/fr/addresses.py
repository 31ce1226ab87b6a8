"""Postcodes and house numbers; the rest of an address is words."""

import re

from articles.speech.fr.counting import START, cardinal, whole_number
from articles.speech.line import Rule

_CAPITAL = "A-ZÀ-ÖØ-Þ"


def _postcode(match: re.Match[str], locale: str) -> str:
    """`13001` is `treize mille un`, `06000` is `zéro six mille`."""
    figures = match["code"].replace(" ", "")
    if figures[0] != "0" or len(figures) < 5:
        return whole_number(figures, locale)
    rest = int(figures[2:])
    return f"zéro {cardinal(int(figures[:2]), locale)} mille" + (f" {cardinal(rest, locale)}" if rest else "")


def _two_houses(match: re.Match[str], locale: str) -> str:
    return " ".join(cardinal(int(match[name]), locale) for name in ("low", "high"))


def _house(match: re.Match[str], locale: str) -> str:
    return f"{cardinal(int(match['house']), locale)} {match['letter']}"


def _corsica(match: re.Match[str], locale: str) -> str:
    return " ".join(
        ["deux", match["letter"].upper(), *([whole_number(match["rest"], locale)] if match["rest"] else [])]
    )


_STREET = (
    r"(?:rue|avenue|boulevard|place|quai|route|chemin|impasse|allée|cours|passage|square|faubourg|cité|"
    r"esplanade|promenade|montée|ruelle|sentier|villa|rond-point)"
)

RULES = (
    Rule(
        "postcodes with a country",
        re.compile(rf"(?<!\w)(?:F|FR|CH|B|BE|L|D)-(?P<code>\d{{4,5}})(?= [{_CAPITAL}])"),
        _postcode,
    ),
    Rule(
        "postcodes",
        re.compile(rf"(?=[0-9])(?<![\w.,-])(?P<code>\d{{5}}|\d\d \d{{3}})(?= [{_CAPITAL}][\w’-]{{2}})"),
        _postcode,
    ),
    Rule("house numbers", re.compile(rf"{START}(?P<house>\d{{1,4}}) ?(?P<letter>bis|ter|quater)(?!\w)"), _house),
    Rule(
        "two houses",
        re.compile(rf"{START}(?P<low>\d{{1,4}}) ?[-–/] ?(?P<high>\d{{1,4}})(?=,? {_STREET}\b)"),
        _two_houses,
    ),
    Rule("Corsica", re.compile(r"(?<![\w.])2(?P<letter>[ABab])(?P<rest>\d{3})?(?![\w])"), _corsica),
)
