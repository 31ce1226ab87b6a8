"""The head of an article whose source marks nothing: section, date, kicker, headline, standfirst, byline, caption.

What is known of how magazines print them: a kicker and a headline are short lines without a full stop, in this order;
a standfirst is a sentence or two between headline and byline; a byline begins with “By” or “Par”; a picture's caption
follows the head; a long paragraph above the date is the section's, not the article's.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from articles.importers.bylines import is_byline
from articles.importers.clean import key_of, shortened
from articles.importers.dates import DateLine, date_line
from articles.importers.draft import Draft, LeftOut, Note, Passage
from articles.issue import BlockKind

HEAD_PASSAGES = 12
"""How many passages from the top may belong to the head."""

TITLE_CHARACTERS = 150
CAPTION_CHARACTERS = 350
SIGN_OFF_CHARACTERS = 60

_CAPTION = re.compile(
    r"(?:photos?|photographie|image|picture|pictured|caption|légende|above|below|left|right|ci-dessus|ci-contre|"
    r"ci-dessous|à gauche|à droite)\s*(?::|,|–|—)\s*\S|©|\(c\)\s",
    re.IGNORECASE,
)
_PAGE_MARK = re.compile(r"(?:page|p\.)?\s*\d{1,4}(?:\s*(?:/|of|sur)\s*\d{1,4})?|(?:https?://|www\.)\S+", re.IGNORECASE)
_STOP = re.compile(r"[.,;:…][\"'’”»)]*$")
_END_OF_SENTENCE = re.compile(r"[.!?…:;,][\"'’”»)\]]*$")


def is_title_like(text: str) -> bool:
    """True for a line that could be a kicker, a headline or a heading: short, and no full stop at its end."""
    return 0 < len(text) <= TITLE_CHARACTERS and not _STOP.search(text) and any(char.isalpha() for char in text)


@dataclass(slots=True)
class _Parts:
    """The parts of one article while they are told apart."""

    head: list[Passage] = field(default_factory=list)
    body: list[Passage] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    section: str = ""
    date: DateLine | None = None

    def take(self, kind: BlockKind, passage: Passage, doubt: str = "") -> None:
        """Put `passage` into the head."""
        self.head.append(passage.as_kind(kind))
        text = f"{shortened(passage.text, 100)}{f' ({doubt})' if doubt else ''}"
        self.notes.append(Note(kind, text, passage.place, sure=not doubt))

    def leave(self, passage: Passage, why: str) -> None:
        """Leave `passage` out of the article."""
        self.left_out.append(LeftOut(passage.text, why, passage.place))


def recognise(passages: Sequence[Passage], name: str, *, key: str = "") -> Draft:
    """The article that `passages` in reading order make, none of them marked as more than paragraph or list item."""
    parts = _Parts()
    rest = _without_page_marks([passage for passage in passages if passage.text], parts)
    rest = _take_date(rest, parts)
    rest = _sign_off(rest, parts)
    byline = next((index for index, one in enumerate(rest[:-1][:HEAD_PASSAGES]) if is_byline(one.text)), None)
    if byline is None:
        rest = _end_byline(rest, parts)
    top = _title_lines(rest, byline, parts)
    after = rest[top:]
    if byline is not None:
        between, after = rest[top:byline], rest[byline + 1 :]
        _take_standfirst(between, parts)
        parts.take(BlockKind.BYLINE, rest[byline])
    parts.body += _body(after, parts, directly_after=byline is not None)
    return Draft(
        passages=(*parts.head, *parts.body),
        name=name,
        key=key,
        section=parts.section,
        date=parts.date.day if parts.date else None,
        notes=tuple(parts.notes),
        left_out=tuple(parts.left_out),
    )


def _without_page_marks(passages: list[Passage], parts: _Parts) -> list[Passage]:
    kept = []
    for index, one in enumerate(passages):
        edge = index < 2 or index >= len(passages) - 3
        if edge and _PAGE_MARK.fullmatch(one.text):
            parts.leave(one, "a page number or an address")
        else:
            kept.append(one)
    return kept


def _take_date(passages: list[Passage], parts: _Parts) -> list[Passage]:
    """Everything but the first line among the head that is nothing but a date."""
    for index, one in enumerate(passages[:HEAD_PASSAGES]):
        if found := date_line(one.text):
            parts.date = found
            if found.day:
                parts.notes.append(Note("date", found.day.isoformat(), one.place))
            else:
                parts.notes.append(Note("date", f"left out: “{one.text}” is {found.why}", one.place, sure=False))
            after = [replace(passages[index + 1], apart=True)] if index + 1 < len(passages) else []
            return [*_section_text(passages[:index], parts), *after, *passages[index + 2 :]]
    return passages


def _section_text(before: list[Passage], parts: _Parts) -> list[Passage]:
    """The passages above the date without the section's own text, a long paragraph at the very top."""
    if before and not is_title_like(before[0].text) and not is_byline(before[0].text):
        if any(is_byline(one.text) for one in before):
            return before
        parts.leave(before[0], "text of the section, above the date")
        return before[1:]
    return before


def _sign_off(passages: list[Passage], parts: _Parts) -> list[Passage]:
    """The passages without the short last lines that end no sentence: the magazine's or section's name."""
    rest = list(passages)
    while len(rest) > 3 and _is_sign_off(rest[-1]) and _ends_sentence(rest[:-1]):
        parts.leave(rest.pop(), "a short last line: the magazine’s name?")
    return rest


def _is_sign_off(last: Passage) -> bool:
    text = last.text
    short = len(text) <= SIGN_OFF_CHARACTERS and not _END_OF_SENTENCE.search(text)
    return short and last.kind is BlockKind.PARAGRAPH and not is_byline(text) and not text.startswith(("«", "“", '"'))


def _ends_sentence(passages: list[Passage]) -> bool:
    """True if the text before the last line has come to an end, within another short line or two."""
    return any(_END_OF_SENTENCE.search(one.text) for one in passages[-2:])


def _end_byline(passages: list[Passage], parts: _Parts) -> list[Passage]:
    """The passages without a byline that stands at the end."""
    if len(passages) > 2 and is_byline(passages[-1].text):
        parts.take(BlockKind.BYLINE, passages[-1])
        return passages[:-1]
    return passages


def _title_lines(passages: list[Passage], byline: int | None, parts: _Parts) -> int:
    """How many passages are above what follows the headline; kicker and headline (and section) are taken from them."""
    end = byline if byline is not None else min(len(passages), HEAD_PASSAGES)
    start = 0
    if byline is not None or parts.date:  # only then is it known that a head is there to be found below
        while start < end and not is_title_like(passages[start].text):
            start += 1
        if start == end:
            start = 0
    stop = start
    while stop < end and is_title_like(passages[stop].text) and passages[stop].kind is BlockKind.PARAGRAPH:
        stop += 1
    if start == stop or (byline is None and stop == len(passages)):
        parts.notes.append(Note("headline", "not found: no short line without a full stop at the top", sure=False))
        return 0
    for one in passages[:start]:
        parts.leave(one, "above the headline: text of the section?")
    followed = stop < end and byline is not None
    _name_titles(passages[start:stop], parts, followed)
    return stop


def _name_titles(titles: list[Passage], parts: _Parts, followed: bool) -> None:
    """Kicker, headline and section from the short lines at the top; `followed` means that a standfirst comes after."""
    if len(titles) == 1:
        parts.take(BlockKind.HEADLINE, titles[0])
        return
    *above, first, last = titles
    if not followed and len(last.text) > 60 and len(last.text) > 1.5 * len(first.text):
        parts.take(BlockKind.HEADLINE, first, "or the kicker, if the next line is the headline")
        parts.take(BlockKind.STANDFIRST, last, "a long line below the headline")
    else:
        doubt = "" if followed else "two short lines: or the headline, if the second is a subtitle"
        parts.take(BlockKind.KICKER, first, doubt)
        parts.take(BlockKind.HEADLINE, last)
    if above:
        parts.section = above[-1].text
        parts.notes.append(
            Note("section", f"{above[-1].text} (the line above the kicker)", above[-1].place, sure=False)
        )
    for one in above[:-1]:
        parts.leave(one, "a short line above the head")


def _take_standfirst(between: list[Passage], parts: _Parts) -> None:
    """The standfirst from what stands between headline and byline; anything more opens the body."""
    if between:
        doubt = f"the first of {len(between)} paragraphs above the byline" if len(between) > 1 else ""
        parts.take(BlockKind.STANDFIRST, between[0], doubt)
        parts.body += between[1:]


def _body(passages: list[Passage], parts: _Parts, *, directly_after: bool) -> list[Passage]:
    """The body: captions and headings told from paragraphs, a repeated headline left out."""
    headline = next((key_of(one.text) for one in parts.head if one.kind is BlockKind.HEADLINE), "")
    spaced = sum(one.apart for one in passages[1:]) >= max(1, len(passages) - 2)
    body = []
    for index, one in enumerate(passages):
        if headline and key_of(one.text) == headline:
            parts.leave(one, "the headline again")
        elif _CAPTION.match(one.text) and len(one.text) <= CAPTION_CHARACTERS:
            parts.notes.append(Note("caption", shortened(one.text), one.place))
            body.append(one.as_kind(BlockKind.CAPTION))
        elif index == 0 and directly_after and _is_first_caption(one, passages, spaced):
            parts.notes.append(
                Note("caption", f"{shortened(one.text)} (right below the byline)", one.place, sure=False)
            )
            body.append(one.as_kind(BlockKind.CAPTION))
        elif _is_heading(index, passages):
            parts.notes.append(Note("heading", shortened(one.text), one.place, sure=False))
            body.append(one.as_kind(BlockKind.HEADING))
        else:
            body.append(one)
    return body


def _is_first_caption(one: Passage, passages: list[Passage], spaced: bool) -> bool:
    """True for the line right below the byline when all other passages are set apart by blank lines."""
    return not one.apart and spaced and len(passages) > 1 and len(one.text) <= CAPTION_CHARACTERS


def _is_heading(index: int, passages: list[Passage]) -> bool:
    """True for a short line without any stop, apart from a longer paragraph that it stands above."""
    one = passages[index]
    if (
        one.kind is not BlockKind.PARAGRAPH
        or index + 1 >= len(passages)
        or one.text.startswith(("«", "“", '"', "–", "—"))
    ):
        return False
    after = passages[index + 1]
    short = is_title_like(one.text) and len(one.text) <= 80 and len(one.text.split()) <= 12
    below = one.apart and not is_title_like(after.text) and len(after.text) > len(one.text)
    return short and below and not re.search(r"[.…]$", one.text)
