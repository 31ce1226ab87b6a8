"""Correct French that the engine says wrongly, respelt for the ear; heard and checked in its phonemes."""

import re

from articles.speech.line import Rule

_TAKEN_FOR_ENGLISH = {
    "fahrenheit": "farenaïte", "kelvin": "kelvine", "newton": "niouton", "kilonewton": "kiloniouton",
    "sievert": "sivèrte", "millisievert": "milli-sivèrte", "microsievert": "micro-sivèrte", "sterling": "sterlingue",
    "won": "ouonne", "zloty": "zloti", "bitcoin": "bitcoïne", "élisabeth": "élizabète", "léopold": "léopolde",
    "week-end": "ouikènde", "weekend": "ouikènde", "milliseconde": "milli-seconde", "microseconde": "micro-seconde",
    "nanoseconde": "nano-seconde",
}  # fmt: skip


def _respelt(match: re.Match[str], _: str) -> str:
    said = _TAKEN_FOR_ENGLISH[match["word"].lower()]
    return (said.capitalize() if match["word"][0].isupper() else said) + match["s"]


RULES = (
    Rule(
        "words taken for English",
        re.compile(rf"(?<![\w-])(?P<word>{'|'.join(_TAKEN_FOR_ENGLISH)})(?P<s>s?)(?![\w-])", re.IGNORECASE),
        _respelt,
    ),
    Rule("bits", re.compile(r"((?:kilo|méga|giga|téra)bit)s?(?!\w)"), lambda match, _: match[1] + "ts"),
    # it makes a liaison in quatre-vingt-onze, none in vingt heures
    Rule("quatre-vingt-onze", re.compile(r"(?<!\w)([Qq]uatre-vin)gt(?=-onz)"), lambda match, _: match[1]),
    Rule(
        "vingt heures", re.compile(r"(?<!\w)(?<!quatre-)([Vv]in)gt(?= heures?(?!\w))"), lambda match, _: match[1] + "te"
    ),
    # dix, six and huit keep their last consonant before virgule and puissance
    Rule("dix virgule", re.compile(r"(?<=[ds]i)x(?= (?:virgule|puissance|fois|sur|à|au)(?!\w))"), lambda *_: "ss"),
    Rule("huit virgule", re.compile(r"(?<=huit)(?= (?:virgule|puissance|fois|sur)(?!\w))"), lambda *_: "e"),
    Rule(
        "east",
        re.compile(
            r"(?=[eE]st)(?:(?<=\bà l’)|(?<=\bdans l’)|(?<=\bvers l’)|(?<=\bde l’)|(?<=\bplein )|(?<=’Europe de l’))"
            r"(est|Est)(?= (?:d|,)|[.,;:!?)]|$)"
        ),
        lambda *_: "esst",
    ),
)
