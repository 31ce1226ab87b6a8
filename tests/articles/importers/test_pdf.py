import io
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image

from articles.importers import formats
from articles.importers import pdf as importer
from articles.importers.settle import Imported
from articles.importers.source import ImportRefused

One = Callable[..., Imported]


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs are read in a process of their own, which test_apart.py looks at; here that would only take time."""
    monkeypatch.setattr(formats, "apart", lambda work, source, **_: work(source))


SENTENCE = (
    "Le chantier a coûté une belle somme pour une maison dont les comptes devraient atteindre un record cette année, "
    "et les ventes ont progressé en douze mois, grâce aux commandes venues de loin. "
)


def new_page() -> FPDF:
    pdf = FPDF(format="A4")
    pdf.set_margin(15)
    pdf.set_compression(True)
    pdf.add_page()
    return pdf


def line(pdf: FPDF, text: str, size: float, style: str = "") -> None:
    pdf.set_font("Helvetica", style, size)
    pdf.multi_cell(0, size * 0.5, text, new_x="LMARGIN", new_y="NEXT")


def magazine(paragraphs: int = 6, last: str = "Il est trop tard.") -> bytes:
    """A page as magazines print it: a head across the page, the text in two columns."""
    pdf = new_page()
    line(pdf, "Entreprise", 9)
    line(pdf, "Les vieilles voiles reprennent le large", 24, "B")
    line(pdf, "Sacs, parasols, blousons : l'atelier redonne du souffle à la toile des bateaux.", 13)
    line(pdf, "Par Bastien Orsolle", 10)
    pdf.ln(4)
    with pdf.text_columns(ncols=2, gutter=8, text_align="J") as columns:
        for number in range(paragraphs):
            columns.write(f"Paragraphe {number}. " + SENTENCE * 2 + "\n\n")
        columns.write(last)
    return bytes(pdf.output())


def test_a_page_in_columns_is_read_in_order(one: One) -> None:
    """The head is told by its sizes, and the columns are read one after the other, whole paragraphs each."""
    article = one("voiles.pdf", magazine())
    assert [(str(block.kind), block.text) for block in article.blocks] == [
        ("kicker", "Entreprise"),
        ("headline", "Les vieilles voiles reprennent le large"),
        ("standfirst", "Sacs, parasols, blousons : l'atelier redonne du souffle à la toile des bateaux."),
        ("byline", "Par Bastien Orsolle"),
        *(("paragraph", f"Paragraphe {number}. {SENTENCE}{SENTENCE}".strip()) for number in range(6)),
        ("paragraph", "Il est trop tard."),
    ]
    assert {block.language for block in article.blocks} == {"fr"}


def test_a_paragraph_goes_on_in_the_next_column(one: One) -> None:
    """A paragraph that the end of a column cuts is one paragraph."""
    article = one("voiles.pdf", magazine(paragraphs=9))
    bodies = [block.text for block in article.blocks if block.text.startswith("Paragraphe")]
    assert bodies == [f"Paragraphe {number}. {SENTENCE}{SENTENCE}".strip() for number in range(9)]


def test_words_divided_at_line_ends_are_joined(one: One) -> None:
    """A divided word is whole again and named; a compound that is written with its hyphen elsewhere keeps it."""
    pdf = new_page()
    line(pdf, "A title", 22)
    for text in (
        "The bridge was opened on Friday by a baker who had always been against it, and by the neigh-",
        "bours, who had not been asked. A well-known band played until the rain came, and other well-",
        "known songs were sung in the town hall.",
    ):
        line(pdf, text, 10)
    article = one("a.pdf", bytes(pdf.output()))
    assert article.blocks[1].text == (
        "The bridge was opened on Friday by a baker who had always been against it, and by the neighbours, who had "
        "not been asked. A well-known band played until the rain came, and other well-known songs were sung in the "
        "town hall."
    )
    assert any("neighbours" in note.text and not note.sure for note in article.notes)


def test_running_heads_and_page_numbers_are_left_out(one: One) -> None:
    """What every page repeats at its edge is no part of the text; what it was is told."""
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    for number in range(1, 4):
        pdf.add_page()
        pdf.set_font("Helvetica", size=8)
        pdf.text(20, 10, "La Gazette")
        pdf.text(180, 290, str(number))
        pdf.set_xy(15, 40)
        if number == 1:
            line(pdf, "Un titre", 22)
        pdf.set_x(15)
        line(pdf, SENTENCE * 3, 10)
    article = one("a.pdf", bytes(pdf.output()))
    text = " ".join(block.text for block in article.blocks)
    assert "Gazette" not in text
    assert not re.search(r"\d", text)
    assert {left.text for left in article.left_out} == {"La Gazette", "1", "2", "3"}


def test_a_ruled_table_keeps_its_rows(one: One) -> None:
    """A table with lines around its cells is rows, where it stands."""
    pdf = new_page()
    line(pdf, "Un titre", 22)
    line(pdf, SENTENCE * 2, 10)
    pdf.set_font("Helvetica", size=10)
    with pdf.table(width=100) as table:
        for cells in (("Objet", "Nombre"), ("Perceuse", "412"), ("Échelle", "300")):
            row = table.row()
            for cell in cells:
                row.cell(cell)
    line(pdf, "La suite du texte est ici.", 10)
    article = one("a.pdf", bytes(pdf.output()))
    assert [(str(block.kind), block.text) for block in article.blocks][2:] == [
        ("table", "Objet, Nombre"),
        ("table", "Perceuse, 412"),
        ("table", "Échelle, 300"),
        ("paragraph", "La suite du texte est ici."),
    ]


def scanned() -> bytes:
    pdf = new_page()
    pdf.image(Image.new("RGB", (50, 50), "white"))
    return bytes(pdf.output())


def locked() -> bytes:
    pdf = new_page()
    line(pdf, "Secret", 12)
    pdf.set_encryption(owner_password="owner", user_password="user")
    return bytes(pdf.output())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (scanned(), "there is no text in it"),
        (locked(), "encrypted with a password"),
        (magazine()[:700], "damaged"),
        (b"%PDF-1.7\nnothing of the kind", "damaged"),
    ],
)
def test_what_is_no_readable_pdf_is_refused(one: One, data: bytes, message: str) -> None:
    """Scans, passwords and damage are each told in a line with what to do."""
    with pytest.raises(ImportRefused) as caught:
        one("a.pdf", data)
    assert str(caught.value).startswith(f"a.pdf: {message}")
    assert caught.value.hint


def test_a_stream_that_unpacks_to_too_much_is_refused(one: One, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream is measured before the page is drawn from it."""
    monkeypatch.setattr(importer, "MAX_STREAM_BYTES", 1_000_000)
    bomb = zlib.compress(b" " * 5_000_000)
    data = magazine().replace(b"%%EOF", b"9 0 obj <</Filter /FlateDecode>>\nstream\n" + bomb + b"\nendstream\n%%EOF")
    with pytest.raises(ImportRefused, match=r"^a\.pdf: it unpacks to more than 1 MB"):
        one("a.pdf", data)


def test_nothing_is_left_beside_the_source(one: One, tmp_path: Path) -> None:
    """Reading a PDF writes nothing."""
    one("a.pdf", magazine())
    assert [path.name for path in (tmp_path / "sources").iterdir()] == ["a.pdf"]
    assert io.BytesIO(magazine()).read(5) == b"%PDF-"
