"""An EPUB: one article per chapter, in reading order."""

import posixpath
import re
from dataclasses import dataclass, replace
from urllib.parse import unquote

from lxml import etree

from articles.importers.archive import Archive
from articles.importers.arrange import Declared, arrange
from articles.importers.clean import clean
from articles.importers.draft import Draft, Note, Passage
from articles.importers.html_safe import BrokenMarkup, parse_xhtml, parse_xml
from articles.importers.html_tree import lang_of, pieces_of, tag_of, words_of
from articles.importers.source import Source, decode

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
# Fonts may be scrambled without the text being so (EPUB 3.3, section 4.3.7; Adobe's older way).
_FONT_SCRAMBLING = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_APART = re.compile(r"\b(?:cover|titlepage|title-page|halftitlepage|copyright-page|toc|landmarks|colophon|index)\b")
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"

MIN_WORDS = 30
"""A chapter with fewer words is a cover, a title or a divider."""


@dataclass(frozen=True, slots=True)
class _Book:
    """What the package file says: paths of the chapters in reading order, their titles, and the language."""

    chapters: tuple[str, ...]
    titles: dict[str, str]
    language: str


def read(source: Source) -> list[Draft]:
    """The articles of an EPUB. Raises ImportRefused for one that is damaged, encrypted, or has no chapter with text."""
    archive = Archive(source)
    _refuse_encrypted(source, archive)
    book = _book(source, archive)
    drafts, left_out = [], []
    for path in book.chapters:
        draft = _chapter(source, archive, book, path)
        if isinstance(draft, Draft):
            drafts.append(draft)
        else:
            left_out.append(draft)
    if not drafts:
        raise source.refused("no chapter with text is in it", "if its pages are pictures, import its text instead")
    drafts[0] = replace(drafts[0], notes=(*drafts[0].notes, *left_out))
    return drafts


def _refuse_encrypted(source: Source, archive: Archive) -> None:
    data = archive.read(_ENCRYPTION)
    if data is None:
        return
    try:
        root = parse_xml(data.decode("utf-8", "replace"))
        ways = [element.get("Algorithm", "") for element in root.iter("*") if tag_of(element) == "encryptionmethod"]
    except BrokenMarkup:
        ways = ["?"]
    if any(way not in _FONT_SCRAMBLING for way in ways):
        raise source.refused("encrypted (DRM)", "get it from its publisher without protection")


def _book(source: Source, archive: Archive) -> _Book:
    container = _xml(source, archive, _CONTAINER)
    rootfiles = [element.get("full-path", "") for element in container.iter("*") if tag_of(element) == "rootfile"]
    if not rootfiles:
        raise archive.damaged()
    package = _xml(source, archive, rootfiles[0])
    base = posixpath.dirname(rootfiles[0])
    items = {element.get("id", ""): element for element in package.iter("*") if tag_of(element) == "item"}
    chapters, navigation = [], ""
    for ref in package.iter("*"):
        item = items.get(ref.get("idref", "")) if tag_of(ref) == "itemref" else None
        if item is None or ref.get("linear") == "no" or "nav" in item.get("properties", "").split():
            continue
        if item.get("media-type") in ("application/xhtml+xml", "text/html", "application/x-dtbook+xml"):
            chapters.append(_path(base, item.get("href", "")))
    for item in items.values():
        is_nav = "nav" in item.get("properties", "").split()
        if is_nav or (not navigation and item.get("media-type") == "application/x-dtbncx+xml"):
            navigation = _path(base, item.get("href", ""))
    language = next((element.text or "" for element in package.iter("*") if tag_of(element) == "language"), "")
    return _Book(tuple(dict.fromkeys(chapters)), _titles(source, archive, navigation), clean(language))


def _path(base: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(base, unquote(href.split("#")[0])))


def _titles(source: Source, archive: Archive, navigation: str) -> dict[str, str]:
    """The table of contents: the first title that leads to each file."""
    if not navigation or archive.read(navigation) is None:
        return {}
    titles: dict[str, str] = {}
    base = posixpath.dirname(navigation)
    try:
        root = parse_xhtml(decode(source, archive.read(navigation)).text)
    except BrokenMarkup:
        return {}
    for element in root.iter("*"):
        if tag_of(element) == "a" and element.get("href"):
            titles.setdefault(_path(base, element.get("href", "")), clean(words_of(element)))
        elif tag_of(element) == "navpoint":
            label = next((inner for inner in element.iter("*") if tag_of(inner) == "text"), None)
            content = next((inner for inner in element.iter("*") if tag_of(inner) == "content"), None)
            if label is not None and content is not None:
                titles.setdefault(_path(base, content.get("src", "")), clean(label.text or ""))
    return titles


def _chapter(source: Source, archive: Archive, book: _Book, path: str) -> Draft | Note:
    """One chapter as a draft, or a note why it is none."""
    data = archive.read(path)
    if data is None:
        return Note("chapter", "left out: it is named in the book, but not there", path, sure=False)
    decoded = decode(source, data)
    try:
        root = parse_xhtml(decoded.text)
    except BrokenMarkup:
        return Note("chapter", "left out: it cannot be read", path, sure=False)
    passages = [piece.passage for piece in pieces_of(_body(root))]
    words = sum(len(one.text.split()) for one in passages)
    if words < MIN_WORDS or _is_apart(root):
        return Note("chapter", f"left out: {words} words, a cover, title or list", path, sure=words < MIN_WORDS)
    language, place = _language(root, book)
    title = book.titles.get(path, "")
    declared = Declared(
        headline="" if _has_heading(passages) else title,
        headline_from="table of contents",
        language=language,
        language_from=place,
    )
    draft = arrange(
        _undeclared(passages, language), posixpath.splitext(posixpath.basename(path))[0], declared, key=path
    )
    return replace(draft, notes=(*decoded.notes, *draft.notes))


def _undeclared(passages: list[Passage], language: str) -> list[Passage]:
    """The passages, those that declare only what the whole chapter declares saying nothing of their own."""
    same = language.lower()
    return [replace(one, language="") if one.language.lower() == same else one for one in passages]


def _has_heading(passages: list[Passage]) -> bool:
    return any(one.marks[:2] in ("h1", "h2", "h3") for one in passages[:5])


def _body(root: etree._Element) -> etree._Element:
    return next((element for element in root.iter("*") if tag_of(element) == "body"), root)


def _is_apart(root: etree._Element) -> bool:
    """True for a chapter that calls itself a cover, a table of contents and so on."""
    body = _body(root)
    for element in (body, *list(body)[:1]):
        if _APART.search(element.get(_EPUB_TYPE) or element.get("epub:type") or element.get("role") or ""):
            return True
    return False


def _language(root: etree._Element, book: _Book) -> tuple[str, str]:
    for element in (root, _body(root)):
        if lang_of(element):
            return lang_of(element), f"<{tag_of(element)} lang>"
    return book.language, "dc:language" if book.language else ""


def _xml(source: Source, archive: Archive, path: str) -> etree._Element:
    data = archive.read(path)
    if data is None:
        raise archive.damaged()
    try:
        return parse_xml(decode(source, data).text)
    except BrokenMarkup as error:
        raise archive.damaged() from error
