"""Passages of a marked-up source to a draft: the head told from the body by element, class and place."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.importers.bylines import is_byline
from articles.importers.clean import key_of, shortened
from articles.importers.dates import date_line
from articles.importers.draft import Draft, LeftOut, Note, Passage, passage
from articles.importers.head import is_title_like, recognise
from articles.issue import BlockKind

_KICKER = re.compile(
    r"kicker|eyebrow|overline|surtitre|sur-titre|rubrique|supertitle|surtitle|roofline|topper|category|strapline", re.I
)
_STANDFIRST = re.compile(
    r"standfirst|chapo|chapeau|\blede?\b|\blead\b|lead-?in|\bdek\b|\bdeck\b|sub-?title|sous-?titre|sub-?head(?:line)?|"
    r"\bintro(?:duction)?\b|excerpt|summary|\bdescription\b|accroche",
    re.I,
)
_BYLINE = re.compile(r"byline|by-line|\bauth?o?e?u?r\b|author|signature|auteur|\bcredit-author\b", re.I)
_FIRST_HEADING = 5
_HEAD_PASSAGES = 10
_BOLD_STANDFIRST = 60


@dataclass(frozen=True, slots=True)
class Declared:
    """What a source says of an article apart from its text; each empty where it says nothing.

    `headline_sure` is False for a title that may be the page's or the file's. The `_from` texts say where it is said.
    """

    headline: str = ""
    headline_from: str = ""
    headline_sure: bool = True
    byline: str = ""
    byline_from: str = ""
    standfirst: str = ""
    standfirst_from: str = ""
    kicker: str = ""
    section: str = ""
    section_from: str = ""
    date: datetime.date | None = None
    date_from: str = ""
    language: str = ""
    language_from: str = ""


class _Arranging:
    """The parts of an article, filled while its passages are gone through once."""

    def __init__(self, declared: Declared) -> None:
        self.declared = declared
        self.head: dict[BlockKind, Passage] = {}
        self.body: list[Passage] = []
        self.notes: list[Note] = []
        self.left_out: list[LeftOut] = []
        self.date = declared.date
        if declared.date:
            self.notes.append(Note("date", declared.date.isoformat(), declared.date_from))

    def take(self, kind: BlockKind, one: Passage, doubt: str = "") -> None:
        """Put a passage into the head."""
        self.head[kind] = one.as_kind(kind)
        self.notes.append(
            Note(kind, f"{shortened(one.text.strip(), 100)}{f' ({doubt})' if doubt else ''}", one.place, sure=not doubt)
        )

    def take_declared(self, kind: BlockKind, text: str, place: str, *, sure: bool = True) -> None:
        """Put what the source declares into the head, unless the text has given it."""
        if text and kind not in self.head:
            self.take(kind, passage(kind, text, place), "" if sure else "check that it is printed so")

    def dated(self, one: Passage) -> bool:
        """True if the passage is nothing but a date, which is then taken."""
        found = date_line(one.text.strip())
        if found is None:
            return False
        if found.day and not self.date:
            self.date = found.day
            self.notes.append(Note("date", found.day.isoformat(), one.place))
        elif not found.day:
            self.notes.append(Note("date", f"left out: “{one.text.strip()}” is {found.why}", one.place, sure=False))
        return True


def arrange(passages: Sequence[Passage], name: str, declared: Declared, *, key: str = "") -> Draft:
    """The article that marked-up `passages` make; where nothing marks a headline, it is told as in plain text."""
    passages = [one for one in passages if one.text.strip()]
    title = _title(passages, declared)
    if title is None and not (declared.headline and declared.headline_sure):
        draft = recognise(passages, name, key=key)
        if draft.having(BlockKind.HEADLINE) or not declared.headline:
            return _with(draft, declared)
    parts = _Arranging(declared)
    if title is not None:
        _above(passages[:title], parts)
        parts.take(BlockKind.HEADLINE, passages[title])
        passages = passages[title + 1 :]
    else:
        parts.take_declared(BlockKind.HEADLINE, declared.headline, declared.headline_from, sure=declared.headline_sure)
    _body(_below(passages, parts), parts)
    parts.take_declared(BlockKind.KICKER, declared.kicker, "")
    parts.take_declared(BlockKind.STANDFIRST, declared.standfirst, declared.standfirst_from)
    parts.take_declared(BlockKind.BYLINE, declared.byline, declared.byline_from)
    draft = Draft(
        passages=(*parts.head.values(), *parts.body),
        name=name,
        key=key,
        date=parts.date,
        notes=tuple(parts.notes),
        left_out=tuple(parts.left_out),
    )
    return _with(draft, declared)


def _with(draft: Draft, declared: Declared) -> Draft:
    """`draft` with the language, section and date that the source declares, where the text gave none."""
    notes = list(draft.notes)
    if declared.section and not draft.section:
        notes.append(Note("section", declared.section, declared.section_from))
    if declared.date and not draft.date:
        notes.append(Note("date", declared.date.isoformat(), declared.date_from))
    return replace(
        draft,
        language=declared.language,
        language_from=declared.language_from,
        section=draft.section or declared.section,
        date=draft.date or declared.date,
        notes=tuple(notes),
    )


def _title(passages: Sequence[Passage], declared: Declared) -> int | None:
    """Where the headline stands: the declared one in the text, else a heading among the first passages."""
    wanted = key_of(declared.headline)
    for index, one in enumerate(passages[: _HEAD_PASSAGES * 2]):
        if wanted and key_of(one.text) == wanted:
            return index
    for index, one in enumerate(passages):
        if one.marks.split(" ")[0] == "h1":
            return index
    for index, one in enumerate(passages[:_FIRST_HEADING]):
        if one.kind is BlockKind.HEADING and not declared.headline:
            return index
        if one.kind is BlockKind.PARAGRAPH and not is_title_like(one.text) and not date_line(one.text):
            return None
    return None


def _above(passages: Sequence[Passage], parts: _Arranging) -> None:
    """The kicker from what stands above the headline: what is marked so, else the short line next to it."""
    for one in reversed(passages):
        if parts.dated(one):
            continue
        marked = bool(_KICKER.search(one.marks))
        short = is_title_like(one.text) and len(one.text) <= 80 and one is passages[-1]
        if (marked or short) and BlockKind.KICKER not in parts.head:
            parts.take(BlockKind.KICKER, one, "" if marked else "the line above the headline")
        elif BlockKind.BYLINE not in parts.head and (is_byline(one.text) or _BYLINE.search(one.marks)):
            parts.take(BlockKind.BYLINE, one)
        else:
            parts.left_out.append(LeftOut(one.text.strip(), "above the headline", one.place))
    parts.left_out.reverse()


def _below(passages: Sequence[Passage], parts: _Arranging) -> list[Passage]:
    """The body, once standfirst, byline and date have been taken from what follows the headline."""
    kept: list[Passage] = []
    for index, one in enumerate(passages):
        if index >= _HEAD_PASSAGES or not _belongs_to_head(index, passages, parts):
            if one.kind is not BlockKind.CAPTION:
                return [*kept, *passages[index:]]
            kept.append(one)
    return kept


def _belongs_to_head(index: int, passages: Sequence[Passage], parts: _Arranging) -> bool:
    """True if the passage was taken into the head."""
    one, after = passages[index], passages[index + 1 : index + 3]
    text = one.text.strip()
    if parts.dated(one):
        return True
    if BlockKind.BYLINE not in parts.head and (is_byline(text) or (_BYLINE.search(one.marks) and len(text) <= 120)):
        parts.take(BlockKind.BYLINE, one)
        return True
    if _is_signed_line(text, parts.declared.byline):
        if found := date_line(_unsigned(text, parts.declared.byline)):
            parts.date = parts.date or found.day
        return True
    if BlockKind.STANDFIRST in parts.head or one.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING):
        return False
    if _STANDFIRST.search(one.marks) and one.marks.split(" ")[0] != "body":
        parts.take(BlockKind.STANDFIRST, one)
        return True
    if BlockKind.BYLINE not in parts.head and any(_is_byline(next_one) for next_one in after):
        parts.take(BlockKind.STANDFIRST, one, "" if one.kind is BlockKind.PARAGRAPH else "a heading above the byline")
        return True
    if one.bold and len(text) >= _BOLD_STANDFIRST and len(passages) > 1 and not passages[index + 1].bold:
        parts.take(BlockKind.STANDFIRST, one, "the first paragraph, in bold")
        return True
    return False


def _is_signed_line(text: str, byline: str) -> bool:
    """True for a line that holds nothing but the declared byline, and a date perhaps."""
    if not byline or byline not in text:
        return False
    rest = _unsigned(text, byline)
    return not rest or date_line(rest) is not None


def _unsigned(text: str, byline: str) -> str:
    rest = text.replace(byline, "", 1).strip(" ,|·•–—-:")
    return re.sub(r"^(?:(?:written |posted |published )?by|par|publié par)\b", "", rest, flags=re.I).strip(" ,|·•–—-:")


def _is_byline(one: Passage) -> bool:
    return is_byline(one.text.strip()) or (bool(_BYLINE.search(one.marks)) and len(one.text) <= 120)


def _body(passages: list[Passage], parts: _Arranging) -> None:
    """The body: a repeated headline left out, short lines in bold made headings, a byline at the end taken."""
    headline = key_of(parts.head[BlockKind.HEADLINE].text)
    for index, one in enumerate(passages):
        text = one.text.strip()
        if key_of(text) == headline:
            parts.left_out.append(LeftOut(text, "the headline again", one.place))
        elif index == len(passages) - 1 and index and BlockKind.BYLINE not in parts.head and is_byline(text):
            parts.take(BlockKind.BYLINE, one)
        elif (
            one.kind is BlockKind.PARAGRAPH
            and one.bold
            and len(text) <= 90
            and index + 1 < len(passages)
            and is_title_like(text)
        ):
            parts.notes.append(Note("heading", f"{shortened(text)} (a short line in bold)", one.place, sure=False))
            parts.body.append(one.as_kind(BlockKind.HEADING))
        else:
            parts.body.append(one)
