"""Ordinals in figures: 1er, 1re, 2e, 2nde, 75e, 3ᵉ, 1°."""

import re

from articles.speech.fr.counting import ordinal
from articles.speech.line import Rule

_MASCULINE = r"er|ᵉʳ|ier"
_FEMININE = r"ère|re|ʳᵉ|ière"
_ANY = r"ièmes?|iemes?|èmes?|emes?|ème|ᵉ|e|è"
_LATIN = ("primo", "secundo", "tertio", "quarto", "quinto", "sexto", "septimo", "octavo", "nono")


def _first(match: re.Match[str], _: str) -> str:
    word = "premier" if match["m"] else "première"
    return word + ("s" if match["s"] else "")


def _second(match: re.Match[str], _: str) -> str:
    return ("seconde" if match["f"] else "second") + ("s" if match["s"] else "")


def _nth(match: re.Match[str], locale: str) -> str:
    plural = "s" if match["s"] or match["mark"].endswith("s") else ""
    return ordinal(int(re.sub(r"\D", "", match["n"])), locale) + plural


def _both(match: re.Match[str], locale: str) -> str:
    """`3e-4e`, `5e/6e`: an ordinal whose sign is behind the second figure only is left to the numbers."""
    return f"{ordinal(int(match['a']), locale)} {ordinal(int(match['b']), locale)}"


RULES = (
    Rule(
        "first", re.compile(rf"(?=[0-9])(?<![\w.,])1 ?(?:(?P<m>{_MASCULINE})|(?:{_FEMININE}))(?P<s>s?)(?!\w)"), _first
    ),
    Rule("second", re.compile(r"(?=[0-9])(?<![\w.,])2n?d(?P<f>e?)(?P<s>s?)(?!\w)"), _second),
    Rule(
        "centuries in figures",
        re.compile(r"(?=[0-9])(?<![\w.,])(?P<n>[12]?\d)(?:e|ème) s\.(?!\w)"),
        lambda match, locale: f"{ordinal(int(match['n']), locale)} siècle",
    ),
    Rule(
        "two ordinals",
        re.compile(r"(?=[0-9])(?<![\w.,])(?P<a>\d{1,3})(?:e|ème)[-/–](?P<b>\d{1,3})(?:e|ème)(?!\w)"),
        _both,
    ),
    Rule(
        "ordinals",
        re.compile(
            rf"(?=[0-9])(?<![\w.,/])(?P<n>\d{{1,3}}(?: \d{{3}})?|\d{{4,6}})"
            rf" ?(?P<mark>(?<! ){_ANY}|(?<=\d)e)(?P<s>s?)(?!\w)"
        ),
        _nth,
    ),
    Rule(
        "in the first place",
        re.compile(r"(?:(?<=^)|(?<=[;:,] ))(?P<n>[1-9])[°º](?:\)| )(?=\D)"),
        lambda match, _: f"{_LATIN[int(match['n']) - 1]}, ",
    ),
)
LETTERS = (Rule("nth", re.compile(r"(?<!\w)[nN](?:-?i?ème|ᵉ)(?!\w)"), lambda *_: "énième"),)
