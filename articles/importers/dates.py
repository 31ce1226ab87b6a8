"""Dates as publications print them, in English and French; a day is never made up for a month."""

import datetime
import re
from dataclasses import dataclass

_MONTHS = {
    1: "january jan janvier janv",
    2: "february feb février fevrier févr fév",
    3: "march mar mars",
    4: "april apr avril avr",
    5: "may mai",
    6: "june jun juin",
    7: "july jul juillet juil",
    8: "august aug août aout",
    9: "september sept sep septembre",
    10: "october oct octobre",
    11: "november nov novembre",
    12: "december dec décembre decembre déc",
}
_NUMBER_OF = {name: number for number, names in _MONTHS.items() for name in names.split()}
_MONTH = "|".join(sorted(_NUMBER_OF, key=len, reverse=True))
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_LEAD = rf"(?:(?:published|posted|updated|issued|publié|paru|mis à jour)?\s*(?:on|le|:)?\s*)?(?:{_WEEKDAY},?\s+)?"
_TAIL = r"(?:,?\s*(?:at|à|–|-)?\s*\d{1,2}\s?[:h]\s?\d{2}(?:\s?[ap]m)?)?"
_DAY_FIRST = re.compile(rf"{_LEAD}(\d{{1,2}})(?:st|nd|rd|th|er)?\s+(?:of\s+)?({_MONTH})\.?,?\s+(\d{{4}}){_TAIL}", re.I)
_MONTH_FIRST = re.compile(rf"{_LEAD}({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TAIL}", re.I)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_NUMERIC = re.compile(rf"{_LEAD}(\d{{1,2}})[/.](\d{{1,2}})[/.](\d{{4}}){_TAIL}", re.I)
_PERIOD = re.compile(
    rf"(?:(?:{_MONTH}|spring|summer|autumn|winter|fall|printemps|été|automne|hiver)\.?"
    rf"(?:\s*[-–/&]\s*|\s+(?:and|et)\s+)?)+\s+(?:of\s+|de\s+)?\d{{4}}",
    re.I,
)

MAX_DATE_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that is a date: the day, or None with the reason why none is taken from it."""

    day: datetime.date | None
    why: str = ""


def date_line(line: str) -> DateLine | None:
    """What `line` says if it is nothing but a date, else None."""
    if len(line) > MAX_DATE_CHARACTERS:
        return None
    text = line.strip().strip("•|–—-").strip().rstrip(".")
    if _PERIOD.fullmatch(text):
        return DateLine(None, "a month or season without a day")
    if found := _ISO.fullmatch(text):
        return _line(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(text):
        return _line(int(found[3]), _NUMBER_OF[found[2].lower()], int(found[1]))
    if found := _MONTH_FIRST.fullmatch(text):
        return _line(int(found[3]), _NUMBER_OF[found[1].lower()], int(found[2]))
    if found := _NUMERIC.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if first <= 12 and second <= 12 and first != second:
            return DateLine(None, "the day and the month cannot be told apart")
        return _line(year, second, first) if first > 12 or first == second else _line(year, first, second)
    return None


def declared_day(text: str) -> datetime.date | None:
    """The day of a machine's date (ISO 8601, with or without a time), or of a printed one; None if it is neither."""
    found = date_line(text)
    return found.day if found else None


def _line(year: int, month: int, day: int) -> DateLine | None:
    try:
        return DateLine(datetime.date(year, month, day))
    except ValueError:
        return None
