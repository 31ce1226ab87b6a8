import io
import zipfile
from collections.abc import Callable

import pytest

from articles.importers.settle import Imported
from articles.importers.source import ImportRefused

Importing = Callable[..., list[Imported]]

LAVOIR = (
    "Pourquoi acheter une perceuse qui, de toute sa vie, tournera moins d’un quart d’heure&nbsp;? C’est la question "
    "que le docteur posait à ses voisins, et à laquelle ils ont fini par répondre par un lavoir d’un genre nouveau."
)
HOUSE = (
    "You smell it before you see it: fresh paint, sawdust and, underneath, a stubborn memory of sardines. Built in "
    "1908 and shut in 1998, the old ice house has spent two years behind scaffolding, and it reopens on Saturday."
)
CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
XHTML = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'


def chapter(body: str, lang: str = "") -> str:
    return f'<?xml version="1.0" encoding="utf-8"?>{XHTML}{lang}><head><title/></head><body>{body}</body></html>'


CHAPTERS = {
    "cover.xhtml": chapter("<h1>Salvane</h1>"),
    "nav.xhtml": chapter('<nav epub:type="toc"><ol><li><a href="b%20c.xhtml#top">The ice house</a></li></ol></nav>'),
    "a.xhtml": chapter(
        f'<h2>Le lavoir</h2><p class="byline">Par Jeanne Carrel</p><p>{LAVOIR}<a epub:type="noteref" href="#n1">1</a>'
        "</p>"
        '<aside epub:type="footnote" id="n1"><p>En 2022.</p></aside>'
    ),
    "b c.xhtml": chapter(f'<p>{HOUSE}</p><p xml:lang="fr">Bonjour à toutes et à tous.</p>', ' xml:lang="en"'),
}


def book(chapters: dict[str, str] = CHAPTERS, extra: dict[str, str] | None = None, drop: str = "") -> bytes:
    """An EPUB of these chapters in this order, in French unless a chapter says otherwise."""
    items = "".join(
        f'<item id="i{number}" href="{name.replace(" ", "%20")}" media-type="application/xhtml+xml"'
        f"{' properties=' + chr(34) + 'nav' + chr(34) if name == 'nav.xhtml' else ''}/>"
        for number, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="i{number}"/>' for number in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:language>fr</dc:language></metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    files = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "OPS/package.opf": package}
    files |= {f"OPS/{name}": text for name, text in chapters.items()} | (extra or {})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            if name != drop:
                archive.writestr(name, text)
    return buffer.getvalue()


def test_each_chapter_is_an_article(importing: Importing) -> None:
    """Chapters come in reading order, with their own languages; cover and contents are left out and named."""
    first, second = importing("issue.epub", book())
    assert [(str(block.kind), block.text[:12]) for block in first.blocks] == [
        ("headline", "Le lavoir"),
        ("byline", "Par Jeanne C"),
        ("paragraph", "Pourquoi ach"),
        ("footnote", "En 2022."),
    ]
    assert (first.key, first.language, second.language) == ("OPS/a.xhtml", "fr", "en")
    assert [(block.language, block.text[:9]) for block in second.blocks] == [
        ("en", "The ice h"),
        ("en", "You smell"),
        ("fr", "Bonjour à"),
    ]
    assert any(note.field == "chapter" and note.place == "OPS/cover.xhtml" for note in first.notes)


def test_a_chapter_without_heading_takes_its_title_from_the_contents(importing: Importing) -> None:
    """The table of contents names the chapter, and the note says so."""
    second = importing("issue.epub", book())[1]
    assert [(note.text, note.place) for note in second.notes if note.field == "headline"] == [
        ("The ice house", "table of contents")
    ]


def test_letters_by_name_are_read_and_entities_are_not(importing: Importing) -> None:
    """`&nbsp;` is a space; an entity that the chapter declares, even in a file, stays out of the text."""
    evil = CHAPTERS["a.xhtml"].replace(
        "<html", '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "yyyy">]><html', 1
    )
    article = importing("issue.epub", book({**CHAPTERS, "a.xhtml": evil.replace("genre", "&x;&y; genre")}))[0]
    text = article.blocks[2].text
    assert "quart d’heure\u00a0?" in text
    assert "root:" not in text
    assert "yyyy" not in text


DRM = '<encryption><EncryptedData><EncryptionMethod Algorithm="{}"/></EncryptedData></encryption>'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            book(extra={"META-INF/encryption.xml": DRM.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")}),
            "encrypted",
        ),
        (book(drop="META-INF/container.xml"), "damaged"),
        (book(drop="OPS/package.opf"), "damaged"),
        (book()[:900], "damaged"),
        (book({"cover.xhtml": CHAPTERS["cover.xhtml"]}), "no chapter with text is in it"),
    ],
)
def test_what_is_no_readable_book_is_refused(importing: Importing, data: bytes, message: str) -> None:
    """Copy protection, damage and a book without text are each told in a line with what to do."""
    with pytest.raises(ImportRefused) as caught:
        importing("a.epub", data)
    assert str(caught.value).startswith(f"a.epub: {message}")
    assert caught.value.hint


def test_scrambled_fonts_are_no_protection(importing: Importing) -> None:
    """A book whose fonts alone are scrambled is read."""
    extra = {"META-INF/encryption.xml": DRM.format("http://www.idpf.org/2008/embedding")}
    assert len(importing("a.epub", book(extra=extra))) == 2
