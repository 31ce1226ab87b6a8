"""Measures: units and their powers, per cent, temperatures, dimensions."""

import re

from articles.speech.en.say import DASH, FIGURE, american, qualifies, signed, spoken
from articles.speech.en.tables import any_of, table
from articles.speech.line import Rule

# Symbol and name, in British spelling.
_TABLE = """
    tbsp = tablespoon; tsp = teaspoon;
    km = kilometre; m = metre; cm = centimetre; mm = millimetre; µm = micrometre; nm = nanometre; ha = hectare;
    kg = kilogram; kgs = kilogram; g = gram; mg = milligram; µg = microgram; t = tonne; kt = kilotonne;
    lb = pound; lbs = pound; oz = ounce; ft = foot; yd = yard; yds = yard; mi = mile; l = litre; L = litre;
    ml = millilitre; mL = millilitre; cl = centilitre; dl = decilitre; hl = hectolitre; kWh = kilowatt-hour;
    MWh = megawatt-hour; GWh = gigawatt-hour; TWh = terawatt-hour; Wh = watt-hour; W = watt; kW = kilowatt;
    MW = megawatt; GW = gigawatt; TW = terawatt; V = volt; kV = kilovolt; mV = millivolt; mA = milliamp;
    mAh = milliamp-hour; Ω = ohm; Hz = hertz; kHz = kilohertz; MHz = megahertz; GHz = gigahertz; dB = decibel;
    kB = kilobyte; KB = kilobyte; MB = megabyte; GB = gigabyte; TB = terabyte; PB = petabyte;
    kbps = kilobit per second; kbit = kilobit; Mbit = megabit; Gbit = gigabit; Mbps = megabit per second;
    Gbps = gigabit per second; mph = mile per hour; kph = kilometre per hour; kmh = kilometre per hour;
    mpg = mile per gallon; rpm = revolution per minute; bpm = beat per minute; fps = frame per second;
    ppm = part per million; ppb = part per billion; bps = basis point; bp = basis point; pp = percentage point;
    ppt = percentage point; px = pixel; pt = point; dpi = dot per inch; kcal = kilocalorie; cal = calorie;
    kJ = kilojoule; MJ = megajoule; Pa = pascal; hPa = hectopascal; kPa = kilopascal; psi = pound per square inch;
    hp = horsepower; bhp = brake horsepower; ct = carat; h = hour; hr = hour; hrs = hour; min = minute;
    mins = minute; sec = second; secs = second; ms = millisecond; µs = microsecond; ns = nanosecond; yr = year;
    yrs = year; yo = year old; wk = week; wks = week; MP = megapixel; kt = knot; kts = knot; kn = knot;
    CO2e = C.O two equivalent
"""
_IRREGULAR = {"foot": "feet", "hertz": "hertz", "horsepower": "horsepower", "equivalent": "equivalent"}


def _several(name: str) -> str:
    """The plural: of the first word in `mile per hour`, of the last one elsewhere."""
    head, per, tail = name.partition(" per ")
    first, gap, last = head.rpartition(" ")
    if last == "old":
        return f"{_several(first)} old"
    plural = next((irregular for end, irregular in _IRREGULAR.items() if last.endswith(end)), None)
    stem = last.removesuffix(next((end for end in _IRREGULAR if last.endswith(end)), ""))
    return f"{first}{gap}{stem + plural if plural else last + 's'}{per}{tail}"


_UNITS = {symbol: (name, _several(name)) for symbol, name in table(_TABLE).items()}
_INCH = ("inch", "inches")
PER_ONE = table("""
    m = metre; km = kilometre; kg = kilogram; g = gram; l = litre; L = litre; h = hour; hr = hour; s = second;
    sec = second; min = minute; ha = hectare; t = tonne; kWh = kilowatt-hour; m² = square metre;
    m2 = square metre; m³ = cubic metre; m3 = cubic metre; cm³ = cubic centimetre; cm² = square centimetre;
    km² = square kilometre; dl = decilitre; ml = millilitre; day = day; week = week; month = month; year = year;
    yr = year; person = person; head = head; s² = second squared; 100km = hundred kilometres;
    100 km = hundred kilometres; mol = mole; capita = capita
""")
_POWERS = {"2": "square", "²": "square", "3": "cubic", "³": "cubic"}


SYMBOLS = any_of([*_UNITS, "μm", "μg", "μs"])
_SQUARE = r"(?:sq|cu)\.?[ ]?(?:km|m|cm|mm|ft|in|mi|yd|yds)|sqm|sqft"
_NUMBER = (
    rf"(?<![\w.,/€$£])(?P<sign>(?<![\w.,)’%°])[+±−–-])?(?:(?P<low>{FIGURE})%?°?(?:{DASH}| to ))?(?P<figure>{FIGURE})"
)


def names(symbol: str) -> tuple[str, str]:
    """A unit's name for one and for several, in British spelling."""
    if symbol == "in":
        return _INCH
    one, several = _UNITS[symbol.replace("μ", "µ")]
    return one, several


def _measure(match: re.Match[str], locale: str) -> str | None:
    symbol, power = match["unit"], match["power"] or ""
    if symbol in ("t", "g", "l", "L", "V", "W", "h", "pt", "MP", "kn", "yo") and match["gap"] == "-":
        return None
    one, several = names(symbol)
    if power:
        kind = _POWERS[power.lstrip("^")]
        one, several = f"{kind} {one}", f"{kind} {several}"
    return _amount(match, one, several, locale)


def _amount(match: re.Match[str], one: str, several: str, locale: str) -> str:
    """The figure, or the range, with its unit in the number that goes with it."""
    figure = match["figure"]
    joined = match["gap"] == "-"
    name = one if joined or (figure == "1" and not match["low"]) or qualifies(match) else several
    per = match["per"]
    said = f"{name} per {PER_ONE[per]}" if per else name
    if american(locale):
        said = re.sub(r"metre", "meter", said.replace("litre", "liter"))
    if not figure.isascii() and len(figure) == 1 and not match["low"]:
        return f"{_part_of(figure, locale)} {'an' if one == 'hour' else 'a'} {said if per else _us(one, locale)}"
    low = f"{spoken(match['low'], locale)} to " if match["low"] else ""
    number = signed(None, figure, locale) if low else signed(match["sign"], figure, locale)
    low = f"{signed(match['sign'], '1', locale).removesuffix('one')}{low}" if low else ""
    return f"{low}{number}{'-' if joined else ' '}{said}"


def _us(name: str, locale: str) -> str:
    return name.replace("metre", "meter").replace("litre", "liter") if american(locale) else name


def _part_of(figure: str, locale: str) -> str:
    return "half" if figure == "½" else f"{spoken(figure, locale)} of"


def _squared(match: re.Match[str], locale: str) -> str:
    """`12 sq m`, `500 sqft`, `3 cu ft`."""
    plain = re.sub(r"[ .]", "", match["unit"])
    kind = "cubic" if plain.startswith("cu") else "square"
    one, several = names(plain[2:])
    return _amount(match, f"{kind} {one}", f"{kind} {several}", locale)


def _per_cent(match: re.Match[str], locale: str) -> str:
    name = {"%": "percent" if american(locale) else "per cent", "‰": "per thousand"}[match["unit"]]
    low = ""
    if match["low"]:
        low = f"{spoken(match['low'], locale)} to "
        return f"{signed(match['sign'], '1', locale).removesuffix('one')}{low}{spoken(match['figure'], locale)} {name}"
    return f"{signed(match['sign'], match['figure'], locale)} {name}"


def _degrees(match: re.Match[str], locale: str) -> str:
    scale = {"C": " Celsius", "F": " Fahrenheit", "℃": " Celsius", "℉": " Fahrenheit"}.get(match["scale"] or "", "")
    name = "degree" if (match["figure"] == "1" and not match["low"]) or qualifies(match) else "degrees"
    low = f"{signed(match['sign'], match['low'], locale)} to " if match["low"] else ""
    number = spoken(match["figure"], locale) if low else signed(match["sign"], match["figure"], locale)
    return f"{low}{number} {name}{scale}"


def _bearing(match: re.Match[str], locale: str) -> str:
    """`48°51′24″ N`: degrees, minutes, seconds and the side."""
    sides = {"N": " north", "S": " south", "E": " east", "W": " west", None: ""}
    parts = [(match[1], "degree"), (match[2], "minute"), (match[3], "second")]
    said = " ".join(f"{spoken(f, locale)} {name}{'' if f == '1' else 's'}" for f, name in parts if f)
    return said + sides[match[4]]


def _feet(match: re.Match[str], locale: str) -> str:
    feet = "foot" if match[2] or match[1] == "1" else "feet"
    return f"{spoken(match[1], locale)} {feet}{' ' + spoken(match[2], locale) if match[2] else ''}"


def _dimensions(match: re.Match[str], locale: str) -> str:
    figures = re.findall(FIGURE, re.sub(r"[^\d.,¼½¾⅐-⅞]+", "x", match["all"]))
    said = " by ".join(spoken(figure, locale) for figure in figures)
    if not match["unit"]:
        return said
    return f"{said} {_us(names(match['unit'])[1], locale)}"


def _times(match: re.Match[str], locale: str) -> str:
    return f"{spoken(match[1], locale)} times"


_X = r"[ ]?(?:cm|mm|m|in|ft)?[ ]?[x×][ ]?"
_GAP = r"(?P<gap>[ -]?)"
_PER = rf"(?:[ ]?(?:/|per )[ ]?(?P<per>{any_of(PER_ONE)})(?![\w²³]))?"

RULES = (
    Rule(
        "stones",
        re.compile(r"(?<![\w.,/])([0-9]{1,2})(?: st(?![\w.])|st(?= [0-9]{1,2} ?lb))"),
        lambda match, locale: f"{spoken(match[1], locale)} stone",
    ),
    Rule(
        "bearings",
        re.compile(
            r"(?<![\w.,])([0-9]{1,3})[°º] ?([0-9]{1,2})[′’](?: ?([0-9]{1,2}(?:\.[0-9]+)?)[″”\"])?(?: ?([NSEW])(?!\w))?"
        ),
        _bearing,
    ),
    Rule(
        "temperatures and angles",
        re.compile(rf"{_NUMBER}[ ]?(?:[°º](?:[ ]?(?P<scale>[CF](?!\w)))?|(?P<scale2>[℃℉]))"),
        lambda m, locale: _degrees(m, locale),
    ),
    Rule(
        "temperatures without a ring",
        re.compile(
            rf"{_NUMBER}(?P<scale>(?<=\d)[CF])(?![\w’])(?= (?:in|at|on|by|and|to|"
            r"heat|or|outside|inside|with|below|above)\b|[.,;])"
        ),
        _degrees,
    ),
    Rule("per cent", re.compile(rf"{_NUMBER}[ ]?(?P<unit>[%‰])"), _per_cent),
    Rule(
        "dimensions",
        re.compile(
            rf"(?<![\w.,/])(?P<all>{FIGURE}(?:{_X}{FIGURE}){{1,3}})"
            r"(?:[ ]?(?P<unit>km|cm|mm|m|(?<=\d)in|ft|px)(?![\w²³]))?(?![\w^⁻⁺])"
        ),
        _dimensions,
    ),
    Rule("feet and inches", re.compile(r"(?<![\w.,/])([0-9]{1,3})[’′] ?([0-9]{1,2})(?:[”″\"]|’’)"), _feet),
    Rule("feet", re.compile(r"(?<![\w.,/])([0-9]{1,3})(′)(?!\w)"), lambda m, locale: f"{spoken(m[1], locale)} feet"),
    Rule(
        "inches",
        re.compile(r"(?<![\w.,/])([0-9]{1,3}(?:\.[0-9]+)?)″"),
        lambda m, locale: f"{spoken(m[1], locale)} inches",
    ),
    Rule(
        "inches written out",
        re.compile(
            rf"{_NUMBER}(?P<gap>[ -]?)(?:(?<=\d)in|in(?=\. [a-z])|(?<=-)in)(?P<per>(?!))?"
            r"(?!\w)\.?"
        ),
        lambda m, locale: _amount(m, *_INCH, locale),
    ),
    Rule("square and cubic measures", re.compile(rf"{_NUMBER}{_GAP}(?P<unit>{_SQUARE})(?!\w){_PER}"), _squared),
    Rule(
        "measures", re.compile(rf"{_NUMBER}{_GAP}(?P<unit>{SYMBOLS})(?P<power>\^?[23²³])?(?![\w²³’]){_PER}"), _measure
    ),
    Rule("so many times", re.compile(rf"(?<![\w.,/])({FIGURE})[x×](?!\w)"), _times),
)
