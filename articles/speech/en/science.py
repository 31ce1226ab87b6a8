"""Powers of ten, exponents, formulas and the signs of arithmetic."""

import re

from articles.speech.en.letters import spell
from articles.speech.en.say import FIGURE, american, apart, signed, spoken, whole
from articles.speech.en.tables import any_of
from articles.speech.en.units import PER_ONE, SYMBOLS, names
from articles.speech.line import Rule

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_EXPONENT = r"(?:\^\(?[-−+]?[0-9]{1,4}\)?|[⁻⁺]?[⁰¹²³⁴-⁹]{1,4})"
_SIGNS = {
    "=": "equals",
    "<": "is less than",
    ">": "is greater than",
    "≤": "is at most",
    "≥": "is at least",
    "≈": "is about",
    "≠": "is not equal to",
    "±": "plus or minus",
    "×": "times",
    "÷": "divided by",
    "−": "minus",
    "+": "plus",
}


def _power(exponent: str, locale: str) -> str:
    plain = exponent.translate(_RAISED).strip("^()").replace("−", "-")
    number = int(plain)
    if number in (2, 3):
        return "squared" if number == 2 else "cubed"
    if number < 0:
        return f"to the power of minus {whole(-number, locale)}"
    return f"to the power of {whole(number, locale)}"


def _scientific(match: re.Match[str], locale: str) -> str:
    exponent = match[3].translate(_RAISED).strip("^()").replace("−", "-")
    said = f"minus {whole(-int(exponent), locale)}" if exponent.startswith("-") else whole(int(exponent), locale)
    return f"{signed(match[1], match[2], locale)} times ten to the power of {said}{_unit(match, locale)}"


def _unit(match: re.Match[str], locale: str) -> str:
    if not match["unit"]:
        return ""
    said = f" {names(match['unit'])[1]}" + (f" per {PER_ONE[match['per']]}" if match["per"] else "")
    return said.replace("metre", "meter").replace("litre", "liter") if american(locale) else said


def _exponential(match: re.Match[str], locale: str) -> str:
    sign, digits = match[3] or "", match[4]
    said = f"{'minus ' if sign in '-−' and sign else ''}{whole(int(digits), locale)}"
    return f"{signed(match[1], match[2], locale)} times ten to the power of {said}"


def _raised(match: re.Match[str], locale: str) -> str:
    base = match[1]
    said = spoken(base, locale) if base[0].isdecimal() else base
    return apart(match, f"{said} {_power(match[2], locale)}")


def _formula(match: re.Match[str], locale: str) -> str:
    """`CO2`, `H2O`: letters and numbers in turn."""
    pieces = re.findall(r"[A-Z][a-z]?|[0-9]+", match[0])
    said: list[str] = []
    run = ""
    for piece in pieces:
        if piece.isdecimal():
            said += [spell(run)] if run else []
            said.append(whole(int(piece), locale))
            run = ""
        else:
            run += piece
    return " ".join([*said, spell(run)] if run else said)


RULES = (
    Rule(
        "powers of ten",
        re.compile(
            rf"(?<![\w.,])([+−-])?({FIGURE}) ?[×x·*] ?10({_EXPONENT})"
            rf"(?:(?: ?(?P<unit>{SYMBOLS})(?:/(?P<per>{any_of(PER_ONE)}))?)(?![\w²³])|(?!\w))"
        ),
        _scientific,
    ),
    Rule(
        "exponential notation",
        re.compile(r"(?<![\w.,])([+−-])?([0-9]+(?:\.[0-9]+)?)[eE]([+−-]?)([0-9]{1,3})(?!\w)"),
        _exponential,
    ),
    Rule("exponents", re.compile(rf"(?<![\w.,])([0-9]+(?:\.[0-9]+)?|[A-Za-z]|mc)({_EXPONENT})(?!\w)"), _raised),
    Rule(
        "formulas",
        re.compile(r"(?<!\w)(?:CO2|H2O|N2O|NO2|SO2|CH4|NH3|O2|O3|H2|N2|H2SO4|C6H12O6|PM10|PM2)(?![\w]|\.\d)"),
        _formula,
    ),
    Rule("fine dust", re.compile(r"(?<!\w)PM2\.5(?!\w)"), lambda *_: "P.M two point five"),
    Rule("roots", re.compile(rf"√ ?({FIGURE})"), lambda m, locale: f"the square root of {spoken(m[1], locale)}"),
    Rule(
        "signs of arithmetic between spaces",
        re.compile(r"(?<=[\w)%’”]) ([=<>≤≥≈≠±×÷−+]) (?=[\w(−+-])"),
        lambda m, _: f" {_SIGNS[m[1]]} ",
    ),
    Rule("equals", re.compile(r"(?<=\w)=(?=\w)"), lambda *_: " equals "),
    Rule("about", re.compile(r"[~≈] ?(?=[€$£]?[0-9])"), lambda *_: "about "),
    Rule(
        "bounds",
        re.compile(r"(?<![\w<>])([<>≤≥]) ?(?=[€$£]?[0-9])"),
        lambda m, _: {"<": "less than ", ">": "more than ", "≤": "at most ", "≥": "at least "}[m[1]],
    ),
)
