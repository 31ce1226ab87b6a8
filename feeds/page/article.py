"""A reading as the page shows it: blocks of sentences, each sentence with its words' times in one attribute."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, takewhile
from typing import Final

from articles.issue import BlockKind
from feeds.reading import Paragraph, Reading, Sentence, Word
from feeds.shown import shown
from feeds.text import clock_text

HEAD: Final = frozenset({BlockKind.KICKER, BlockKind.HEADLINE, BlockKind.STANDFIRST, BlockKind.BYLINE})


class Shape(StrEnum):
    """What a run of blocks looks like on the page."""

    TEXT = "text"
    HEADING = "heading"
    LIST = "list"
    QUOTATION = "quotation"
    CAPTION = "caption"
    TABLE = "table"
    ASIDE = "aside"


_SHAPES: Final = {
    BlockKind.HEADING: Shape.HEADING,
    BlockKind.LIST_ITEM: Shape.LIST,
    BlockKind.QUOTATION: Shape.QUOTATION,
    BlockKind.CAPTION: Shape.CAPTION,
    BlockKind.TABLE: Shape.TABLE,
    BlockKind.SIDEBAR: Shape.ASIDE,
    BlockKind.FOOTNOTE: Shape.ASIDE,
}


@dataclass(frozen=True, slots=True)
class Run:
    """A sentence, or a part of one that `joins` the part before it: `lead` goes before it, `language` is empty where
    it is the block's.

    `times` is for the player: hundredths of a second at which it starts and ends; then for each word the hundredths
    since the word before it (the first: since the start), its length, and, unless it is 1, how many characters
    lie before it. Characters are counted as JavaScript does, in UTF-16 units.
    """

    lead: str
    text: str
    language: str
    times: str
    announcement: bool
    joins: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One block: its language, empty where it is the article's, and its runs; `at` is its time as text."""

    kind: BlockKind
    language: str
    at: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """An article's text: the idents before it, what heads it, each kind once, and the rest in runs of one shape."""

    idents: tuple[Line, ...]
    head: dict[BlockKind, Line]
    body: tuple[tuple[Shape, tuple[Line, ...]], ...]
    estimated: bool


def text_of(reading: Reading) -> Text:
    """The reading for the page."""
    idents = tuple(takewhile(lambda paragraph: paragraph.ident, reading.paragraphs))
    head: dict[BlockKind, Line] = {}
    rest: list[Paragraph] = []
    for paragraph in reading.paragraphs[len(idents) :]:
        if paragraph.kind in HEAD and paragraph.kind not in head and not rest:
            head[paragraph.kind] = _line(paragraph, reading.language)
        else:
            rest.append(paragraph)
    shapes = groupby(rest, key=lambda paragraph: _SHAPES.get(paragraph.kind, Shape.TEXT))
    body = tuple((shape, tuple(_line(each, reading.language) for each in run)) for shape, run in shapes)
    return Text(tuple(_line(each, reading.language) for each in idents), head, body, reading.estimated)


def _line(paragraph: Paragraph, language: str) -> Line:
    runs = tuple(_run(sentence, paragraph.language) for sentence in paragraph.sentences)
    own = "" if paragraph.language == language else paragraph.language
    return Line(paragraph.kind, own, clock_text(paragraph.sentences[0].start_s), runs)


def _run(sentence: Sentence, language: str) -> Run:
    parts = [(shown(part), None) if isinstance(part, str) else (shown(part.text), part) for part in sentence.parts()]
    if sentence.joins_previous:  # the space inside a sentence is marked with it
        parts.insert(0, (sentence.lead, None))
    return Run(
        lead="" if sentence.joins_previous else sentence.lead,
        text="".join(text for text, _ in parts),
        language="" if sentence.language == language else sentence.language,
        times=" ".join(_times(sentence, parts)),
        announcement=sentence.announcement,
        joins=sentence.joins_previous,
    )


def _times(sentence: Sentence, parts: Sequence[tuple[str, Word | None]]) -> Iterator[str]:
    reached, gap = _hundredths(sentence.start_s), 0
    yield f"{reached} {_hundredths(sentence.end_s)}"
    for text, word in parts:
        if word is None:
            gap += _units(text)
            continue
        start = _hundredths(word.start_s)
        yield f"{start - reached},{_units(text)}" + (f",{gap}" if gap != 1 else "")
        reached, gap = start, 0


def _hundredths(seconds: float) -> int:
    # Rounded down: a jump to a word must not land behind its beginning.
    return round(seconds * 1000) // 10


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
