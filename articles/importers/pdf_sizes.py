"""What a printed paragraph is, told by the size of its letters beside that of the body's."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from articles.importers.bylines import is_byline
from articles.importers.clean import shortened
from articles.importers.draft import Note, Passage
from articles.importers.head import is_title_like
from articles.issue import BlockKind

LARGER = 1.12
HEADLINE = 1.3
SMALLER = 0.93
HEADLINE_CHARACTERS = 200


def by_size(passages: Sequence[Passage]) -> tuple[list[Passage], list[Note]]:
    """The passages with headline, headings, standfirst and captions marked by size, and notes on what is uncertain."""
    letters = Counter[float]()
    for one in passages:
        letters[one.size] += len(one.text) if one.size else 0
    if not letters:
        return list(passages), []
    body = letters.most_common(1)[0][0]
    headline = _headline(passages, body)
    marked, notes = [], []
    for index, one in enumerate(passages):
        if index == headline:
            marked.append(replace(one, kind=BlockKind.HEADING, marks="h1"))
            continue
        above = headline is not None and index < headline
        done = _marked(one, body, in_head=headline is not None and index == headline + 1, above=above)
        if done.kind is BlockKind.CAPTION:
            notes.append(Note("caption", f"{shortened(one.text)} (small letters)", one.place, sure=False))
        rival = done.kind is BlockKind.HEADING and headline is not None and one.size >= 0.95 * passages[headline].size
        if rival:
            text = f"“{shortened(one.text)}” is as large: another article? One PDF is imported as one"
            notes.append(Note("headline", text, one.place, sure=False))
        marked.append(done)
    return marked, notes


def _headline(passages: Sequence[Passage], body: float) -> int | None:
    """The largest text of the first page that has one, if it is clearly larger than the body."""
    large = [
        (one.size, -index)
        for index, one in enumerate(passages)
        if one.size >= HEADLINE * body and len(one.text) <= HEADLINE_CHARACTERS and one.place == passages[0].place
    ]
    return -max(large)[1] if large else None


def _marked(one: Passage, body: float, *, in_head: bool, above: bool) -> Passage:
    if one.kind is not BlockKind.PARAGRAPH or not one.size or is_byline(one.text):
        return one
    if in_head and (one.size > 1.03 * body or one.bold) and len(one.text) > 40:
        return replace(one, marks="standfirst")
    if above:
        return one
    if is_title_like(one.text) and (one.size >= LARGER * body or (one.bold and len(one.text) <= 90)):
        return replace(one, kind=BlockKind.HEADING)
    if one.size <= SMALLER * body and any(char.isalpha() for char in one.text):
        return replace(one, kind=BlockKind.CAPTION)
    return one
