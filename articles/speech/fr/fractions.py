"""Fractions, parts of something, marks out of twenty, ratios."""

import re

from articles.speech.fr.counting import START, cardinal, is_plural, number, ordinal, whole_number
from articles.speech.line import Rule

_GLYPHS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
    "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip
_NAMES = {2: "demi", 3: "tiers", 4: "quart"}
_BIBLE = (
    "Genèse|Exode|Lévitique|Nombres|Deutéronome|Josué|Juges|Ruth|Samuel|Rois|Job|Psaumes?|Proverbes|Isaïe|Jérémie|"
    "Ézéchiel|Daniel|Osée|Joël|Amos|Michée|Matthieu|Marc|Luc|Jean|Actes|Romains|Corinthiens|Galates|Éphésiens|"
    "Philippiens|Colossiens|Hébreux|Apocalypse|Mt|Mc|Lc|Jn"
)
_NO_MORE = r"(?![\w/’]|[.,]\d)"


def fraction(above: int, below: int, locale: str) -> str:
    """`3/4` is `trois quarts`; the parts from fifths on are ordinals."""
    name = _NAMES.get(below) or ordinal(below, locale)
    return f"{cardinal(above, locale)} {name}{'s' if above > 1 and not name.endswith('s') else ''}"


def _glyph(match: re.Match[str], locale: str) -> str:
    above, below = _GLYPHS[match["glyph"]]
    if not match["whole"]:
        return f" {fraction(above, below, locale)} "
    whole = number(match["whole"], locale)
    return f"{whole} et demi " if (above, below) == (1, 2) else f"{whole} {fraction(above, below, locale)} "


def _mixed(match: re.Match[str], locale: str) -> str | None:
    above, below = int(match["above"]), int(match["below"])
    if above >= below:
        return None
    whole = whole_number(match["whole"], locale)
    return f"{whole} et demi" if (above, below) == (1, 2) else f"{whole} {fraction(above, below, locale)}"


def _slash(match: re.Match[str], locale: str) -> str:
    """A fraction when it can be one; marks and counts are `sur`: `14/20`, `7/7`, `9/10`."""
    above, below = int(match["above"]), int(match["below"])
    simple = 0 < above < below and (below <= 9 or (above == 1 and below in (10, 12, 16, 32, 60, 100, 1000)))
    if simple and match["above"][0] != "0":
        return fraction(above, below, locale)
    return f"{whole_number(match['above'], locale)} sur {whole_number(match['below'], locale)}"


def _round(match: re.Match[str], _: str) -> str:
    return {"2": "demi-finale", "4": "quart de finale", "8": "huitième de finale", "16": "seizième de finale",
            "32": "trente-deuxième de finale"}[match["below"]] + ("s" if match["s"] else "")  # fmt: skip


def _half_an_hour(match: re.Match[str], locale: str) -> str:
    if match["whole"]:
        words = number(match["whole"], locale, feminine=True)
        return f"{words} heure{'s' if is_plural(match['whole']) else ''} et demie"
    return "demi-heure" if match["article"] is not None else "une demi-heure"


def _ratio(match: re.Match[str], locale: str) -> str:
    return f"{number(match['above'], locale)} pour {number(match['below'], locale)}"


def _picture(match: re.Match[str], locale: str) -> str:
    return fraction(int(match["above"]), int(match["below"]), locale)


def _verse(match: re.Match[str], locale: str) -> str:
    last = f" à {whole_number(match['last'], locale)}" if match["last"] else ""
    plural = "s" if match["last"] else ""
    return f"chapitre {whole_number(match['c'], locale)}, verset{plural} {whole_number(match['v'], locale)}{last}"


_BOOK = re.compile(rf"(?:{_BIBLE})\.? $")
EARLY = (
    Rule(
        "half an hour",
        re.compile(
            r"(?:(?P<article>(?<=\bune )|(?<=demi )|(?<=cette ))|(?<![\w.,/]))(?:(?P<whole>\d{1,2}) ?(?:h|heures?) ?)?"
            r"(?:1/2|½)(?(whole)(?!\w)| ?(?:h|heure)(?![\w]))"
        ),
        _half_an_hour,
    ),
    Rule(
        "chapter and verse",
        re.compile(r"(?:(?<=\w )|^)(?P<c>\d{1,3})[:,] ?(?P<v>\d{1,3})(?:[-–](?P<last>\d{1,3}))?(?!\w)"),
        lambda match, locale: _verse(match, locale) if _BOOK.search(match.string, 0, match.start()) else None,
    ),
    Rule(
        "formats of a picture", re.compile(rf"{START}(?P<above>4|16|21|3):(?P<below>3|9|2)(?![\w:]|[.,]\d)"), _picture
    ),
    Rule(
        "scales",
        re.compile(
            r"(?:(?<=chelle )|(?<=chelle de )|(?<=rapport )|(?<=rapport de )|(?<=ratio )|(?<=ratio de ))"
            r"(?P<above>\d{1,4}) ?[:/] ?(?P<below>\d{1,3}(?: \d{3}){0,2}|\d{4,7})(?!\w)"
        ),
        _ratio,
    ),
)
"""Before times: these too have a colon, or hours."""

RULES = (
    Rule(
        "rounds of a cup",
        re.compile(r"(?<![\w.,/])(?:1/)(?P<below>2|4|8|16|32)(?:e|es|ème|èmes)? ?(?:de )?finale(?P<s>s?)\b"),
        _round,
    ),
    Rule(
        "fractions in one sign",
        re.compile(rf"(?:(?<![\w.,])(?P<whole>\d{{1,6}}) ?)?(?P<glyph>[{''.join(_GLYPHS)}])"),
        _glyph,
    ),
    Rule(
        "whole numbers and fractions",
        re.compile(rf"(?<![\w.,/])(?P<whole>[1-9]\d?) (?P<above>[1-9])/(?P<below>[2-9]){_NO_MORE}"),
        _mixed,
    ),
    Rule(
        "fractions",
        re.compile(rf"{START}(?P<above>\d{{1,4}}) ?[/⁄] ?(?P<below>\d{{1,4}})(?:e|es|ème|èmes)?{_NO_MORE}"),
        _slash,
    ),
    Rule("ratios", re.compile(rf"{START}(?P<above>\d{{1,4}}) ?: ?(?P<below>\d{{1,4}})(?![\w:]|[.,]\d)"), _ratio),
)
