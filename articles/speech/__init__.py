"""Written text to speakable text: named rules, applied once each, in a visible order.

Each family of rules is a module; beside it lies a file of the same name with examples (`written => spoken`), which
anyone can extend and which the tests run through the whole chain.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.speech import en, fr
from articles.speech.common import leftovers, typography
from articles.speech.line import Fired, Line, Rule

LANGUAGES: dict[str, tuple[Rule, ...]] = {"fr": fr.RULES, "en": en.RULES}
"""The rules of each language that has its own."""


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word as spoken, and the part [start, end) of the written text that it stands for."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a voice is given: its text, its words with the way back, and the rules that fired on the way."""

    text: str
    words: tuple[SpokenWord, ...]
    fired: tuple[Fired, ...]


def rules_for(locale: str) -> tuple[Rule, ...]:
    """Every rule of a locale (`fr`, `fr-CH`, `en-GB` …) in the order in which they are applied."""
    return (*typography.RULES, *LANGUAGES.get(locale.split("-")[0], ()), *leftovers.RULES)


def speak(written: str, locale: str) -> Spoken:
    """What is said for `written` in this locale."""
    line = Line.of(written)
    for rule in rules_for(locale):
        line = line.apply(rule, locale)
    return Spoken(line.text, tuple(_words(line)), line.fired)


def _words(line: Line) -> Iterator[SpokenWord]:
    for match in re.finditer(r"\S+", line.text):
        if any(map(str.isalnum, match[0])):
            origins = line.origins[match.start() : match.end()]
            yield SpokenWord(match[0], min(low for low, _ in origins), max(high for _, high in origins))
