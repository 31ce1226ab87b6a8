"""Sums of money: symbols and codes before or behind the number, thousands to billions, prices per something."""

import re

from articles.speech.fr.counting import is_plural, number, plain, quantities, quantity
from articles.speech.fr.nouns import Noun, counted, noun, of
from articles.speech.fr.units import PER, per
from articles.speech.line import Rule

_EURO = noun("euro")
_DOLLAR = noun("dollar")
_POUND = Noun("livre sterling", "livres sterling", feminine=True)
_YEN = noun("yen")
_FRANC = noun("franc suisse")
CURRENCIES: dict[str, Noun] = {
    "€": _EURO,
    "EUR": _EURO,
    "euros": _EURO,
    "euro": _EURO,
    "$": _DOLLAR,
    "USD": _DOLLAR,
    "US$": noun("dollar américain"),
    "$US": noun("dollar américain"),
    "C$": noun("dollar canadien"),
    "$CA": noun("dollar canadien"),
    "CAD": noun("dollar canadien"),
    "AUD": noun("dollar australien"),
    "A$": noun("dollar australien"),
    "HKD": Noun("dollar de Hong Kong", "dollars de Hong Kong"),
    "£": _POUND,
    "GBP": _POUND,
    "¥": _YEN,
    "JPY": _YEN,
    "CHF": _FRANC,
    **dict.fromkeys(("Fr.", "Fr", "fr.", "fr", "F", "FF"), Noun("franc", "francs")),
    **dict.fromkeys(("cts", "ct", "c€", "ctm"), noun("centime")),
    "FCFA": Noun("franc C F A", "francs C F A"),
    "XOF": Noun("franc C F A", "francs C F A"),
    "CNY": noun("yuan"),
    "RMB": noun("yuan"),
    "₽": noun("rouble"),
    "RUB": noun("rouble"),
    "₹": noun("roupie", feminine=True),
    "INR": noun("roupie", feminine=True),
    "₺": noun("livre turque", feminine=True),
    "TRY": noun("livre turque", feminine=True),
    "₩": noun("won"),
    "SEK": noun("couronne suédoise", feminine=True),
    "NOK": noun("couronne norvégienne", feminine=True),
    "DKK": noun("couronne danoise", feminine=True),
    "CZK": noun("couronne tchèque", feminine=True),
    "PLN": noun("zloty"),
    "BRL": Noun("réal", "réals"),
    "MAD": noun("dirham"),
    "DZD": noun("dinar"),
    "₿": noun("bitcoin"),
    "BTC": noun("bitcoin"),
}
"""The noun of each symbol or code."""

_THOUSAND = "k"
_SCALES = {
    "k": _THOUSAND,
    "K": _THOUSAND,
    "M": "million",
    "m": "million",
    "Mio": "million",
    "mio": "million",
    "million": "million",
    "millions": "million",
    "Md": "milliard",
    "Mds": "milliard",
    "Mrd": "milliard",
    "Mrds": "milliard",
    "Mia": "milliard",
    "mia": "milliard",
    "G": "milliard",
    "B": "milliard",
    "bn": "milliard",
    "Bn": "milliard",
    "milliard": "milliard",
    "milliards": "milliard",
    "T": "billion",
}


def _listed(words: dict[str, Noun] | dict[str, str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


_SCALE = rf"(?P<scale>{_listed(_SCALES)})(?:\.(?! ?\w))?"
_BEHIND = _listed({sign: what for sign, what in CURRENCIES.items() if sign not in ("euro", "euros")})
_BEFORE = _listed(
    {
        sign: CURRENCIES[sign]
        for sign in CURRENCIES
        if sign not in ("euro", "euros", "F", "FF", "TRY", "fr", "cts", "ct", "c€", "ctm")
    }
)
_ROUND = r"(?:[.,][-–—]{1,2})?"


def currency(symbol: str, locale: str) -> Noun:
    """The noun of a symbol; in Switzerland CHF is simply the franc."""
    return Noun("franc", "francs") if symbol == "CHF" and locale == "fr-CH" else CURRENCIES[symbol]


def _times_thousand(figures: str) -> str:
    whole, _, decimals = plain(figures).partition(",")
    left = decimals[3:].rstrip("0")
    return (whole + decimals[:3].ljust(3, "0")).lstrip("0").rjust(1, "0") + ("," + left if left else "")


def _scaled(match: re.Match[str], what: Noun, locale: str) -> str:
    scale = _SCALES[match["scale"]]
    if scale == _THOUSAND:
        high = _times_thousand(match["high"])
        low = f"{number(_times_thousand(match['low']), locale)} à " if match["low"] else ""
        return low + counted(number(high, locale, feminine=what.feminine), what, plural=is_plural(high))
    plural = "s" if is_plural(match["high"]) else ""
    return f"{quantity(match, locale)} {scale}{plural} {of(what.many)}"


def _with_cents(figures: str, what: Noun, locale: str) -> str | None:
    """A sum with one or two decimals: `9,50 €` is `neuf euros cinquante`."""
    whole, _, decimals = plain(figures).partition(",")
    if not decimals or len(decimals) > 2 or "yen" in what.one:
        return None
    cents = int(decimals.ljust(2, "0"))
    main = counted(number(whole, locale, feminine=what.feminine), what, plural=is_plural(whole))
    if not cents:
        return main
    said = number(str(cents), locale)
    if not int(whole):
        unit = {"euro": "centime", "franc": "centime", "franc suisse": "centime"}.get(what.one)
        return None if unit is None else f"{said} {unit}{'s' * (cents > 1)}"
    return f"{main} {said}" if cents > 9 else f"{main} et {said} centime{'s' * (cents > 1)}"


def _sum(match: re.Match[str], locale: str) -> str:
    what = currency(match["sign"], locale)
    rest = match.groupdict()
    price = per(rest.get("per"))
    if rest.get("scale"):
        return _scaled(match, what, locale) + price
    if rest.get("cents"):
        main = counted(number(match["high"], locale, feminine=what.feminine), what, plural=is_plural(match["high"]))
        return f"{main} {number(match['cents'], locale)}{price}"
    if not match["low"] and (said := _with_cents(match["high"], what, locale)):
        return said + price
    words = quantity(match, locale, feminine=what.feminine)
    return counted(words, what, plural=is_plural(match["high"])) + price


def _bare(match: re.Match[str], locale: str) -> str:
    what = currency(match["sign"], locale)
    scale = _SCALES.get(match["scale"] or "")
    if scale is None:
        return f" {what.many}{per(match['per'])}"
    return f"{'milliers' if scale == _THOUSAND else scale + 's'} {of(what.many)}{per(match['per'])}"


def _many(match: re.Match[str], locale: str) -> str:
    """`5 M d’habitants`."""
    return f"{quantity(match, locale)} {_SCALES[match['scale']]}{'s' if is_plural(match['high']) else ''}" + (
        " d’habitants" if match["hab"] else ""
    )


def _thousands(match: re.Match[str], locale: str) -> str:
    """`10k`, `10 k`."""
    low = f"{number(_times_thousand(match['low']), locale)} à " if match["low"] else ""
    return low + number(_times_thousand(match["high"]), locale)


RULES = (
    Rule(
        "money with cents behind",
        re.compile(rf"{quantities()} ?(?P<sign>[€$£]|F|fr\.|fr) ?(?P<cents>[0-9]{{2}})(?![\w,.]?\d)(?! ?[%°\w])"),
        _sum,
    ),
    Rule(
        "money behind its sign",
        re.compile(
            rf"(?<!\w)(?P<sign>{_BEFORE}) ?{quantities(_BEFORE, start='')}{_ROUND}"
            rf"(?: ?{_SCALE}(?!\w))?(?P<per>{PER})?"
        ),
        _sum,
    ),
    Rule(
        "money",
        re.compile(
            rf"{quantities(_BEHIND + '|' + _listed(_SCALES))}{_ROUND}(?: ?{_SCALE})? ?(?P<sign>{_BEHIND})(?!\w)"
            rf"(?P<per>{PER})?"
        ),
        _sum,
    ),
    Rule(
        "money alone",
        re.compile(rf"(?<!\w)(?:(?P<scale>k|K|M|Md|Mds) ?)? ?(?P<sign>[€$£¥₽₹₩])(?P<per>{PER})?"),
        _bare,
    ),
    Rule(
        "millions of something",
        re.compile(rf"{quantities()} ?(?P<scale>M|Md|Mds)(?:(?= de | d’|\))|(?P<hab> hab(?:\.|itants)?)(?!\w))"),
        _many,
    ),
    Rule("thousands", re.compile(rf"{quantities()} ?k(?![\w’/.])"), _thousands),
)
