"""One entry of a feed to a draft, whichever kind of feed it stands in."""

import re
from dataclasses import dataclass, replace

from articles.importers.arrange import Declared, arrange
from articles.importers.clean import clean
from articles.importers.draft import Draft, Note, Passage
from articles.importers.html_safe import BrokenMarkup, parse_fragment
from articles.importers.html_tree import pieces_of
from articles.importers.lines import passages_of
from articles.importers.source import Source

FULL_TEXT_CHARACTERS = 800
"""A description shorter than this, in fewer than three paragraphs, is a summary."""

_CUT_SHORT = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|read more|continue reading|lire la suite|en savoir plus)[\s»>→.]*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: its text as HTML or plain text, what is declared of it, and its identity in the feed.

    `is_full` is True where the feed itself calls the text the content, not a description.
    """

    key: str
    html: str
    text: str
    is_full: bool
    declared: Declared


def drafts_of(source: Source, entries: list[Entry]) -> list[Draft]:
    """The entries that hold a full text, as drafts. Raises ImportRefused when there is none that does."""
    if not entries:
        raise source.refused("a feed without entries", "fetch it again, or import the pages themselves")
    drafts, short = [], []
    for number, entry in enumerate(entries, 1):
        passages = _passages(entry)
        if _is_full(entry, passages):
            name = clean(entry.declared.headline) or f"{source.path.stem}-{number}"
            drafts.append(arrange(passages, name, entry.declared, key=entry.key))
        else:
            short.append(entry.declared.headline or f"entry {number}")
    if not drafts:
        raise source.refused(
            f"its {len(short)} entries hold summaries only", "save the articles' pages as HTML and import those"
        )
    if short:
        text = f"summaries only, left out: {', '.join(short[:20])}"
        drafts[0] = replace(drafts[0], notes=(*drafts[0].notes, Note("entries", text, sure=False)))
    return drafts


def _passages(entry: Entry) -> list[Passage]:
    if not entry.html.strip():
        return passages_of(entry.text)
    try:
        pieces = pieces_of(parse_fragment(entry.html))
    except BrokenMarkup:
        return []
    language = entry.declared.language.lower()
    return [
        replace(
            piece.passage,
            place="",
            language="" if piece.passage.language.lower() == language else piece.passage.language,
        )
        for piece in pieces
    ]


def _is_full(entry: Entry, passages: list[Passage]) -> bool:
    text = " ".join(passage.text for passage in passages).strip()
    if not text or _CUT_SHORT.search(text[-60:]):
        return False
    return entry.is_full or len(passages) >= 3 or len(text) >= FULL_TEXT_CHARACTERS
