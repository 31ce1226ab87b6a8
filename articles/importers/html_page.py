"""A saved web page: its article told from everything around it; the only file that imports trafilatura."""

import functools
import logging
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from lxml import etree

from articles.characters import composed
from articles.importers.arrange import arrange
from articles.importers.clean import key_of
from articles.importers.draft import Draft, LeftOut, Note, Passage
from articles.importers.html_meta import declared_by
from articles.importers.html_safe import BrokenMarkup, TextLost, parse_html
from articles.importers.html_tree import INLINE, Piece, pieces_of, tag_of, words_of
from articles.importers.source import Source, decode
from articles.issue import BlockKind

_BESIDE = (BlockKind.CAPTION, BlockKind.QUOTATION, BlockKind.TABLE, BlockKind.FOOTNOTE)
"""Kinds that extraction drops and a reader wants: kept where they stand among what it kept."""

_HEAD_CLASS = re.compile(
    r"kicker|eyebrow|surtitre|standfirst|chapo|dek\b|subtitle|sous-titre|byline|author|auteur", re.I
)
_MANY_LINKS = 0.5

_MOST_MARKS = 5_000
"""More links and spans right in one element are no paragraph, and trafilatura takes the square of their number."""

_Share = Callable[[etree._Element], float]


def read(source: Source) -> list[Draft]:
    """The one article of an HTML page. Raises ImportRefused when there is none in it."""
    decoded = decode(source)
    text = composed(decoded.text)
    try:
        root = parse_html(text)
    except TextLost as error:
        raise source.refused(str(error), "copy the text from the browser into a .txt file") from None
    except BrokenMarkup:
        raise source.refused("no HTML can be made out in it", "save the page again as HTML") from None
    pieces = pieces_of(root)
    declared = declared_by(root)
    kept, left_out, notes = _article(pieces, text, root, key_of(declared.headline))
    if not kept:
        hint = "it may be written by a script; copy the text from the browser into a .txt file"
        raise source.refused("no article text is in it", hint)
    body_language = declared.language.lower()
    draft = arrange([_undeclared(one, body_language) for one in kept], source.path.stem, declared)
    return [
        replace(
            draft, notes=(*decoded.notes, *draft.notes, *notes, *_embeds(root)), left_out=(*draft.left_out, *left_out)
        )
    ]


def _undeclared(one: Passage, language: str) -> Passage:
    """A passage that declares only what the whole page declares says nothing of its own."""
    return replace(one, language="") if one.language.lower() == language else one


def _article(
    pieces: Sequence[Piece], text: str, root: etree._Element, headline: str
) -> tuple[list[Passage], list[LeftOut], list[Note]]:
    """The passages of the article, those beside it that were left out, and notes."""
    extracted = key_of(_extracted(text)) if _is_readable(root) else ""
    share = functools.cache(_link_share)  # many pieces may lie in one element
    chosen = [_is_kept(piece, extracted, share) for piece in pieces]
    notes: list[Note] = []
    if not any(chosen):
        inside = _only(root, ("article", "main"))
        chosen = [inside is not None and inside in piece.element.iterancestors() for piece in pieces]
        if inside is None or not any(chosen):
            return [], [], []
        notes.append(Note("text", f"everything in <{tag_of(inside)}>; look for what is not the article", sure=False))
    first, last = chosen.index(True), len(chosen) - 1 - chosen[::-1].index(True)
    first = _head_start(pieces, first, headline)
    parents = {piece.element.getparent() for piece, keep in zip(pieces, chosen, strict=True) if keep}
    kept, left_out = [], []
    for index, piece in enumerate(pieces):
        one = piece.passage
        inside_text = first <= index <= last
        if chosen[index] or (inside_text and _is_wanted(piece, parents, share)):
            kept.append(one)
        elif inside_text:
            left_out.append(LeftOut(one.text.strip(), "not part of the article?", one.place))
        elif index > last and (one.kind is BlockKind.FOOTNOTE or (one.kind in _BESIDE and _is_near(piece, parents))):
            kept.append(one)
    return kept, left_out, notes


def _is_readable(root: etree._Element) -> bool:
    """False where trafilatura would hardly come to an end."""
    marks = Counter(mark.getparent() for mark in root.iter(*INLINE - {"br", "img"}))
    return max(marks.values(), default=0) <= _MOST_MARKS


def _extracted(text: str) -> str:
    """The article's text as trafilatura sees it; empty if it sees none."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        return trafilatura.extract(text, include_comments=False, include_tables=True, favor_recall=True) or ""
    except (etree.LxmlError, ValueError, RecursionError):
        return ""


def _is_kept(piece: Piece, extracted: str, share: _Share) -> bool:
    key = key_of(piece.passage.text)
    return len(key) > 2 and key in extracted and share(piece.element) < _MANY_LINKS


def _head_start(pieces: Sequence[Piece], first: int, headline: str) -> int:
    """Where the article's head begins: at its headline above its text, or what is marked above that."""
    for index in range(first, -1, -1):
        named = key_of(pieces[index].passage.text) == headline
        if named or (not headline and tag_of(pieces[index].element) == "h1"):
            first = index
            break
    while first and _HEAD_CLASS.search(pieces[first - 1].passage.marks):
        first -= 1
    return first


def _is_near(piece: Piece, parents: set[etree._Element | None]) -> bool:
    """True for what stands in the same element as the article's text, though below it."""
    around = list(piece.element.iterancestors())[:3]
    return any(element in parents and tag_of(element) != "body" for element in around)


def _is_wanted(piece: Piece, parents: set[etree._Element | None], share: _Share) -> bool:
    """True for what belongs to the article though extraction dropped it."""
    one = piece.passage
    if one.kind in _BESIDE or one.marks.split(" ")[0] == "h1" or _HEAD_CLASS.search(one.marks):
        return True
    return piece.element.getparent() in parents and share(piece.element) < _MANY_LINKS


def _link_share(element: etree._Element) -> float:
    """The share of an element's letters that are links."""
    whole = len(words_of(element).strip())
    return sum(len(words_of(link).strip()) for link in element.iter("a")) / whole if whole else 0.0


def _only(root: etree._Element, tags: Sequence[str]) -> etree._Element | None:
    for tag in tags:
        found = list(root.iter(tag))
        if len(found) == 1:
            return found[0]
    return None


def _embeds(root: etree._Element) -> list[Note]:
    count = sum(1 for element in root.iter("iframe", "video", "audio", "object", "embed"))
    return [Note("embed", f"{count} left out: video, sound or a frame", sure=False)] if count else []
