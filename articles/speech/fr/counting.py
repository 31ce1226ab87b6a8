"""French number words, by locale and gender, and how figures are written.

Written out here rather than left to num2words: its Belgian and Swiss words go wrong in the hundreds and above
(`deux cents un`, `un millions`), it knows no feminine, and `quatre-vingts` has to lose its s where a year or a page is
meant, or the engine would make a liaison (`en 1980, il`).
"""

import re
from functools import lru_cache

INTEGER = r"(?:[1-9]\d{0,2}(?:[ ’]\d{3}){1,4}(?!\d)|[1-9]\d{0,2}(?:\.\d{3}){1,4}(?!\.?\d)|\d{1,15}(?!\d))"
"""Figures of a whole number: groups of three behind spaces, Swiss apostrophes or dots, or none. At most 15 figures."""

_AMERICAN = r"[1-9]\d{0,2}(?:,\d{3}){1,4}\.\d{1,2}(?!\d)"
NUMBER = rf"(?:{_AMERICAN}|" + INTEGER + r"(?:,\d{1,15}(?!\d)|\.\d{1,15}(?![\d.]))?)"
"""Figures of a number, with decimals behind a comma or a point."""

START = r"(?=[0-9])(?<![\w.,])(?<!\d[’/–-])"
"""Where a number begins: not inside a word, nor behind the decimal mark of another."""

_UNITS = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf"
).split()
_TENS = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante", "septante", "huitante", "nonante")
_SCALES = ((10**12, "billion"), (10**9, "milliard"), (10**6, "million"))
_LONGEST_DECIMALS = 3  # more than that are read one by one, or in full when only noughts lead


@lru_cache(maxsize=8192)
def cardinal(number: int, locale: str = "fr", *, feminine: bool = False, rank: bool = False) -> str:
    """`number` (0 to 10¹⁵ − 1) in words; `rank` (a year, a page) leaves out the s of `quatre-vingts` and `cents`."""
    words: list[str] = []
    rest = number
    for scale, name in _SCALES:
        count, rest = divmod(rest, scale)
        if count:
            words += [_below_thousand(count, locale, plural=True), name + "s" * (count > 1)]
    thousands, rest = divmod(rest, 1000)
    if thousands:
        words += [*([] if thousands == 1 else [_below_thousand(thousands, locale, plural=False)]), "mille"]
    if rest or not words:
        words.append(_below_thousand(rest, locale, plural=not rank))
    said = " ".join(words)
    return said + "e" if feminine and said.endswith("un") else said


def _below_thousand(number: int, locale: str, *, plural: bool) -> str:
    hundreds, rest = divmod(number, 100)
    words = []
    if hundreds:
        many = hundreds > 1
        words += [*([_UNITS[hundreds]] if many else []), "cents" if many and not rest and plural else "cent"]
    if rest or not hundreds:
        words.append(_below_hundred(rest, locale, plural=plural))
    return " ".join(words)


def _below_hundred(number: int, locale: str, *, plural: bool) -> str:
    if number < len(_UNITS):
        return _UNITS[number]
    tens, units = divmod(number, 10)
    if tens == 8 and locale != "fr-CH":
        return _joined("quatre-vingt", units) if units else "quatre-vingts" if plural else "quatre-vingt"
    if tens in (7, 9) and locale not in ("fr-CH", "fr-BE"):
        base = "soixante" if tens == 7 else "quatre-vingt"
        return "soixante et onze" if number == 71 else f"{base}-{_UNITS[units + 10]}"
    return f"{_TENS[tens]} et un" if units == 1 else _joined(_TENS[tens], units)


def _joined(tens: str, units: int) -> str:
    return f"{tens}-{_UNITS[units]}" if units else tens


@lru_cache(maxsize=2048)
def ordinal(number: int, locale: str = "fr", *, feminine: bool = False) -> str:
    """`number` as an ordinal, singular: premier, première, deuxième, vingt et unième."""
    if number == 1:
        return "première" if feminine else "premier"
    words = cardinal(number, locale, rank=True)
    if number % 10**6 == 0:
        words = words.removeprefix("un ").removesuffix("s")
    for ending, changed in (("cinq", "cinqu"), ("neuf", "neuv"), ("e", "")):
        if words.endswith(ending):
            words = words.removesuffix(ending) + changed
            break
    return words + "ième"


def plain(figures: str) -> str:
    """Figures without what groups them, the decimal mark a comma: `1 234,5` → `1234,5`, `1.234` → `1234`."""
    figures = re.sub(r"[ ’]", "", figures)
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", figures):
        return figures.replace(".", "")
    if re.fullmatch(_AMERICAN, figures):
        figures = figures.replace(",", "")
    return figures.replace(".", ",")


def number(figures: str, locale: str, *, feminine: bool = False, rank: bool = False) -> str:
    """A written NUMBER in words: `1 234,5` is `mille deux cent trente-quatre virgule cinq`."""
    whole, _, decimals = plain(figures).partition(",")
    said = whole_number(whole, locale, feminine=feminine and not decimals, rank=rank)
    return f"{said} virgule {whole_number(decimals, locale, longest=_LONGEST_DECIMALS)}" if decimals else said


def whole_number(figures: str, locale: str, *, feminine: bool = False, rank: bool = False, longest: int = 15) -> str:
    """Ungrouped figures in words: leading noughts are said, more than `longest` figures are read one by one."""
    bare = figures.lstrip("0")
    if len(bare) > longest:
        return " ".join(_UNITS[int(figure)] for figure in figures)
    noughts = ["zéro"] * (len(figures) - len(bare))
    return " ".join([*noughts, *([cardinal(int(bare), locale, feminine=feminine, rank=rank)] if bare else [])])


def is_plural(figures: str) -> bool:
    """Whether a noun behind this NUMBER is plural: from two on, so `1,9 kilo` is not."""
    return int(plain(figures).partition(",")[0] or 0) >= 2


def quantities(unit: str = "", start: str = START) -> str:
    """The pattern of a NUMBER (`high`), or of two with a dash between (`low`, then perhaps `unit`, and `high`)."""
    return rf"{start}(?:(?P<low>{NUMBER})(?: ?(?:{unit}))? ?[-–—] ?)?(?P<high>{NUMBER})"


def quantity(match: re.Match[str], locale: str, *, feminine: bool = False) -> str:
    """The words of what a pattern of `quantities` matched: `5-10` is `cinq à dix`."""
    high = number(match["high"], locale, feminine=feminine)
    return f"{number(match['low'], locale, feminine=feminine)} à {high}" if match["low"] else high


def pairs(figures: str, locale: str) -> str:
    """Figures read two by two, as in a telephone number; an odd first one stands alone."""
    odd = len(figures) % 2
    groups = [figures[:odd]] * odd + [figures[place : place + 2] for place in range(odd, len(figures), 2)]
    return ", ".join(whole_number(group, locale) for group in groups)
