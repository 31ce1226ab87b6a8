"""Acronyms spoken or spelt, letters with figures, dotted letters; the lexicon comes first and is left alone."""

import re

from articles.speech.fr.counting import START, cardinal, whole_number
from articles.speech.fr.letters import said, spelt
from articles.speech.line import Rule

_UPPER = "A-ZÀ-ÖØ-ÞŒ"
_WITH_FIGURES = {
    "H24": "vingt-quatre heures sur vingt-quatre",
    "h24": "vingt-quatre heures sur vingt-quatre",
    "4L": "quatre L",
    "COVID-19": "covid dix-neuf",
    "Covid-19": "covid dix-neuf",
    "covid-19": "covid dix-neuf",
    "CO2": "C O deux",
    "CO₂": "C O deux",
    "H2O": "H deux O",
    "H₂O": "H deux O",
    "B2B": "bi tou bi",
    "B2C": "bi tou ci",
    "R&D": "R et D",
    "P2P": "pire tou pire",
}
_WHOLE = {


    "BtoB": "bi tou bi", "BtoC": "bi tou ci",   "Wi-Fi": "oui-fi",
    "wi-fi": "oui-fi", "wifi": "oui-fi", "Wifi": "oui-fi", "WiFi": "oui-fi", "PhD": "P H D", "iOS": "aille O S",
    "iPhone": "aïlle-faune", "iPad": "aïlle-pad", "Insee": "Inssé", "Covid": "covid", "Ehpad": "épade", "Smic": "Smik",
    "Ademe": "Adème", "Medef": "Médef", "Pacs": "Paxe", "pacs": "paxe", "kWh": "kilowattheure", "e-mail": "i-mèle",
    "e-mails": "i-mèles", "email": "i-mèle", "emails": "i-mèles", "CO": "C O", }  # fmt: skip


def _dotted(match: re.Match[str], _: str) -> str:
    """`S.N.C.F.`: its letters; the stop stays where it also ends the text."""
    ends = match[0].endswith(".") and match.end() == len(match.string)
    return spelt(match[0]) + ("." if ends else "")


def _capitals(match: re.Match[str], _: str) -> str:
    return said(match[1])


def _with_figures(match: re.Match[str], locale: str) -> str:
    """`A7`, `T3`, `G20`, `COVID-19`, `MP3`: the letters, then the number."""
    letters = match["letters"]
    word = letters if len(letters) == 1 else said(letters)
    figures = match["figures"]
    return f"{word} {whole_number(figures, locale)}"


def _figures_first(match: re.Match[str], locale: str) -> str:
    return f"{cardinal(int(match['figures']), locale)} {spelt(match['letters'])}"


def _countdown(match: re.Match[str], locale: str) -> str:
    sign = "pluss" if match["sign"] == "+" else "moins"
    return f"{match['what']} {sign} {whole_number(match['figures'], locale)}"


def _known(forms: dict[str, str]) -> re.Pattern[str]:
    listed = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    return re.compile(rf"(?<![\w-])(?:{listed})(?![\w²³&]|-\w)")


FIGURES = (
    Rule(
        "countdowns",
        re.compile(r"(?<!\w)(?P<what>J|H|[Bb]ac|BAC) ?(?P<sign>[+−-]) ?(?P<figures>\d{1,3})(?!\w)"),
        _countdown,
    ),
    Rule(
        "letters before figures",
        re.compile(rf"(?<![\w&])(?P<letters>[{_UPPER}]{{1,6}})[ -]?(?<![ ])(?P<figures>\d{{1,6}})(?![\w,.]?\d)"),
        _with_figures,
    ),
    Rule(
        "figures before letters",
        re.compile(rf"{START}(?P<figures>\d{{1,4}})(?P<letters>[{_UPPER}]{{1,3}})(?!\w)"),
        _figures_first,
    ),
)
"""Before numbers alone."""

RULES = (
    Rule("known forms", _known(_WHOLE), lambda match, _: _WHOLE[match[0]]),
    Rule("capitals", re.compile(rf"(?<!\w)([{_UPPER}]{{2,40}})s?(?!\w)"), _capitals),
)
"""After all figures have become words."""
DOTTED = (
    Rule(
        "dotted letters",
        re.compile(
            rf"(?<![\w.])(?<!(?<!\w)[{_UPPER}] )(?!M\. |N\.-D|J\.-C\.(?! [A-Z][a-z]))"
            rf"(?:[{_UPPER}]\.[ -]?(?=[{_UPPER}]\.)){{1,9}}[{_UPPER}]\.(?!\w)"
        ),
        _dotted,
    ),
)
KNOWN = (Rule("known forms with figures", _known(_WITH_FIGURES), lambda match, _: _WITH_FIGURES[match[0]]),)
