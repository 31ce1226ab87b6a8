"""A sentence cut at its white space: the smallest parts that a transcript can show at a time of their own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

from feeds.reading import Paragraph, Sentence, Word
from feeds.shown import shown

_BREAK: Final = re.compile(r"[ \t\r\n]+")  # not at no-break spaces: French puts them before its high punctuation


@dataclass(frozen=True, slots=True)
class Part:
    """Text in one language by one voice; `start_s` where a word begins with it."""

    text: str
    language: str
    voice: str
    start_s: float | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A word with the punctuation around it, or a few words that are said as one; heard from `start_s` to `end_s`."""

    parts: tuple[Part, ...]
    start_s: float
    end_s: float

    @property
    def text(self) -> str:
        """What is printed."""
        return "".join(part.text for part in self.parts)


@dataclass(slots=True)
class _Open:
    """A unit that may still grow, or of which no time is known yet."""

    parts: list[Part]
    start_s: float | None = None
    end_s: float = 0.0

    def add(self, part: Part, word: Word | None) -> None:
        self.parts.append(part)
        if word:
            self.start_s = word.start_s if self.start_s is None else self.start_s
            self.end_s = word.end_s


def sentences_of(paragraph: Paragraph) -> Iterator[tuple[Sentence, ...]]:
    """The paragraph's whole sentences: each take with those that go on with it in another language."""
    starts = [place for place, sentence in enumerate(paragraph.sentences) if not sentence.joins_previous]
    for first, last in pairwise([*starts, len(paragraph.sentences)]):
        yield paragraph.sentences[first:last]


def units_of(sentences: Sequence[Sentence]) -> tuple[Unit, ...]:
    """One whole sentence in units; joined with a space they are its text, runs of white space as one.

    What holds no word, such as a dash between spaces, belongs to the unit before it, at the beginning to the next.
    """
    found: list[_Open] = [_Open([])]
    for sentence in sentences:
        if sentence.lead:
            found.append(_Open([]))
        for text, word in _pieces(sentence):
            if text:
                found[-1].add(Part(text, sentence.language, sentence.voice, word.start_s if word else None), word)
            else:
                found.append(_Open([]))
    timed = _together([unit for unit in found if unit.parts])
    if timed and timed[0].start_s is None:  # a sentence without a word
        timed[0].start_s, timed[0].end_s = sentences[0].start_s, sentences[-1].end_s
    return tuple(Unit(tuple(unit.parts), unit.start_s or 0.0, unit.end_s) for unit in timed)


def _pieces(sentence: Sentence) -> Iterator[tuple[str, Word | None]]:
    """Words, and the runs of other characters between them; an empty one is a place to break."""
    for part in sentence.parts():
        if isinstance(part, Word):
            yield _BREAK.sub(" ", shown(part.text)), part
            continue
        for run, text in groupby(re.split(r"([ \t\r\n]+)", shown(part)), key=lambda text: not text.strip(" \t\r\n")):
            if not run:
                yield "".join(text), None
            elif any(text):
                yield "", None


def _together(found: Sequence[_Open]) -> list[_Open]:
    """The units, those without a word made part of a neighbour."""
    timed: list[_Open] = []
    for unit in found:
        if timed and (unit.start_s is None or timed[-1].start_s is None):
            last = timed[-1]
            last.parts[-1] = replace(last.parts[-1], text=last.parts[-1].text + " ")
            last.parts += unit.parts
            last.start_s = unit.start_s if last.start_s is None else last.start_s
            last.end_s = max(last.end_s, unit.end_s)
        else:
            timed.append(unit)
    return timed
