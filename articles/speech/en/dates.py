"""Dates, in figures and with the month's name: day first in British English, month first in American."""

import re

from articles.speech.en.say import american, ordinal, year
from articles.speech.line import Rule

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SHORT = {name[:3]: name for name in MONTHS} | {"Sept": "September"}
_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join([*_SHORT])})\b\.?)"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS = {name[:3]: name for name in _WEEKDAYS} | {
    "Tues": "Tuesday",
    "Wednes": "Wednesday",
    "Thur": "Thursday",
    "Thurs": "Thursday",
}
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_TH = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:[12][0-9]{3})"


def _month(written: str) -> str:
    return _SHORT.get(written.rstrip("."), written)


def _day(written: str, locale: str) -> str:
    return ordinal(int(re.sub(r"\D", "", written)), locale)


def date(day: str, month: str, its_year: str | None, locale: str, the: str = "the ") -> str:
    """A date as it is said in the locale; `the` is what stands before the day."""
    if american(locale):
        return f"{month} {_day(day, locale)}" + (f", {year(int(its_year), locale)}" if its_year else "")
    return f"{the}{_day(day, locale)} of {month}" + (f" {year(int(its_year), locale)}" if its_year else "")


def _day_first(match: re.Match[str], locale: str) -> str:
    the = "" if re.search(r"\b[Tt]he $", match.string[max(0, match.start() - 4) : match.start()]) else "the "
    if american(locale) and not the:
        # "the 14 November": "the" stands already
        said = f"{_day(match['day'], locale)} of {_month(match['month'])}"
        return said + (f", {year(int(match['year']), locale)}" if match["year"] else "")
    if match["from"]:
        return _days(match, locale, the)
    return date(match["day"], _month(match["month"]), match["year"], locale, the)


def _days(match: re.Match[str], locale: str, the: str) -> str:
    month = _month(match["month"])
    if american(locale):
        said = f"{month} {_day(match['from'], locale)} to {_day(match['day'], locale)}"
        return said + (f", {year(int(match['year']), locale)}" if match["year"] else "")
    return f"{the}{_day(match['from'], locale)} to " + date(match["day"], month, match["year"], locale)


def _month_first(match: re.Match[str], locale: str) -> str:
    the = "" if american(locale) else "the "
    said = f"{_month(match['month'])} {the}{_day(match['day'], locale)}"
    if match["to"]:
        said += f" to {the}{_day(match['to'], locale)}"
    return said + (f", {year(int(match['year']), locale)}" if match["year"] else "")


def _figures(match: re.Match[str], locale: str) -> str | None:
    first, second, last = match["a"], match["b"], match["year"]
    day, month = (second, first) if american(locale) else (first, second)
    if int(month) > len(MONTHS):
        day, month = month, day
    if not 1 <= int(month) <= len(MONTHS) or not 1 <= int(day) <= 31:
        return None
    if len(last) == 2:
        last = f"{'20' if int(last) < 70 else '19'}{last}"
    the = "" if re.search(r"\b[Tt]he $", match.string[max(0, match.start() - 4) : match.start()]) else "the "
    return date(day, MONTHS[int(month) - 1], last, locale, the)


def _iso(match: re.Match[str], locale: str) -> str | None:
    month, day = int(match["month"]), int(match["day"])
    if not (1 <= month <= len(MONTHS) and 1 <= day <= 31):
        return None
    return date(str(day), MONTHS[month - 1], match["year"], locale)


def _short_figures(match: re.Match[str], locale: str) -> str | None:
    day, month = (match["b"], match["a"]) if american(locale) else (match["a"], match["b"])
    if int(month) > len(MONTHS) or int(day) > 31:
        return None
    return date(day, MONTHS[int(month) - 1], None, locale)


RULES = (
    Rule(
        "short weekdays",
        re.compile(
            rf"(?<![\w’-])(?:{'|'.join([*_DAYS])})\b\.?"
            rf"(?=,? (?:{_MONTH} [0-9]|[0-9]{{1,2}}(?:st|nd|rd|th|[/.:]|am|pm| {_MONTH})))"
        ),
        lambda m, _: _DAYS[m[0].rstrip(".")],
    ),
    Rule(
        "dates as standards write them",
        re.compile(r"(?<![\w.-])(?P<year>[12][0-9]{3})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])(?![\w-])"),
        _iso,
    ),
    Rule(
        "dates in figures",
        re.compile(
            r"(?<![\w./-])(?P<a>[0-3]?[0-9])(?P<mark>[/.-])(?P<b>[0-3]?[0-9])(?P=mark)(?P<year>[12][0-9]{3}|[0-9]{2})"
            r"(?![\w/-]|\.\d)"
        ),
        _figures,
    ),
    Rule(
        "days in figures",
        re.compile(r"(?:(?<=\bon )|(?<=\bby )|(?<=\bfrom ))(?P<a>[0-3]?[0-9])/(?P<b>[01]?[0-9])(?![\w/])"),
        _short_figures,
    ),
    Rule(
        "days before a month",
        re.compile(
            rf"(?<![\w.,/:€$£-])(?:(?P<from>{_DAY}){_TH} ?[–-] ?)?(?P<day>{_DAY}){_TH}(?: of)? "
            rf"(?P<month>{_MONTH})(?![\w’-])"
            rf"(?:,? (?P<year>{_YEAR})(?![\w%]|[,.:]\d))?"
        ),
        _day_first,
    ),
    Rule(
        "days behind a month",
        re.compile(
            rf"(?<![\w’-])(?<!\bIn )(?<!\bin )(?P<month>{_MONTH}) (?P<day>{_DAY}){_TH}"
            rf"(?: ?[–-] ?(?P<to>{_DAY}){_TH})?(?![\w:%]|[,.]\d|[–-]\d)"
            rf"(?:,? (?P<year>{_YEAR})(?![\w%]|[,.:]\d))?"
        ),
        _month_first,
    ),
    Rule(
        "short months",
        re.compile(rf"(?<![\w’-])(?:{'|'.join([*_SHORT])})\b\.?(?= [12][0-9]{{3}}(?!\w))"),
        lambda m, _: _month(m[0]),
    ),
)
