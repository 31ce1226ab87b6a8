"""Dates: 03/10/2026, 2026-10-03, 3.10.2026, le 1er mai, 3 oct. 2026, du 3 au 5, 10/2026; quarters and school years."""

import re

from articles.speech.fr.counting import cardinal, ordinal
from articles.speech.fr.times import clock
from articles.speech.line import Rule

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
_SHORT_MONTHS = {
    "janv": 1, "jan": 1, "févr": 2, "fév": 2, "fevr": 2, "avr": 4, "juil": 7, "juill": 7, "sept": 9, "oct": 10,
    "nov": 11, "déc": 12, "dec": 12,
}  # fmt: skip
_DAYS = {"lun": "lundi", "mar": "mardi", "mer": "mercredi", "jeu": "jeudi", "ven": "vendredi", "sam": "samedi",
         "dim": "dimanche"}  # fmt: skip
_MONTH = "|".join(MONTHS) + "|aout|fevrier|decembre"
_SHORT = "|".join(sorted(_SHORT_MONTHS, key=len, reverse=True))
_D = r"(?P<d>0?[1-9]|[12]\d|3[01])"
_M = r"(?P<m>0?[1-9]|1[0-2])"
_FREE = r"(?=[0-9])(?<![\w.,/:-])"
_STOP = r"(?![\w/:-]|[.,]\d)"
_WEEKDAY = r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"


def year(figures: str, locale: str) -> str:
    """A year in words; two figures are of this century up to 49, else of the last."""
    number = int(figures)
    if len(figures) == 2:
        number += 2000 if number < 50 else 1900
    return cardinal(number, locale, rank=True)


def day(figures: str, locale: str) -> str:
    """`1` is `premier`, all other days are cardinals."""
    return "premier" if int(figures) == 1 else cardinal(int(figures), locale)


def _date(match: re.Match[str], locale: str) -> str:
    words = [day(match["d"], locale), MONTHS[int(match["m"]) - 1], year(match["y"], locale)]
    time = match.groupdict().get("time")
    return " ".join(words) + (f", {clock(time, locale)}" if time else "")


def _day_and_month(match: re.Match[str], locale: str) -> str:
    return f"{day(match['d'], locale)} {MONTHS[int(match['m']) - 1]}"


def _days(match: re.Match[str], locale: str) -> str:
    """`1 mai` (as some write it) and `3-5 mai`."""
    low = f"{day(match['low'], locale)} à " if match["low"] else ""
    return low + day(match["d"], locale)


def _from_day(match: re.Match[str], locale: str) -> str:
    return day(match["d"], locale)


def _holiday(match: re.Match[str], locale: str) -> str:
    """`14-Juillet`, `8-Mai-1945`, `11-Septembre`."""
    words = [day(match["d"], locale), match["month"], *([year(match["y"], locale)] if match["y"] else [])]
    return " ".join(words)


def _two_days(match: re.Match[str], locale: str) -> str:
    """`14-18`, `39-45` and `les années 30-40` are said as they stand."""
    low, high = match["from"] or match["low"], match["to"] or match["high"]
    return f"{cardinal(int(low), locale, rank=True)} {cardinal(int(high), locale, rank=True)}"


def _part_of_year(match: re.Match[str], locale: str) -> str | None:
    letter = match["before"] or match["behind"]
    which = int(match["which"] or match["that"])
    if letter == "S" and which > 2:
        return None
    name = "semestre" if letter == "S" else "trimestre"
    return f"{ordinal(which, locale)} {name} {year(match['y'].lstrip('’'), locale)}"


def _two_years(match: re.Match[str], locale: str) -> str | None:
    """Two years: a season when one follows the other (`2024-2025`, `2024/25`), else from one to the other."""
    low, high = match["low"], match["high"]
    full = low[: 4 - len(high)] + high
    if int(full) <= int(low):
        return None
    first, second = year(low, locale), year(full, locale)
    if len(high) == 2:
        return f"{first} {cardinal(int(high), locale, rank=True)}"
    return f"{first} {second}" if int(full) == int(low) + 1 else f"{first} à {second}"


RULES = (
    Rule(
        "dates in figures",
        re.compile(rf"{_FREE}{_D}(?P<s>[/.-]){_M}(?P=s)(?P<y>(?:1[0-9]|20)\d\d|\d\d){_STOP}"),
        _date,
    ),
    Rule(
        "dates, year first",
        re.compile(
            rf"{_FREE}(?P<y>(?:1[0-9]|20)\d\d)(?P<s>[/.-]){_M}(?P=s){_D}"
            r"(?:[T ](?P<time>(?:[01]\d|2[0-3]):[0-5]\d)(?::[0-5]\d)?(?:Z|[+-]\d\d:?\d\d)?)?" + _STOP
        ),
        _date,
    ),
    Rule(
        "month and year in figures",
        re.compile(rf"{_FREE}(?P<m>0[1-9]|1[0-2])/(?P<y>(?:19|20)\d\d){_STOP}"),
        lambda match, locale: f"{MONTHS[int(match['m']) - 1]} {year(match['y'], locale)}",
    ),
    Rule(
        "day and month in figures",
        re.compile(
            rf"(?=[0-9])(?:(?<=\ble )|(?<=\bdu )|(?<=\bau )|(?<=di )|(?<=dimanche )|(?<=\bLe )){_D}/{_M}{_STOP}",
        ),
        _day_and_month,
    ),
    Rule(
        "short months",
        re.compile(
            rf"(?=[jfasondJFASOND])(?:(?:(?<=\d )|(?<=\der ))({_SHORT})\.?(?!\w)|\b({_SHORT})\.(?= ?\d{{4}}))",
            re.IGNORECASE,
        ),
        lambda match, _: MONTHS[_SHORT_MONTHS[(match[1] or match[2]).lower()] - 1],
    ),
    Rule(
        "short days",
        re.compile(rf"\b({'|'.join(_DAYS)})\.(?= ?\d{{1,2}} )", re.IGNORECASE),
        lambda match, _: _DAYS[match[1].lower()],
    ),
    Rule(
        "days that became names",
        re.compile(rf"{_FREE}{_D}(?:er)?-(?P<month>{_MONTH})(?:-(?P<y>\d{{4}}))?(?![\w-])", re.IGNORECASE),
        _holiday,
    ),
    Rule(
        "first of two days",
        re.compile(rf"(?=[01])(?:(?<=\bdu )|(?<=di ))(?P<d>0?1)(?= au (?:\w{{5,8}} )?\d{{1,2}} (?:{_MONTH})\b)"),
        _from_day,
    ),
    Rule(
        "days of a month",
        re.compile(
            rf"{_FREE}(?:(?P<low>0?[1-9]|[12]\d|3[01])(?:er)? ?[-–—] ?)?{_D}(?= (?:{_MONTH})(?!\w))", re.IGNORECASE
        ),
        _days,
    ),
    Rule(
        "wars by their years",
        re.compile(
            r"(?=[1-9])(?:(?<=nnées )(?P<from>[1-9]0)[-–/](?P<to>[1-9]0)|"
            r"(?:(?<=\bde )|(?<=\ben )|(?<=uerre )|(?<=\bla )|(?<=\bLa ))(?P<low>14|39)[-–](?P<high>18|45))(?![\w-])"
        ),
        _two_days,
    ),
    Rule(
        "quarters",
        re.compile(
            r"(?<![\w.,-])(?:(?P<before>[TQS])(?P<which>[1-4])|(?P<that>[1-4]) ?(?P<behind>[TS]))"
            r"[ -]?(?P<y>’?\d\d|(?:19|20)\d\d)(?![\w/:-]|[.,]\d)"
        ),
        _part_of_year,
    ),
    Rule(
        "two years",
        re.compile(
            r"(?<![\w.,/-])(?P<low>1\d{3}|20\d\d) ?[-–—/] ?(?P<high>1\d{3}|20\d\d|\d\d)(?![\w/-]|[.,]\d| ?[€%$])"
        ),
        _two_years,
    ),
)
