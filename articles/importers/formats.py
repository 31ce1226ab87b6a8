"""Which format a foreign file is in, told by what it holds before its name, and the importer for it."""

import functools
import importlib
import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

from articles.errors import ArticleError
from articles.frontmatter import MAX_HEAD_CHARACTERS, split_front_matter
from articles.importers.apart import LONGEST_SECONDS_PER_MB, apart
from articles.importers.clean import shortened
from articles.importers.draft import Draft
from articles.importers.place import text_of
from articles.importers.settle import HEAD, Imported, settle
from articles.importers.source import ImportRefused, Source, read_source
from articles.issue import BlockKind
from articles.markdown import MAX_ARTICLE_BYTES, SPLIT_IT


class Format(StrEnum):
    """The foreign formats, by the name of the module that reads each."""

    PAGE_TEXT = "page_text"
    HTML = "html_page"
    DOCX = "docx"
    EPUB = "epub"
    PDF = "pdf"
    FEED = "feed"
    JSON_FEED = "json_feed"
    MARKDOWN = "other_markdown"


MAX_ARTICLES = 500
"""What one file may hold: several years of a magazine."""

_PACKED = (Format.DOCX, Format.EPUB, Format.PDF)
_PDF_SECONDS_PER_MB = 100  # 250 pages of plain type, each a tenth of a second
_SMALL_BYTES = 20_000
"""What is not packed and no larger is read here: a process would take a quarter of a second to start."""

NAMES = "text, HTML, DOCX, EPUB, PDF, RSS, Atom, JSON Feed, Markdown"

_SUFFIXES = {
    ".txt": Format.PAGE_TEXT, ".text": Format.PAGE_TEXT, "": Format.PAGE_TEXT,
    ".html": Format.HTML, ".htm": Format.HTML, ".xhtml": Format.HTML, ".xht": Format.HTML,
    ".rss": Format.FEED, ".atom": Format.FEED,
    ".json": Format.JSON_FEED,
    ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN, ".mkd": Format.MARKDOWN, ".mdown": Format.MARKDOWN,
    ".qmd": Format.MARKDOWN, ".rmd": Format.MARKDOWN, ".mdx": Format.MARKDOWN,
}  # fmt: skip
_ARCHIVES = {b"word/": Format.DOCX, b"META-INF/container.xml": Format.EPUB, b"application/epub+zip": Format.EPUB}
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]")
_HTML = re.compile(r"<!doctype html|<html[\s>]", re.IGNORECASE)

_Importer = Callable[[Source], list[Draft]]


def import_file(path: Path, languages: Sequence[str], asked: str = "") -> list[Imported]:
    """What `import_source` makes of the foreign file at `path`. Raises ImportRefused."""
    return import_source(read_source(path), languages, asked)


def import_source(source: Source, languages: Sequence[str], asked: str = "") -> list[Imported]:
    """The articles of a source, in its order; `asked` is their language if the producer gives one.

    Raises ImportRefused, naming the file and what to do, when it cannot be read as any format, holds no article, or one
    that is longer than a build reads.
    """
    kind = format_of(source)
    read = functools.partial(_drafts, kind)
    is_small = kind not in _PACKED and len(source.data) <= _SMALL_BYTES
    per_mb = _PDF_SECONDS_PER_MB if kind is Format.PDF else LONGEST_SECONDS_PER_MB
    drafts = read(source) if is_small else apart(read, source, seconds_per_mb=per_mb)
    articles = [settle(draft, source.name, languages, asked) for draft in drafts]
    for article in articles:  # before any of them is written: all or none
        text = text_of(article)
        if (size := len(text.encode())) > MAX_ARTICLE_BYTES:
            raise _too_long(source, article.headline or article.name, size)
        _refuse_long_head(source, article, text)
    return articles


def _drafts(kind: Format, source: Source) -> list[Draft]:
    """What the importer of `kind` makes of `source`; refused before all of it is handed on, where it is too much."""
    read: _Importer = importlib.import_module(f"articles.importers.{kind}").read
    drafts = read(source)
    if len(drafts) > MAX_ARTICLES:
        raise source.refused(f"{len(drafts):,} articles are more than the {MAX_ARTICLES} that are read", "split it")
    for draft in drafts:
        # With the blank line between two, the least that they can have when they are written.
        size = sum(len(passage.text) + 2 for passage in draft.passages)
        if size > MAX_ARTICLE_BYTES:
            headline = draft.having(BlockKind.HEADLINE)
            raise _too_long(source, headline.text if headline else draft.name, size)
    return drafts


def _refuse_long_head(source: Source, article: Imported, text: str) -> None:
    """Raise ImportRefused for a headline, standfirst or name that is so long that a build would refuse the article."""
    if len(text) <= MAX_HEAD_CHARACTERS:
        return
    try:
        split_front_matter(text, source.name)
    except ArticleError as error:
        fields = {str(block.kind): block.text for block in article.blocks if block.kind in HEAD}
        name, field = max([*fields.items(), ("section", article.section)], key=lambda each: len(each[1]))
        what = f"the {name} “{shortened(field)}” has {len(field):,} characters"
        raise source.refused(what, "make it a text where it was written") from error


def _too_long(source: Source, name: str, size_bytes: int) -> ImportRefused:
    what = f"“{name}” has {size_bytes / 1000:,.0f} kB of text"
    return source.refused(f"{what}, more than the {MAX_ARTICLE_BYTES // 1000} kB of an article", SPLIT_IT)


def format_of(source: Source) -> Format:
    """The format of `source`. Raises ImportRefused for one that is not among them."""
    data, suffix = source.data, source.path.suffix.lower()
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return Format.PDF
    if data.startswith(b"PK"):
        return _archive(source)
    if data.startswith(_OLD_WORD):
        if b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e" in data:
            raise source.refused("encrypted with a password", "open it in Word and save it without a password")
        raise source.refused("a Word file of the old kind (.doc)", "open it and save it as .docx")
    if data.startswith(b"{\\rtf"):
        raise source.refused("an RTF file", "open it in a word processor and save it as .docx")
    start = data[:4096].decode("latin-1").lstrip("\ufeffï»¿ÿþ \t\r\n\x00").replace("\x00", "")
    if start.startswith("<") and _XML_FEED.search(start):
        return Format.FEED
    if _HTML.search(start) and suffix not in (".md", ".markdown"):
        return Format.HTML
    return _by_name(source, suffix, start)


def _archive(source: Source) -> Format:
    for mark, kind in _ARCHIVES.items():
        if mark in source.data:
            return kind
    by_suffix = {".docx": Format.DOCX, ".epub": Format.EPUB}.get(source.path.suffix.lower())
    if by_suffix:
        return by_suffix
    raise source.refused("an archive that is neither DOCX nor EPUB", "unpack it and import the files in it")


def _by_name(source: Source, suffix: str, start: str) -> Format:
    if suffix in (".docx", ".epub", ".pdf"):
        raise source.refused(f"damaged: this is no {suffix[1:].upper()} file", "save or fetch it again")
    if suffix == ".xml":
        raise source.refused("XML, but neither RSS nor Atom", f"the formats are {NAMES}")
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    if start.startswith("{") and "jsonfeed" in start:
        return Format.JSON_FEED
    if "\x00" in source.data[:4096].decode("latin-1"):
        raise source.refused("a format that is not known here", f"the formats are {NAMES}")
    return Format.PAGE_TEXT
