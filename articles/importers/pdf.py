"""A PDF: its text in reading order; the only file that imports pdfplumber."""

import io
import logging
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from articles.importers.arrange import Declared, arrange
from articles.importers.clean import clean, is_right_to_left
from articles.importers.draft import Draft, LeftOut, Note, Passage, Run
from articles.importers.pdf_columns import Word, in_reading_order
from articles.importers.pdf_lines import lines_of, paragraphs_of, without_running_heads
from articles.importers.pdf_sizes import by_size
from articles.importers.source import ImportRefused, Source
from articles.issue import BlockKind

MAX_PAGES = 500
MAX_STREAM_BYTES = 100_000_000
"""What one stream of drawing or text may unpack to; pictures are not unpacked."""

TABLE = "\ufffc"
"""A word that begins so stands for the table of the page with the number that follows."""


def read(source: Source) -> list[Draft]:
    """The one article of a PDF, however long it takes.

    Raises ImportRefused for one that is damaged, encrypted, scanned or too large.
    """
    _refuse_bombs(source)
    pages, tables, language = _pages(source)
    if not any(pages.values()):
        hint = "it holds pictures of pages: run text recognition on it first, for example with ocrmypdf"
        raise source.refused("there is no text in it", hint)
    lines, running = without_running_heads([lines_of(in_reading_order(page), number) for number, page in pages.items()])
    text = " ".join(line.text for line in lines)
    if is_right_to_left(text):
        why = "its text is written from right to left, in an order that a PDF does not keep"
        raise source.refused(why, "import it as DOCX, HTML or text")
    passages, divided = paragraphs_of(lines)
    passages, notes = by_size(list(_with_tables(passages, tables)))
    draft = arrange(passages, source.path.stem, Declared(language=language, language_from="the PDF’s language"))
    if divided:
        notes.append(Note("text", f"words divided at line ends were joined: {', '.join(divided[:20])}", sure=False))
    left_out = [LeftOut(line.text, "repeated at the edge of pages", f"page {line.page}") for line in running]
    return [replace(draft, notes=(*draft.notes, *notes), left_out=(*draft.left_out, *left_out[:20]))]


def _refuse_bombs(source: Source) -> None:
    """Unpack each stream that is not a picture, keeping nothing, to see that none grows beyond the limit."""
    for start in re.finditer(rb"stream\r?\n", source.data):
        if b"/Image" in source.data[max(0, start.start() - 400) : start.start()]:
            continue
        if source.data[start.end() : start.end() + 1] != b"x":  # how a zlib stream begins
            continue
        unpack, size = zlib.decompressobj(), 0
        end = source.data.find(b"endstream", start.end())
        data = source.data[start.end() : end if end >= 0 else None]
        try:
            while data and size <= MAX_STREAM_BYTES:
                size += len(unpack.decompress(data, 1 << 20))
                data = unpack.unconsumed_tail
        except zlib.error:
            continue
        if size > MAX_STREAM_BYTES:
            raise source.refused(f"it unpacks to more than {MAX_STREAM_BYTES / 1e6:.0f} MB", "save it again, smaller")


def _pages(source: Source) -> tuple[dict[int, list[Word]], dict[str, list[Passage]], str]:
    """The words of each page, the ruled tables by the word that stands for each, and the declared language."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it tells of every oddity, one line each
    pages: dict[int, list[Word]] = {}
    tables: dict[str, list[Passage]] = {}
    language = ""
    try:
        with pdfplumber.open(io.BytesIO(source.data)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise source.refused(f"{len(pdf.pages)} pages are more than the {MAX_PAGES} that are read", "split it")
            language = _language(pdf)
            for number, page in enumerate(pdf.pages, 1):
                pages[number] = list(_words(page, number, tables))
                page.close()
    except Exception as error:  # a broken PDF can break its parser anywhere
        if isinstance(error, ImportRefused):
            raise
        reason = f"{type(error).__name__} {error}"
        if "Password" in reason or "Encrypt" in reason or (b"/Encrypt" in source.data and not pages):
            raise source.refused("encrypted with a password", "save it again without a password") from error
        raise source.refused("damaged: its pages cannot be read", "fetch or save it again") from error
    return pages, tables, language


def _language(pdf: Any) -> str:
    """The document's own language tag (`/Lang` of the catalogue), if it has one."""
    value = pdf.doc.catalog.get("Lang", b"")
    return clean(value.decode("latin-1")) if isinstance(value, bytes) else ""


def _words(page: Any, number: int, tables: dict[str, list[Passage]]) -> Iterator[Word]:
    boxes = []
    for found in page.find_tables():
        rows = [[clean(cell or "") for cell in row] for row in found.extract()]
        rows = [row for row in rows if any(row)]
        if len(rows) < 2 or min(len(row) for row in rows) < 2:
            continue
        name = f"{TABLE}{len(tables)}"
        tables[name] = [_row(row, number) for row in rows]
        boxes.append(found.bbox)
        left, top, right, bottom = found.bbox
        yield Word(name, left, right, top, bottom, 0.0, False, page.height)
    for word in page.extract_words(x_tolerance_ratio=0.15, extra_attrs=["size", "fontname"], use_text_flow=False):
        middle_x, middle_y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
        if any(left <= middle_x <= right and top <= middle_y <= bottom for left, top, right, bottom in boxes):
            continue
        if not word.get("upright", True):
            continue
        bold = bool(re.search(r"bold|black|heavy|semibold|demi", str(word["fontname"]), re.IGNORECASE))
        yield Word(
            word["text"], word["x0"], word["x1"], word["top"], word["bottom"], float(word["size"]), bold, page.height
        )


def _row(cells: list[str], number: int) -> Passage:
    runs = [run for cell in cells for run in (Run(cell), Run(", "))]
    return Passage(BlockKind.TABLE, tuple(runs[:-1]), f"page {number}", marks="tr")


def _with_tables(passages: list[Passage], tables: dict[str, list[Passage]]) -> Iterator[Passage]:
    for one in passages:
        if one.text in tables:
            yield from tables[one.text]
        else:
            yield one
