"""Words of a page's regions to lines, and lines to paragraphs."""

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.importers.clean import clean
from articles.importers.draft import Passage, Run
from articles.importers.lines import before_next, compounds_of
from articles.importers.pdf_columns import Word
from articles.issue import BlockKind

EDGE_SHARE = 0.08
"""Running heads and page numbers stand in this share of a page's height at its top and bottom."""

_BULLET = re.compile(r"[•‣▪◦●·]\s*|[-–]\s+(?=\S)")
_STOP = re.compile(r"[.!?…:;]['\"’”»)\]]*$")
_PAGE_NUMBER = re.compile(r"(?:page|p\.)?\s*\d{1,4}(?:\s*(?:/|of|sur)\s*\d{1,4})?", re.IGNORECASE)
_FIRST_HALF = re.compile(r"(?<![\w’'])[\w’']*-?$")
_SECOND_HALF = re.compile(r"[\w’'-]*")
_DIVIDED = re.compile(r"\w[-\u2010\xad]$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a region, which reaches from `start` to `end`; distances in points."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    page: int
    region: int
    start: float
    end: float
    page_height: float

    @property
    def at_edge(self) -> bool:
        """True for a line in the margin at the top or bottom of its page."""
        return self.bottom < EDGE_SHARE * self.page_height or self.top > (1 - EDGE_SHARE) * self.page_height


def lines_of(regions: Sequence[Sequence[Word]], page: int) -> list[Line]:
    """The lines of a page's regions, in order."""
    lines = []
    for number, words in enumerate(regions):
        start, end = min(word.left for word in words), max(word.right for word in words)
        for row in _rows(words):
            sizes = Counter[float]()
            for word in row:
                sizes[round(word.size, 1)] += len(word.text)
            bold = sum(len(word.text) for word in row if word.bold) > sum(len(word.text) for word in row) / 2
            lines.append(
                Line(
                    text=" ".join(word.text for word in row),
                    left=row[0].left,
                    right=max(word.right for word in row),
                    top=min(word.top for word in row),
                    bottom=max(word.bottom for word in row),
                    size=sizes.most_common(1)[0][0],
                    bold=bold,
                    page=page,
                    region=page * 1000 + number,
                    start=start,
                    end=end,
                    page_height=row[0].page_height,
                )
            )
    return lines


def _rows(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words on one line each, from left to right; a raised or smaller letter belongs to the line that it stands in."""
    row: list[Word] = []
    for word in sorted(words, key=lambda word: ((word.top + word.bottom) / 2, word.left)):
        middle = (word.top + word.bottom) / 2
        if row and not (min(one.top for one in row) <= middle <= max(one.bottom for one in row)):
            yield sorted(row, key=lambda one: one.left)
            row = []
        row.append(word)
    if row:
        yield sorted(row, key=lambda one: one.left)


def without_running_heads(pages: Sequence[Sequence[Line]]) -> tuple[list[Line], list[Line]]:
    """All lines but page numbers and what is repeated at the edge of at least half the pages; and those."""
    seen = Counter(text for page in pages for text in {_signature(line) for line in page if line.at_edge})
    kept, running = [], []
    for page in pages:
        for line in page:
            repeated = len(pages) > 2 and seen[_signature(line)] * 2 >= len(pages)
            if line.at_edge and (repeated or _PAGE_NUMBER.fullmatch(line.text)):
                running.append(line)
            else:
                kept.append(line)
    return kept, running


def _signature(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def paragraphs_of(lines: Sequence[Line]) -> tuple[list[Passage], list[str]]:
    """The paragraphs, those that run on over a column or page made whole, and the words joined at line ends."""
    compounds = compounds_of(" ".join(line.text for line in lines))
    leading = _leading(lines)
    held: list[Line] = []
    passages: list[Passage] = []
    divided: list[str] = []
    for line in lines:
        if held and not _goes_on(held, line, leading):
            passages.append(_passage(held, compounds, divided))
            held = []
        held.append(line)
    if held:
        passages.append(_passage(held, compounds, divided))
    return passages, divided


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance from one line to the next within a region, in letter heights."""
    steps = [
        (after.top - line.top) / line.size
        for line, after in itertools.pairwise(lines)
        if line.region == after.region and line.size and 0 < after.top - line.top < 3 * line.size
    ]
    return statistics.median(steps) if steps else 1.2


def _goes_on(held: list[Line], line: Line, leading: float) -> bool:
    """True if `line` belongs to the paragraph of the lines `held`."""
    last, first = held[-1], held[0]
    if abs(line.size - first.size) > 0.08 * max(line.size, first.size) or line.bold != first.bold:
        return False
    if _BULLET.match(line.text):
        return False
    if line.region != last.region:
        open_end = not _STOP.search(last.text)
        return open_end and (line.text[:1].islower() or bool(_DIVIDED.search(last.text)))
    if line.top - last.top > (leading + 0.45) * last.size:
        return False
    indented = line.left - line.start > 0.7 * line.size and last.left - last.start <= 0.7 * line.size
    if indented and (len(held) > 1 or not _BULLET.match(first.text)):
        return False
    ends_short = last.right < last.end - 0.15 * (last.end - last.start)
    return not (ends_short and _STOP.search(last.text))


def _passage(lines: list[Line], compounds: frozenset[str], divided: list[str]) -> Passage:
    texts = [lines[0].text]
    for line in lines[1:]:
        last = texts[-1]
        texts[-1] = before_next(last, line.text, compounds)
        if _DIVIDED.search(last) and not texts[-1].endswith(" "):
            halves = (_FIRST_HALF.search(texts[-1]), _SECOND_HALF.match(line.text))
            divided.append(clean("".join(half[0] for half in halves if half)))
        texts.append(line.text)
    joined = "".join(texts)
    bullet = _BULLET.match(joined)
    kind = BlockKind.LIST_ITEM if bullet else BlockKind.PARAGRAPH
    run = Run(clean(joined[bullet.end() :] if bullet else joined))
    return Passage(kind, (run,), f"page {lines[0].page}", bold=lines[0].bold, size=lines[0].size)
