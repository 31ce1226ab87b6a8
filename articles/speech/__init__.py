"""Written text to speakable text: named rules, applied once each, in a visible order.

Each family of rules is a module; beside it lies a file of the same name with examples (`written => spoken`), which
anyone can extend and which the tests run through the whole chain.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from articles.speech import en, fr
from articles.speech.common import leftovers, typography
from articles.speech.line import Fired, Line, Rule
from articles.speech.markup import NO_MARKUP, word_spans

LANGUAGES: dict[str, tuple[Rule, ...]] = {"fr": fr.RULES, "en": en.RULES}
"""The rules of each language that has its own."""


class Pronunciations(Protocol):
    """What an edition says about single words: articles.lexicon.Lexicon."""

    def apply(self, line: Line, locale: str) -> Line:
        """The line with the words that it knows held for what is said instead."""
        ...


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
    return (*typography.RULES, *_after_lexicon(locale))


def speak(written: str, locale: str, lexicon: Pronunciations | None = None) -> Spoken:
    """What is said for `written` in this locale.

    Typography comes first, so that the lexicon finds its words however they are typeset; a word that it holds is out
    of every later rule's reach.
    """
    line = _applied(typography.RULES, Line.of(written), locale)
    if lexicon is not None:
        line = lexicon.apply(line, locale)
    line = _applied(_after_lexicon(locale), line, locale).settled()
    return Spoken(line.text, tuple(_words(line)), line.fired)


def _after_lexicon(locale: str) -> tuple[Rule, ...]:
    return (*LANGUAGES.get(locale.split("-")[0], ()), NO_MARKUP, *leftovers.RULES)


def _applied(rules: tuple[Rule, ...], line: Line, locale: str) -> Line:
    for rule in rules:
        line = line.apply(rule, locale)
    return line


def _words(line: Line) -> Iterator[SpokenWord]:
    for start, end in word_spans(line.text):
        origins = line.origins[start:end]
        yield SpokenWord(line.text[start:end], min(low for low, _ in origins), max(high for _, high in origins))
