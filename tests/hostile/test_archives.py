"""Archives and XML that are made to do harm, through `vivavoce import`, `lexicon import` and `check`."""

import io
import stat
import zipfile
from collections.abc import Callable

import pytest

from tests.hostile.conftest import SECRET, House, Told

WORDS = "The first boat leaves at five, and nobody waves, because everybody who could wave is on it. " * 4
ENTITIES = '<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
"""The billion laughs: `&j;` is ten thousand million letters."""

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def archive(files: dict[str, str | bytes]) -> bytes:
    """A ZIP archive of these files, under exactly these names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in files.items():
            book.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def epub(*, doctype: str = "", text: str = WORDS, chapter: str = "a.xhtml", **others: str | bytes) -> bytes:
    return archive(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": f"{doctype}<container><rootfiles>"
            '<rootfile full-path="a.opf"/></rootfiles></container>',
            "a.opf": f"{doctype}<package><manifest>"
            f'<item id="a" href="{chapter}" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="a"/></spine></package>',
            chapter: f"{doctype}<html><body><h1>A</h1><p>{text}</p></body></html>",
            **others,
        }
    )


def docx(*, doctype: str = "", text: str = WORDS, main: str = "word/document.xml", **others: str | bytes) -> bytes:
    return archive(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{OFFICE}/officeDocument" '
            f'Target="{main}"/></Relationships>',
            main: f'{doctype}<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>'
            "</w:document>",
            **others,
        }
    )


def feed(*, doctype: str = "", text: str = WORDS) -> bytes:
    return (
        f'{doctype}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item>'
        f"<title>A</title><content:encoded>{text}</content:encoded></item></channel></rss>"
    ).encode()


MAKERS = {"epub": epub, "docx": docx, "rss": feed}


@pytest.mark.parametrize("suffix", MAKERS)
def test_entities_are_never_expanded(house: House, command: Callable[..., Told], suffix: str) -> None:
    """The billion laughs is refused or read as nothing; it never becomes ten thousand million letters."""
    data = MAKERS[suffix](doctype=f"<!DOCTYPE x [{ENTITIES}]>", text=f"{WORDS}&j;")
    told = command("import", house.write(f"inbox/a.{suffix}", data), "--issue", "2026-11")
    assert told.code in (0, 1)
    assert "aaaaaaaaaa" not in house.texts()


@pytest.mark.parametrize("suffix", MAKERS)
@pytest.mark.parametrize("kind", ["SYSTEM", 'PUBLIC "-//A//B//EN"'])
def test_no_file_is_read_through_an_entity(house: House, command: Callable[..., Told], suffix: str, kind: str) -> None:
    """An entity that names a file on this computer brings nothing of it into an article."""
    doctype = f'<!DOCTYPE x [<!ENTITY s {kind} "{house.secret.as_uri()}">]>'
    data = MAKERS[suffix](doctype=doctype, text=f"{WORDS}&s;")
    command("import", house.write(f"inbox/a.{suffix}", data), "--issue", "2026-11")
    assert SECRET not in house.texts()


@pytest.mark.parametrize("name", ["word/document.bin", "elsewhere.dat", "a/../b.txt"])
def test_a_word_file_is_read_from_parts_that_were_looked_at(
    house: House, command: Callable[..., Told], name: str
) -> None:
    """A document under a name of its own does not slip past the check for entities."""
    data = docx(doctype=f"<!DOCTYPE x [{ENTITIES}]>", text="&j;", main=name)
    told = command("import", house.write("inbox/a.docx", data), "--issue", "2026-11")
    assert told.code == 1
    assert len(told.lines) == 1


@pytest.mark.parametrize("suffix", ["epub", "docx"])
def test_an_archive_that_explodes_is_refused(house: House, command: Callable[..., Told], suffix: str) -> None:
    """A few kilobytes that unpack to a hundred megabytes of text are told in a line with what to do."""
    bomb = "a " * 50_000_000
    data = MAKERS[suffix](text=bomb)
    assert len(data) < 500_000
    told = command("import", house.write(f"inbox/a.{suffix}", data), "--issue", "2026-11")
    assert told.code == 1
    (line,) = told.lines
    assert "its text unpacks to more than 4 MB — split it" in line


def test_an_archive_that_lies_about_its_size_is_refused(house: House, command: Callable[..., Told]) -> None:
    """What a list says of a file's size is not believed."""
    data = bytearray(epub(text="a " * 15_000_000))
    true = (30_000_000 + len("<html><body><h1>A</h1><p></p></body></html>")).to_bytes(4, "little")
    while (place := data.find(true)) >= 0:
        data[place : place + 4] = (100).to_bytes(4, "little")
    told = command("import", house.write("inbox/a.epub", bytes(data)), "--issue", "2026-11")
    assert told.code == 1
    assert len(told.lines) == 1


@pytest.mark.parametrize(
    "name",
    ["../../../../letters/evil.xhtml", "/tmp/vivavoce-evil.xhtml", "..\\..\\evil.xhtml", "C:\\evil.xhtml", "a\x00b"],
)
def test_names_in_an_archive_lead_nowhere(house: House, command: Callable[..., Told], name: str) -> None:
    """A chapter's path outside its book neither reads nor writes anything there."""
    data = epub(chapter=name.replace("\x00", "&#1;"))
    command("import", house.write("inbox/a.epub", data), "--issue", "2026-11")
    written = [path.name for path in house.issue.iterdir()]
    assert all(path.endswith(".md") and "/" not in path for path in written)


def test_a_link_in_an_archive_is_not_followed(house: House, command: Callable[..., Told]) -> None:
    """A symbolic link packed into a book is text like any other, and leads to no file."""
    buffer = io.BytesIO(epub())
    with zipfile.ZipFile(buffer, "a") as book:
        link = zipfile.ZipInfo("b.xhtml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        book.writestr(link, str(house.secret))
    command("import", house.write("inbox/a.epub", buffer.getvalue()), "--issue", "2026-11")
    assert SECRET not in house.texts()


def test_a_book_of_too_many_articles_is_refused(house: House, command: Callable[..., Told]) -> None:
    """Nobody's issue has thousands of articles, and each would be a file."""
    items = "".join(f"<item><title>T{n}</title><description>{WORDS * 3}</description></item>" for n in range(501))
    data = f'<rss version="2.0"><channel>{items}</channel></rss>'
    told = command("import", house.write("inbox/a.rss", data), "--issue", "2026-11")
    assert told.code == 1
    assert "501 articles are more than the 500" in told.lines[0]
    assert not list(house.issue.iterdir())


@pytest.mark.parametrize("doctype", [f"<!DOCTYPE x [{ENTITIES}]>", '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'])
def test_a_lexicon_that_declares_anything_is_refused(house: House, command: Callable[..., Told], doctype: str) -> None:
    """PLS needs no document type, and its entities are never declared."""
    words = house.write(
        "inbox/a.pls",
        f'<?xml version="1.0"?>{doctype}<lexicon xmlns="http://www.w3.org/2005/01/pronunciation-lexicon"><lexeme>'
        "<grapheme>&j;</grapheme><alias>b</alias></lexeme></lexicon>",
    )
    told = command("lexicon", "import", words, "--lang", "en")
    assert told.code == 2
    assert "declares a document type" in told.lines[0]


@pytest.mark.parametrize("inside", [f"<!DOCTYPE rss [{ENTITIES}]>", "secret"])
def test_a_foreign_feed_is_checked_as_data(house: House, command: Callable[..., Told], inside: str) -> None:
    """A feed with entities is judged without expanding one of them or reading what they name."""
    doctype = inside if inside != "secret" else f'<!DOCTYPE rss [<!ENTITY j SYSTEM "{house.secret.as_uri()}">]>'
    path = house.write("inbox/feed.xml", f'{doctype}<rss version="2.0"><channel><title>&j;</title></channel></rss>')
    told = command("check", path)
    assert told.code == 1
    assert SECRET not in told.out
    assert len(told.out) < 10_000


def test_a_feed_of_many_attributes_that_expand_is_told_of(house: House, command: Callable[..., Told]) -> None:
    """Entities in attributes, which a parser must expand, stop it before they fill the memory."""
    path = house.write(
        "inbox/feed.xml",
        f'<!DOCTYPE rss [{ENTITIES}]><rss version="2.0"><channel><item><enclosure url="&j;"/></item></channel></rss>',
    )
    told = command("check", path)
    assert told.code == 1
    assert "not well-formed XML" in told.out
