"""Years, decades, centuries and the periods of a business."""

import re

from articles.speech.en.say import american, before, decade, plural, whole, year
from articles.speech.line import Rule

_TENS = {
    "1": "tens",
    "2": "twenties",
    "3": "thirties",
    "4": "forties",
    "5": "fifties",
    "6": "sixties",
    "7": "seventies",
    "8": "eighties",
    "9": "nineties",
}
_CUE = re.compile(
    r"\b(?:in|since|from|until|till|by|before|after|during|of|early|late|mid|year|the|this|its|his|her|their|our|and|to|"
    r"between|circa|spring|summer|autumn|winter|fall|January|February|March|April|May|June|July|August|September|"
    r"October|November|December)(?: the)?[ -]$|[(]$|’s $",
    re.I,
)
_QUANTITY = re.compile(
    r"\b(?:than|some|over|nearly|almost|around|least|most|only|employs?|employing|sold|sells?|costs?|worth|another|every)"
    r" $",
    re.I,
)
_PLURAL = re.compile(r" (?:[a-z]+ )?(?:people|men|women|children|[a-z]{3,}s)\b")


def _year_or_count(match: re.Match[str], locale: str) -> str:
    """Four figures without a comma are a year, unless something countable follows and no cue of a year precedes."""
    number = int(match[0])
    counted = _PLURAL.match(match.string, match.end(), match.end() + 40)
    if counted:
        ahead = before(match)
        if _QUANTITY.search(ahead) or (not _CUE.search(ahead) and (number % 100 == 0 or not 1900 <= number <= 2050)):
            return whole(number, locale)
    return year(number, locale)


def _span(match: re.Match[str], locale: str) -> str | None:
    """`1931–45`: the second year is cut as in speech where it can be."""
    first, second = match[1], match[2]
    if len(second) == 2:
        if int(second) < 10 or int(second) <= int(first[2:]):
            second = f"{int(first[:2]) + (int(second) <= int(first[2:]))}{second}"
        else:
            return f"{year(int(first), locale)} to {whole(int(second), locale)}"
    between = " to" if int(second) > int(first) else ","  # `No. 2016-1691` is one number in two parts
    return f"{year(int(first), locale)}{between} {year(int(second), locale)}"


def _short_decade(match: re.Match[str], locale: str) -> str:
    if match[1] == "0":
        return "two thousands" if american(locale) else "noughties"
    return _TENS[match[1]]


def _financial(match: re.Match[str], locale: str) -> str:
    name = "fiscal year" if american(locale) else "financial year"
    said = year(int(match[1]) if len(match[1]) == 4 else 2000 + int(match[1]), locale)
    if match[2]:
        said = f"{said} to {whole(int(match[2][-2:]), locale)}"
    return f"{name} {said}"


def _period(match: re.Match[str], locale: str) -> str:
    said = f"{match[1]} {whole(int(match[2]), locale)}"
    if match[3]:
        short = match[3].lstrip("’")
        said += f" {year(int(short) if len(short) == 4 else 2000 + int(short), locale)}"
    return said


_ERAS = {"BC": "B.C", "BCE": "B.C.E", "AD": "A.D", "CE": "C.E"}


def _old(match: re.Match[str], locale: str) -> str:
    said = year(int(match[1]), locale)
    return plural(said) if match[2] else said


RULES = (
    Rule(
        "spans of years",
        re.compile(r"(?<![\w.,€$£-])(1[0-9]{3}|20[0-9]{2}) ?[–/-] ?((?:1[0-9]|20)[0-9]{2}|[0-9]{2})(?![\w–-]|[.,]\d)"),
        _span,
    ),
    Rule(
        "decades",
        re.compile(r"(?<![\w.,€$£])(1[0-9]{2}0|20[0-9]0)(?:’?s)(?!\w)"),
        lambda m, locale: decade(int(m[1]), locale),
    ),
    Rule(
        "short decades",
        re.compile(r"(?<![\w.,€$£])’([0-9])0s(?!\w)|(?<![\w.,€$£])([1-9])0s(?!\w)"),
        lambda m, locale: _short_decade(m, locale) if m[1] else _TENS[m[2]],
    ),
    Rule(
        "short years",
        re.compile(r"(?<![\w’])’([0-9]{2})(?![\w’])(?=[ ,.;:)!?–-]|$)"),
        lambda m, locale: (
            f"oh {whole(int(m[1]), locale)}" if m[1][0] == "0" and m[1] != "00" else whole(int(m[1]), locale)
        ),
    ),
    Rule(
        "financial years", re.compile(r"(?<!\w)FY[ ’]?((?:20)?[0-9]{2})(?:[/–-]((?:20)?[0-9]{2}))?(?![\w])"), _financial
    ),
    Rule(
        "quarters and halves",
        re.compile(r"(?<!\w)([QH])([1-4])(?:[ /-]?((?:20|’)[0-9]{2}(?:[0-9]{2})?|(?<=[ ])20[0-9]{2}))?(?!\w)"),
        _period,
    ),
    Rule(
        "quarters behind",
        re.compile(r"(?<![\w.,])([1-4])(Q)(?: ?(20[0-9]{2}|[0-9]{2}(?<=Q\d\d)))?(?!\w)"),
        lambda m, locale: (
            f"Q {whole(int(m[1]), locale)}"
            + (f" {year(int(m[3]) if len(m[3]) == 4 else 2000 + int(m[3]), locale)}" if m[3] else "")
        ),
    ),
    Rule(
        "years before Christ and after",
        re.compile(r"(?<![\w.,])([0-9]{1,5})(s?) ?(BCE?|AD|CE|B\.C\.|A\.D\.)(?!\w)"),
        lambda m, locale: f"{_old(m, locale)} {_ERAS[m[3].replace('.', '')]}",
    ),
    Rule(
        "after Christ, before the year",
        re.compile(r"(?<!\w)(?:AD|A\.D\.) ([0-9]{1,4})(?![\w,.]\d)(?!\w)"),
        lambda m, locale: f"A.D {year(int(m[1]), locale)}",
    ),
    Rule(
        "years",
        re.compile(r"(?<![\w.,€$£/+−])(?<!\d[ :–-])(?:1[0-9]{3}|20[0-9]{2})(?![\w%°]|[.,:/]\d|’s)"),
        _year_or_count,
    ),
)
