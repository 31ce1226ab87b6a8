"""Powers of ten, powers, exponents, and what mathematics puts between numbers."""

import re

from articles.speech.fr.counting import NUMBER, START, number, whole_number
from articles.speech.line import Rule

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_EXPONENT = r"(?:\^ ?\(?(?P<{0}>[-−+]?\d{{1,4}})\)?|(?P<{1}>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,4}}))"


def _power(match: re.Match[str], locale: str) -> str:
    exponent = (match["exponent"] or match["raised"]).translate(_RAISED)
    figures = exponent.lstrip("-−+")
    words = ("moins " if exponent[0] in "-−" else "") + whole_number(figures, locale)
    base = match["base"]
    said = number(base, locale) if base[0].isdigit() else base
    if base != "10" and words in ("deux", "trois"):
        return f"{said} au {'carré' if words == 'deux' else 'cube'}"
    return f"{said} puissance {words}"


def _scientific(match: re.Match[str], locale: str) -> str:
    return f"{number(match['factor'], locale)} fois {_power(match, locale)}"


def _with_e(match: re.Match[str], locale: str) -> str:
    sign = "moins " if match["sign"] in "-−" and match["sign"] else ""
    return f"{number(match['factor'], locale)} fois dix puissance {sign}{whole_number(match['exponent'], locale)}"


_UP = _EXPONENT.format("exponent", "raised")

RULES = (
    Rule(
        "scientific notation", re.compile(rf"{START}(?P<factor>{NUMBER}) ?[×x·⋅*.] ?(?P<base>10) ?{_UP}"), _scientific
    ),
    Rule(
        "exponents with E",
        re.compile(
            rf"{START}(?P<factor>\d{{1,15}}(?:[.,]\d{{1,15}})?)[eE](?P<sign>[-−+]?)(?P<exponent>\d{{1,3}})(?!\w)"
        ),
        _with_e,
    ),
    Rule("powers", re.compile(rf"{START}(?P<base>\d{{1,15}}) ?{_UP}"), _power),
)
LETTERS = (
    Rule("powers of letters", re.compile(rf"(?<![^\W\d_]{{2}})(?P<base>(?<![^\W_])[a-zA-Zπ]|mc){_UP}(?!\w)"), _power),
)
