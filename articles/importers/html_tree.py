"""HTML to passages, whatever it came from; with html_safe.py, the only importer module that knows lxml."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from articles.importers.clean import clean
from articles.importers.draft import Passage, Run
from articles.issue import BlockKind

MAX_DEPTH = 150
"""Elements nested deeper than this are read as plain text: no page needs it, and each level costs stack."""

_SKIPPED = frozenset(
    "script style template noscript head nav iframe object embed applet form button input select textarea svg math "
    "audio video canvas map dialog menu link meta title".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark output picture q rp rt "
    "ruby s samp small source span strike strong sub sup time tt u var wbr".split()
)
"""Elements that stand within a line of text."""

_KINDS = {
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    "blockquote": BlockKind.QUOTATION,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
    "aside": BlockKind.SIDEBAR,
    **{f"h{level}": BlockKind.HEADING for level in range(1, 7)},
}
_FOOTNOTE = re.compile(
    r"\b(?:doc-endnotes?|doc-footnote|footnotes?|endnotes?|rearnotes?)\b|^(?:fn|footnote|endnote)[-:_]?\d+$"
)
_CALL = re.compile(r"#.*(?:fn|note|ref|cite|_ftn|_edn)", re.IGNORECASE)
_BACK = re.compile(r"[↩↑^⤴\ufe0e\s]*")
_CAPTION_CLASS = re.compile(r"\b(?:wp-caption-text|caption|legende|légende|image-credit|photo-credit)\b", re.IGNORECASE)
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage and the element that it came from."""

    passage: Passage
    element: etree._Element


@dataclass(frozen=True, slots=True)
class _Frame:
    """What surrounds a text: the kind, language and element that its passage takes over."""

    kind: BlockKind
    language: str
    element: etree._Element
    depth: int = 0

    def within(self, element: etree._Element, tag: str) -> "_Frame":
        """The frame inside `element`."""
        kind = _KINDS.get(tag, self.kind)
        if self.kind in (BlockKind.FOOTNOTE, BlockKind.QUOTATION) and kind is not BlockKind.CAPTION:
            kind = self.kind
        names = f"{element.get('role', '')} {element.get('epub:type') or element.get(_EPUB_TYPE) or ''}"
        if _FOOTNOTE.search(names.strip()) or _FOOTNOTE.search(element.get("id", "")) or _footnote_class(element):
            kind = BlockKind.FOOTNOTE
        elif tag in ("p", "div", "span") and _CAPTION_CLASS.search(element.get("class", "")):
            kind = BlockKind.CAPTION
        return _Frame(kind, lang_of(element) or self.language, element, self.depth + 1)


_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _footnote_class(element: etree._Element) -> bool:
    return any(name in ("footnote", "footnotes", "endnotes") for name in element.get("class", "").split())


def lang_of(element: etree._Element) -> str:
    """The language that the element declares for itself, as it is spelt; empty if none."""
    return (element.get("lang") or element.get(_XML_LANG) or element.get("xml:lang") or "").strip()


def tag_of(element: etree._Element) -> str:
    """The element's name without namespace, in lower case; empty for a comment, an entity, an instruction."""
    # Not etree.QName, which refuses the names that a browser would put up with.
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def words_of(element: etree._Element) -> str:
    """All text inside the element, as it stands."""
    return "".join(str(part) for part in element.itertext())


def pieces_of(root: etree._Element) -> list[Piece]:
    """The passages below `root` in reading order, scripts, forms and what is hidden left out."""
    return [piece for piece in _Walk().block(root, _Frame(BlockKind.PARAGRAPH, "", root)) if piece.passage.text.strip()]


class _Walk:
    """A walk through a tree, gathering runs of inline text into passages."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._bold: list[bool] = []

    def block(self, element: etree._Element, frame: _Frame) -> Iterator[Piece]:
        """The passages of a block element."""
        self._add(element.text, frame.language)
        for child in element:
            tag = tag_of(child)
            if not tag or tag in _SKIPPED or _is_hidden(child):
                pass
            elif tag in INLINE and frame.depth < MAX_DEPTH and _has_block(child):
                yield from self.block(child, frame.within(child, tag))
            elif tag in INLINE:
                yield from self._inline(child, tag, frame, bold=False)
            elif frame.depth >= MAX_DEPTH:
                self._add(" " + words_of(child) + " ", frame.language)
            else:
                yield from self._flush(frame)
                inner = frame.within(child, tag)
                yield from _table(child, inner) if tag == "table" and _is_data(child) else self.block(child, inner)
                yield from self._flush(inner)
            self._add(child.tail, frame.language)
        yield from self._flush(frame)

    def _inline(self, element: etree._Element, tag: str, frame: _Frame, *, bold: bool) -> Iterator[Piece]:
        """Gather an inline element's text; two line breaks in a row end a passage."""
        if tag == "br":
            if self._runs and self._runs[-1].text == "\n":
                yield from self._flush(frame)
            else:
                self._add("\n", frame.language)
            return
        if _is_call(element, tag) or _is_back(element, tag, frame):
            return
        language = lang_of(element) or frame.language
        bold = bold or tag in ("b", "strong")
        if tag in ("sup", "sub", "q"):
            self._add(_special(element, tag, language), language, bold=bold)
            return
        self._add(element.text, language, bold=bold)
        for child in element:
            inner = tag_of(child)
            if inner and inner not in _SKIPPED and not _is_hidden(child):
                deep = replace(frame, language=language, depth=frame.depth + 1)
                if frame.depth < MAX_DEPTH:
                    yield from self._inline(child, inner, deep, bold=bold)
                else:
                    self._add(words_of(child), language, bold=bold)
            self._add(child.tail, language, bold=bold)

    def _add(self, text: str | None, language: str, *, bold: bool = False) -> None:
        if text:
            self._runs.append(Run(text, language))
            if text.strip():
                self._bold.append(bold)

    def _flush(self, frame: _Frame) -> Iterator[Piece]:
        runs, bold = self._runs, self._bold
        self._runs, self._bold = [], []
        if any(run.text.strip() for run in runs):
            element = frame.element
            line = f"line {element.sourceline}" if element.sourceline else ""
            marks = " ".join(
                (tag_of(element), element.get("class", ""), element.get("itemprop", ""), element.get("rel", ""))
            )
            # A run says its language only where it is not its passage's.
            own = tuple(Run(run.text, "" if run.language == frame.language else run.language) for run in runs)
            passage = Passage(frame.kind, own, line, frame.language, bold=all(bold), marks=marks.strip())
            yield Piece(passage, element)


def _special(element: etree._Element, tag: str, language: str) -> str:
    """Raised and lowered signs and short quotations as plain text shows them."""
    text = words_of(element)
    if tag == "q":
        return f"« {text} »" if language.lower().startswith("fr") else f"“{text}”"
    return text.translate(_RAISED) if tag == "sup" and re.fullmatch(r"[+-]?\d{1,2}", text.strip()) else text


def _is_call(element: etree._Element, tag: str) -> bool:
    """True for a footnote's call, which would be read aloud as a number in the middle of a sentence."""
    if tag == "a":
        text = words_of(element).strip()
        raised = (
            element.find(".//sup") is not None
            or "noteref" in f"{element.attrib}"
            or "doc-noteref" in f"{element.attrib}"
        )
        marked = raised or bool(re.fullmatch(r"[\[(]\w{1,3}[\])]|\*+|†+|‡+", text))
        return marked and bool(_CALL.match(element.get("href", "")))
    if tag == "sup":
        link = element.find(".//a[@href]")
        return link is not None and link.get("href", "").startswith("#")
    return False


def _is_back(element: etree._Element, tag: str, frame: _Frame) -> bool:
    """True for a footnote's link back to its call."""
    if tag != "a" or frame.kind is not BlockKind.FOOTNOTE or not element.get("href", "").startswith("#"):
        return False
    return "backref" in element.get("class", "") or bool(_BACK.fullmatch(words_of(element)))


def _is_hidden(element: etree._Element) -> bool:
    style = re.sub(r"\s", "", element.get("style", "")).lower()
    return (
        "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or "display:none" in style
        or "visibility:hidden" in style
    )


def _has_block(element: etree._Element) -> bool:
    return any(tag_of(inner) not in INLINE and tag_of(inner) not in _SKIPPED for inner in element.iterdescendants("*"))


def _is_data(table: etree._Element) -> bool:
    """True for a table of figures or words, false for one that only lays out a page."""
    if table.get("role") in ("presentation", "none") or any(
        tag_of(inner) == "table" for inner in table.iterdescendants("*")
    ):
        return False
    rows = [row for row in table.iterdescendants("*") if tag_of(row) == "tr"]
    return len(rows) > 1 and any(len(row) > 1 for row in rows)


def _table(table: etree._Element, frame: _Frame) -> Iterator[Piece]:
    """The table's caption, then a passage for each row, its cells divided by runs of a comma and a space."""
    for element in table.iterdescendants("*"):
        tag = tag_of(element)
        if tag == "caption":
            yield from _Walk().block(element, frame.within(element, tag))
        if tag == "tr":
            runs: list[Run] = []
            for cell in element:
                if tag_of(cell) in ("td", "th"):
                    text = clean(" ".join(piece.passage.text for piece in pieces_of(cell)))
                    runs += [Run(text, lang_of(cell)), Run(", ")]
            if any(run.text.strip(" ,") for run in runs):
                language = lang_of(element) or frame.language
                line = f"line {element.sourceline}" if element.sourceline else ""
                yield Piece(Passage(BlockKind.TABLE, tuple(runs[:-1]), line, language, marks="tr"), element)
