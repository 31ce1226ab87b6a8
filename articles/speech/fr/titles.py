"""Titles before names: M., MM., Mme, Mlle, Dr, Pr, Me, Mgr; St- and Ste- in names; initials."""

import re

from articles.speech.line import Rule

_CAPITAL = "A-ZÀ-ÖØ-ÞŒ"
_NAME = rf"(?= ?(?:[{_CAPITAL}][\w’.-]|[{_CAPITAL}]\. ?[{_CAPITAL}]|X(?!\w)|d[eu] |d’|le |la |l’|et M|et les? ))"
_TITLES = {
    "Mme": "madame", "MME": "madame", "Mmes": "mesdames", "MMES": "mesdames", "Mlle": "mademoiselle",
    "MLLE": "mademoiselle", "Mlles": "mesdemoiselles", "Mgr": "monseigneur", "MGR": "monseigneur",
    "Dr": "docteur", "DR": "docteur", "Drs": "docteurs", "Dre": "docteure", "Pr": "professeur", "PR": "professeur",
    "Prs": "professeurs", "Pre": "professeure", "Prof": "professeur", "Me": "maître", "Mes": "maîtres",
    "Vve": "veuve", "Cdt": "commandant", "Cne": "capitaine", "Lt": "lieutenant", "Col": "colonel", "Gal": "général",
    "Sgt": "sergent", "Adj": "adjudant",
}  # fmt: skip
_SAFE = "Mmes|MMES|Mme|MME|Mlles|Mlle|MLLE|Mgr|MGR"
_BEFORE_A_NAME = "Drs|Dre|Dr|DR|Prs|Pr|Prof|Vve|Cdt|Cne|Lt|Col|Gal|Sgt|Adj"
_GIVEN = re.compile(r"(?:\b[A-ZÀ-Þ]\.[ -]?|\b[A-ZÀ-Þ] |-)$")


def _sir(match: re.Match[str], _: str) -> str | None:
    """`M. Durand`; an M between initials stays: `J. M. Durand`, `J.-M. Durand`, spelt letters too."""
    if _GIVEN.search(match.string, max(0, match.start() - 4), match.start()):
        return None
    return "monsieur "


def _title(match: re.Match[str], _: str) -> str:
    return _TITLES[match[1]]


def _initial(match: re.Match[str], _: str) -> str:
    return f"{match[1]} "


def _saint(match: re.Match[str], _: str) -> str:
    word = "Sainte" if "e" in match["kind"].lower() else "Saint"
    return word + ("s" if match["kind"].endswith("s") else "") + match["gap"]


RULES = (
    Rule(
        "messieurs",
        re.compile(rf"(?<![\w.])MM(?:\. ?|(?= [{_CAPITAL}][a-zà-ÿ’]))(?=[{_CAPITAL}][\w’.]|les |de |d’|X )"),
        lambda *_: "messieurs ",
    ),
    Rule(
        "monsieur",
        re.compile(
            rf"(?<![\w.])M\. ?{_NAME.replace('(?= ?', '(?=')}|(?<![\w.])M\. (?=[{_CAPITAL}]\.(?:$| [^{_CAPITAL}]))"
        ),
        _sir,
    ),
    Rule(
        "monsieur without a stop",
        re.compile(rf"(?<![\w.’-])(?<!(?<!\w)[{_CAPITAL}] )(?:Mr|Mr\.) ?(?=[{_CAPITAL}][\w’.-])"),
        lambda *_: "monsieur ",
    ),
    Rule("madame", re.compile(rf"(?<![\w.])({_SAFE})(?!\w)(?:\.(?= ))?(?! ?$)"), _title),
    Rule("titles before names", re.compile(rf"(?<![\w.-])({_BEFORE_A_NAME})(?!\w)\.?(?= [{_CAPITAL}][\w’.])"), _title),
    Rule(
        "maître",
        re.compile(rf"(?<![\w.-])(Mes?)\.? (?=[{_CAPITAL}][\w’])"),
        lambda match, _: _TITLES[match[1]] + " ",
    ),
    Rule(
        "saints",
        re.compile(rf"(?<![\w.])(?P<kind>Ste?s?|STE?)\.?(?P<gap>[- ])(?=[{_CAPITAL}][a-zà-ÿ’{_CAPITAL}]{{2}})"),
        _saint,
    ),
    Rule("our lady", re.compile(r"(?<!\w)N\.?-D\.?(?!\w)"), lambda *_: "Notre-Dame"),
    Rule(
        "initials",
        re.compile(
            rf"(?<![\w.])(?<!(?<!\w)[{_CAPITAL}] )([{_CAPITAL}])\."
            rf"(?:[ -]|(?=[{_CAPITAL}][a-zà-ÿ]))(?=[{_CAPITAL}][\w’.]|\d)"
        ),
        _initial,
    ),
)
