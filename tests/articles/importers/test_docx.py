import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from articles.importers import archive
from articles.importers import docx as importer
from articles.importers.settle import Imported
from articles.importers.source import ImportRefused, Source

One = Callable[..., Imported]


def document(*paragraphs: tuple[str, str], then: Callable[[Any], None] | None = None) -> bytes:
    """A Word file of paragraphs, each with its style."""
    made = docx.Document()
    for text, style in paragraphs:
        made.add_paragraph(text, style=style or None)
    if then:
        then(made)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


STYLED = (
    ("Old Port", ""),
    ("The Ice House Opens", "Title"),
    ("For ninety years it kept the catch cold; now it keeps thirty firms warm.", "Subtitle"),
    ("By Claire Fontanel", ""),
    ("Sous la verrière, les premiers locataires ont déjà accroché leur devise au mur.", "Caption"),
    ("You smell it before you see it: fresh paint, sawdust and a stubborn memory of sardines.", ""),
    ("Cold walls", "Heading 1"),
    ("Doors are the answer.", "Quote"),
    ("An oar maker", "List Bullet"),
    ("A piano repairer", "List Bullet"),
    ("It reopens on Saturday, with a brass band and some oysters.", ""),
)


def rewritten(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same archive with one of its files changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == name else content)
    return buffer.getvalue()


def test_styles_say_what_each_paragraph_is(one: One) -> None:
    """Word's styles become fields and kinds of blocks; a caption in French is marked as French."""

    def table(made: Any) -> None:
        cells = made.add_table(2, 2)
        for row, texts in enumerate((("Trade", "Rooms"), ("Oars", "28"))):
            for column, text in enumerate(texts):
                cells.cell(row, column).text = text

    article = one("ice.docx", document(*STYLED, then=table))
    assert [(str(block.kind), block.language, block.text[:20]) for block in article.blocks] == [
        ("kicker", "en", "Old Port"),
        ("headline", "en", "The Ice House Opens"),
        ("standfirst", "en", "For ninety years it "),
        ("byline", "en", "By Claire Fontanel"),
        ("caption", "fr", "Sous la verrière, le"),
        ("paragraph", "en", "You smell it before "),
        ("heading", "en", "Cold walls"),
        ("quotation", "en", "Doors are the answer"),
        ("list item", "en", "An oar maker"),
        ("list item", "en", "A piano repairer"),
        ("paragraph", "en", "It reopens on Saturd"),
        ("table", "en", "Trade, Rooms"),
        ("table", "en", "Oars, 28"),
    ]


def test_a_document_without_styles_is_read_like_a_page(one: One) -> None:
    """Where everything is Normal, headline, standfirst and byline are told by their place."""
    article = one("plain.docx", document(*((text, "") for text, style in STYLED[:6] if style != "Caption")))
    assert [str(block.kind) for block in article.blocks] == "kicker headline standfirst byline paragraph".split()


def test_the_file_s_author_is_no_byline(one: One) -> None:
    """Whose computer a file was written on is told, not taken for the writer's name."""

    def signed(made: Any) -> None:
        made.core_properties.author = "Office PC 3"

    article = one("a.docx", document(("A title", "Title"), ("Some text, and enough.", ""), then=signed))
    assert "byline" in article.missing
    assert any("Office PC 3" in note.text and not note.sure for note in article.notes)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 and nothing else", "damaged"),
        (document(*STYLED)[:4000], "damaged"),
        (document(), "there are no words in it"),
        (rewritten(document(*STYLED), "word/document.xml", lambda xml: xml[:-400]), "damaged"),
        (
            rewritten(
                document(*STYLED),
                "word/document.xml",
                lambda xml: xml.replace(b"<w:document", b'<!DOCTYPE x [<!ENTITY a "aaa">]><w:document', 1),
            ),
            "it declares entities",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted with a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "a Word file of the old kind"),
        (b"just text", "damaged: this is no DOCX file"),
    ],
)
def test_what_is_no_readable_document_is_refused(one: One, data: bytes, message: str) -> None:
    """Damage, passwords, entities and older formats are each told in a line with what to do."""
    with pytest.raises(ImportRefused) as caught:
        one("a.docx", data)
    assert str(caught.value).startswith(f"a.docx: {message}")
    assert caught.value.hint


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sizes are checked before anything is unpacked."""
    data = rewritten(document(*STYLED), "word/styles.xml", lambda xml: xml + b" " * 3_000_000)
    assert len(data) < 100_000
    monkeypatch.setattr(archive, "MAX_UNPACKED_BYTES", 2_000_000)
    with pytest.raises(ImportRefused, match=r"^a\.docx: it unpacks to more than 2 MB"):
        importer.read(Source(Path("a.docx"), data))


def test_an_archive_that_lies_about_its_sizes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read is counted too, whatever the list of files says."""
    data = rewritten(document(*STYLED), "word/styles.xml", lambda xml: xml + b" " * 3_000_000)
    size = next(info.file_size for info in zipfile.ZipFile(io.BytesIO(data)).infolist() if "styles" in info.filename)
    data = data.replace(struct.pack("<I", size), struct.pack("<I", 100))
    monkeypatch.setattr(archive, "MAX_READ_BYTES", 2_000_000)
    with pytest.raises(ImportRefused, match=r"^a\.docx: (?:its text unpacks|damaged)"):
        importer.read(Source(Path("a.docx"), data))


def test_more_text_than_a_parser_holds_is_refused(one: One) -> None:
    """A part of some megabytes is hundreds of pages, and takes its parser a hundred times as much memory."""
    data = rewritten(
        document(*STYLED), "word/document.xml", lambda xml: xml.replace(b"</w:body>", b" " * 4_000_000 + b"</w:body>")
    )
    with pytest.raises(ImportRefused, match=r"^a\.docx: its text unpacks to more than 4 MB — split it$"):
        one("a.docx", data)
