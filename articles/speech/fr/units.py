"""Units of measure: lengths, areas, volumes, masses, energy, data, and one unit per another."""

import re
from itertools import product

from articles.speech.fr.counting import START, is_plural, number, quantities, quantity, whole_number
from articles.speech.fr.nouns import Noun, counted, noun
from articles.speech.line import Rule

_PREFIXES = {
    "n": "nano", "µ": "micro", "μ": "micro", "m": "milli", "c": "centi", "d": "déci", "h": "hecto", "k": "kilo",
    "K": "kilo", "M": "méga", "G": "giga", "T": "téra",
}  # fmt: skip
_METRE = {"nm", "µm", "μm", "mm", "cm", "dm", "hm", "km"}
_PREFIXED = (
    # (symbol, name, prefixes in use)
    ("m", noun("mètre"), "nµμmcdhk"),
    ("g", noun("gramme"), "nµμmckK"),
    ("l", noun("litre"), "µμmcdh"),
    ("L", noun("litre"), "µμmcdh"),
    ("W", noun("watt"), "mkKMGT"),
    ("Wh", noun("wattheure"), "kKMGT"),
    ("Wc", noun("watt-crête"), "kKMG"),
    ("V", noun("volt"), "mkK"),
    ("VA", noun("voltampère"), "kM"),
    ("A", noun("ampère"), "m"),
    ("Hz", noun("hertz"), "kMGT"),
    ("Pa", noun("pascal"), "hkMG"),
    ("J", noun("joule"), "kMGT"),
    ("N", Noun("newton", "newtons"), "k"),
    ("cal", noun("calorie", feminine=True), "k"),
    ("o", noun("octet"), "kKMGT"),
    ("b", noun("bit"), "kMGT"),
    ("bit", noun("bit"), "kMGT"),
    ("bits", noun("bit"), "kMGT"),
    ("bar", noun("bar"), "m"),
    ("s", noun("seconde", feminine=True), "mµμn"),
    ("Sv", noun("sievert"), "mµμ"),
    ("Bq", noun("becquerel"), "kMGT"),
    ("t", noun("tonne", feminine=True), "kM"),
    ("mol", Noun("mole", "moles", feminine=True), "mµμ"),
)
_PLAIN = {
    "m": noun("mètre"),
    "g": noun("gramme"),
    "gr": noun("gramme"),
    "l": noun("litre"),
    "L": noun("litre"),
    "t": noun("tonne", feminine=True),
    "s": noun("seconde", feminine=True),
    "sec": noun("seconde", feminine=True),
    "h": noun("heure", feminine=True),
    "ha": noun("hectare"),
    "W": noun("watt"),
    "Wh": noun("wattheure"),
    "Wc": noun("watt-crête"),
    "V": noun("volt"),
    "Hz": noun("hertz"),
    "Pa": noun("pascal"),
    "cal": noun("calorie", feminine=True),
    "bar": noun("bar"),
    "bars": noun("bar"),
    "dB": noun("décibel"),
    "px": noun("pixel"),
    "Mpx": noun("mégapixel"),
    "ch": Noun("cheval", "chevaux"),
    "cv": Noun("cheval", "chevaux"),
    "min": noun("minute", feminine=True),
    "mn": noun("minute", feminine=True),
    "j": noun("jour"),
    "ans": noun("an"),
    "KM": noun("kilomètre"),
    "Km": noun("kilomètre"),
    "KG": noun("kilogramme"),
    "Kg": noun("kilogramme"),
    "kgs": noun("kilogramme"),
    "KW": noun("kilowatt"),
    "CM": noun("centimètre"),
    "MM": noun("millimètre"),
    "ML": noun("millilitre"),
    "CL": noun("centilitre"),
    "q": Noun("quintal", "quintaux"),
    "ppm": Noun("partie par million", "parties par million", feminine=True),
    "ppb": Noun("partie par milliard", "parties par milliard", feminine=True),
    "hab.": noun("habitant"),
    "hab": noun("habitant"),
    "pers.": noun("personne", feminine=True),
    "pers": noun("personne", feminine=True),
    "tr": noun("tour"),
    "kt": noun("kilotonne", feminine=True),
    "NM": Noun("mille nautique", "milles nautiques"),
    "nœuds": noun("nœud"),
    "teqCO2": Noun("tonne équivalent C O deux", "tonnes équivalent C O deux", feminine=True),
    "tCO2e": Noun("tonne équivalent C O deux", "tonnes équivalent C O deux", feminine=True),
    "tCO2": Noun("tonne de C O deux", "tonnes de C O deux", feminine=True),
    "tep": Noun("tonne équivalent pétrole", "tonnes équivalent pétrole", feminine=True),
}


def _prefixed() -> dict[str, Noun]:
    return {
        prefix + symbol: Noun(_PREFIXES[prefix] + unit.one, _PREFIXES[prefix] + unit.many, unit.feminine)
        for symbol, unit, prefixes in _PREFIXED
        for prefix in prefixes
    }


def _powers() -> dict[str, Noun]:
    linear = _prefixed() | _PLAIN
    return {
        symbol + mark: Noun(f"{linear[symbol].one} {word}", f"{linear[symbol].many} {word}s")
        for symbol, (marks, word) in product([*_METRE, "m"], (("²2", "carré"), ("³3", "cube")))
        for mark in marks
    }


UNITS: dict[str, Noun] = _prefixed() | _PLAIN | _powers() | {"Nm3": noun("normo mètre cube")}
"""The noun of each symbol."""

_PER = {
    "h": "heure",
    "H": "heure",
    "an": "an",
    "mois": "mois",
    "jour": "jour",
    "nuit": "nuit",
    "sem.": "semaine",
    "semaine": "semaine",
    "personne": "personne",
    "habitant": "habitant",
    "heure": "heure",
    "foyer": "foyer",
    "pièce": "pièce",
    "élève": "élève",
    "logement": "logement",
    "salarié": "salarié",
    "adulte": "adulte",
    "enfant": "enfant",
    "séance": "séance",
    "place": "place",
    "part": "part",
    "mille": "mille",
    "litre": "litre",
    "kilo": "kilo",
    "tonne": "tonne",
    "minute": "minute",
    "seconde": "seconde",
}


def _either(words: dict[str, Noun] | dict[str, str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


_SYMBOL = _either(UNITS)
_END = r"(?![\w²³]|[’-]\w)"
PER = rf"(?:(?: ?/ ?(?:{_either(_PER)}|{_SYMBOL})(?![\w²³])){{1,3}})"
"""What stands behind a unit or a price: `/m²`, `/kWh/an`."""


def per(written: str | None) -> str:
    """The words of a matched PER, with a space before them."""
    parts = [part.strip() for part in written.split("/") if part.strip()] if written else []
    return "".join(f" par {_PER.get(part) or UNITS[part].one}" for part in parts)


def _measured(match: re.Match[str], locale: str) -> str:
    unit = UNITS[match["unit"]]
    words = quantity(match, locale, feminine=unit.feminine)
    return counted(words, unit, plural=is_plural(match["high"])) + per(match["per"])


def _consumption(match: re.Match[str], locale: str) -> str:
    what = UNITS[match["unit"]]
    return f"{counted(quantity(match, locale), what, plural=is_plural(match['high']))} aux cent kilomètres"


def _alone(match: re.Match[str], _: str) -> str:
    """A symbol without figures: one after le, un, par; many after les, des, en."""
    unit = UNITS[match["unit"]]
    before = match.string[max(0, match.start() - 8) : match.start()]
    one = re.search(r"\b(?:le|un|une|la|du|au|par|chaque|ce|’)\s?$", before, re.IGNORECASE) is not None
    return (unit.one if one else unit.many) + per(match["per"])


_UNMISTAKABLE = "km|cm|mm|kg|kWh|MWh|GWh|TWh|kW|MW|GW|ha|Go|Mo|hPa|dB|kHz|MHz|GHz"


def _height(match: re.Match[str], locale: str) -> str:
    """`1,80 m` is `un mètre quatre-vingts`."""
    whole = f"{number(match['m'], locale)} mètre{'s' if is_plural(match['m']) else ''}"
    return f"{whole} {whole_number(match['cm'], locale)}" if int(match["cm"]) else whole


RULES = (
    Rule(
        "metres",
        re.compile(
            rf"{START}(?P<m>\d{{1,3}})(?:(?P<comma>,)(?=\d\d ?m)| ?m ?(?=\d\d(?! ?m)))"
            rf"(?P<cm>\d\d)(?(comma) ?m)(?![\w²³/,]|[.’-]\w)"
        ),
        _height,
    ),
    Rule(
        "consumption",
        re.compile(quantities() + r" ?(?P<unit>l|L|kWh|kg) ?(?:/|aux) ?100 ?km(?!\w)"),
        _consumption,
    ),
    Rule(
        "units",
        re.compile(rf"{quantities(_SYMBOL)} ?(?P<unit>{_SYMBOL})(?P<per>{PER})?{_END}"),
        _measured,
    ),
    Rule(
        "powers of units alone",
        re.compile(rf"(?<![\w.,/-])(?P<unit>[nµμmcdk]?m[²³23]|{_UNMISTAKABLE})(?P<per>{PER})?{_END}"),
        lambda match, locale: None if match["unit"].isalpha() and not match["per"] else _alone(match, locale),
    ),
)
ALONE = (
    Rule(
        "units alone",
        re.compile(rf"(?<![\w’])(?P<unit>{_UNMISTAKABLE})(?P<per>)(?![\w’-])"),
        _alone,
    ),
)
"""After all figures have become words."""
