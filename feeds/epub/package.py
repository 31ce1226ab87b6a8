"""The book's package document, its navigation, and its cover page."""

from collections.abc import Sequence

from feeds.epub.book import Book, name_of
from feeds.epub.overlay import Overlay
from feeds.epub.xml import DC, EPUB_TYPE, OPF, XML_LANG, Element, add, document, encoded, page, speaks
from feeds.words import Words, long_date, words_for

ACTIVE = "-epub-media-overlay-active"

_ACCESSIBILITY = (
    ("accessMode", "textual"),
    ("accessMode", "auditory"),
    ("accessModeSufficient", "textual"),
    ("accessModeSufficient", "auditory"),
    ("accessibilityFeature", "synchronizedAudioText"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityHazard", "none"),
)
"""What is so by the way the book is made, and tested; no conformance to WCAG is claimed, since nobody audits it."""


def package(book: Book, overlays: Sequence[Overlay]) -> bytes:
    """The package document (EPUB 3.3, section 5)."""
    root = document(OPF, "package", dc=DC)
    for name, value in (("version", "3.0"), ("unique-identifier", "id"), (XML_LANG, book.language)):
        root.set(name, value)
    _metadata(add(root, "metadata"), book, overlays)
    _manifest(add(root, "manifest"), book)
    spine = add(root, "spine")
    for item in ("cover-page", "nav", *map(name_of, range(1, len(book.articles) + 1))):
        add(spine, "itemref", idref=item)
    return encoded(root)


def _metadata(metadata: Element, book: Book, overlays: Sequence[Overlay]) -> None:
    add(metadata, f"{{{DC}}}identifier", book.identifier, id="id")
    add(metadata, f"{{{DC}}}title", book.title)
    for language in book.languages:
        add(metadata, f"{{{DC}}}language", language)
    add(metadata, f"{{{DC}}}creator", book.publisher)
    add(metadata, f"{{{DC}}}publisher", book.publisher)
    add(metadata, f"{{{DC}}}date", book.date.isoformat())
    if book.description:
        add(metadata, f"{{{DC}}}description", book.description)
    # Not the clock's: the same issue gives the same book (docs/decisions/0008-no-clock-in-feeds.md).
    add(metadata, "meta", f"{book.date.isoformat()}T00:00:00Z", property="dcterms:modified")
    add(metadata, "meta", name="cover", content="cover")
    for name, value in _ACCESSIBILITY:
        add(metadata, "meta", value, property=f"schema:{name}")
    add(metadata, "meta", book.synthetic, property="schema:accessibilitySummary")
    add(metadata, "meta", f"{sum(each.seconds for each in overlays):.3f}s", property="media:duration")
    for number, each in enumerate(overlays, 1):
        add(metadata, "meta", f"{each.seconds:.3f}s", property="media:duration", refines=f"#{name_of(number)}-overlay")
    for narrator in book.narrators:
        add(metadata, "meta", narrator, property="media:narrator")
    add(metadata, "meta", ACTIVE, property="media:active-class")


def _manifest(manifest: Element, book: Book) -> None:
    def item(name: str, href: str, kind: str, **more: str) -> None:
        add(manifest, "item", id=name, href=href, media_type=kind, **more)

    item("nav", "nav.xhtml", "application/xhtml+xml", properties="nav")
    item("cover-page", "cover.xhtml", "application/xhtml+xml")
    item("cover", "cover.jpg", "image/jpeg", properties="cover-image")
    item("style", "style.css", "text/css")
    for number in range(1, len(book.articles) + 1):
        name = name_of(number)
        item(name, f"{name}.xhtml", "application/xhtml+xml", media_overlay=f"{name}-overlay")
        item(f"{name}-overlay", f"{name}.smil", "application/smil+xml")
        item(f"{name}-sound", f"{name}.mp3", "audio/mpeg")


def navigation(book: Book) -> bytes:
    """The contents: every article in its own language, and the landmarks."""
    words = words_for(book.language)
    root, body = page(book.title, book.language, "")
    contents = add(body, "nav", id="toc")
    contents.set(EPUB_TYPE, "toc")
    add(contents, "h1", words.contents)
    entries = add(contents, "ol")
    for number, article in enumerate(book.articles, 1):
        link = add(add(entries, "li"), "a", article.title, href=f"{name_of(number)}.xhtml")
        if article.language != book.language:
            speaks(link, article.language)
    landmarks = add(body, "nav", hidden="hidden")
    landmarks.set(EPUB_TYPE, "landmarks")
    add(landmarks, "h2", words.contents)
    places = add(landmarks, "ol")
    for kind, href, title in (("toc", "nav.xhtml", words.contents), ("bodymatter", f"{name_of(1)}.xhtml", book.title)):
        add(add(places, "li"), "a", title, href=href).set(EPUB_TYPE, kind)
    return encoded(root)


def cover_page(book: Book) -> bytes:
    """The cover, and what the book is."""
    words: Words = words_for(book.language)
    root, body = page(book.title, book.language, "cover")
    add(add(body, "p"), "img", src="cover.jpg", alt=words.cover_of.format(title=book.title))
    add(body, "h1", book.title)
    add(body, "p", long_date(book.date, words))
    add(body, "p", book.synthetic)
    return encoded(root)
