"""Postcodes, house numbers, room numbers: figures that name a place."""

import re

from articles.speech.en.letters import spell
from articles.speech.en.say import american, singly, whole
from articles.speech.en.tables import any_of, table
from articles.speech.line import Rule

STATES = table("""
    AL = Alabama; AK = Alaska; AZ = Arizona; AR = Arkansas; CA = California; CO = Colorado; CT = Connecticut;
    DE = Delaware; DC = D.C; FL = Florida; GA = Georgia; HI = Hawaii; ID = Idaho; IL = Illinois; IN = Indiana;
    IA = Iowa; KS = Kansas; KY = Kentucky; LA = Louisiana; ME = Maine; MD = Maryland; MA = Massachusetts;
    MI = Michigan; MN = Minnesota; MS = Mississippi; MO = Missouri; MT = Montana; NE = Nebraska; NV = Nevada;
    NH = New Hampshire; NJ = New Jersey; NM = New Mexico; NY = New York; NC = North Carolina; ND = North Dakota;
    OH = Ohio; OK = Oklahoma; OR = Oregon; PA = Pennsylvania; RI = Rhode Island; SC = South Carolina;
    SD = South Dakota; TN = Tennessee; TX = Texas; UT = Utah; VT = Vermont; VA = Virginia; WA = Washington;
    WV = West Virginia; WI = Wisconsin; WY = Wyoming
""")


def _british(match: re.Match[str], locale: str) -> str:
    area, district, letter, sector, unit = match.groups()
    first = f"{spell(area)} {whole(int(district), locale)}{f' {spell(letter)}' if letter else ''}"
    return f"{first}, {singly(sector, 'oh')} {spell(unit)}"


def _zip(match: re.Match[str], locale: str) -> str:
    zero = "zero" if american(locale) else "oh"
    return f"{STATES[match[1]]} {', '.join(singly(group, zero) for group in match[2].split('-'))}"


def _town(match: re.Match[str], locale: str) -> str:
    return singly(match[0], "zero" if american(locale) else "oh")


RULES = (
    Rule(
        "British postcodes", re.compile(r"(?<!\w)([A-Z]{1,2})([0-9]{1,2})([A-Z]?) ?([0-9])([A-Z]{2})(?!\w)"), _british
    ),
    Rule("American postcodes", re.compile(rf"(?<!\w)({any_of(STATES)}),? ([0-9]{{5}}(?:-[0-9]{{4}})?)(?!\w)"), _zip),
    Rule("states after a town", re.compile(rf"(?<=[a-z], )({any_of(STATES)})(?=[,.;)]|$)"), lambda m, _: STATES[m[1]]),
    Rule("postcodes behind a town", re.compile(r"(?<=[a-zà-ÿ] \()[0-9]{5}(?=\))"), _town),
    Rule(
        "postcodes before a town",
        re.compile(
            r"(?<![\w.,€$£¥-])(?!\d\d000)[0-9]{5}(?= [A-ZÉ][a-zà-ÿ]+(?![a-z]*s\b))(?! (?:January|February|March|"
            r"April|May|June|July|August|September|October|November|December))"
        ),
        _town,
    ),
)
