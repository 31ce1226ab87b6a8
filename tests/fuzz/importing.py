"""Importers under test: what they make of bytes is written as an article, and read back as the same words."""

import contextlib
import io
import itertools
import signal
import zipfile
from collections.abc import Callable
from pathlib import Path

from articles.importers import docx, epub, pdf
from articles.importers.draft import Draft
from articles.importers.place import slug_of, text_of
from articles.importers.settle import settle
from articles.importers.source import ImportRefused, Source
from articles.markdown import read_article
from tests.fuzz.packing import packed
from tests.fuzz.trying import LANGUAGES, Run, letters, unprintable, with_answer, written

Read = Callable[[Source], list[Draft]]


def imports(read: Read, suffix: str) -> Run:
    """What the importer makes of bytes is written as an article, and read back as the same words."""

    def run(data: bytes) -> None:
        if not data.strip():
            return
        for draft in itertools.islice(read(Source(Path(f"given{suffix}"), data)), 5):
            imported = settle(draft, "given", LANGUAGES)
            text = text_of(imported)
            assert not unprintable(text), unprintable(text)
            slug = slug_of(imported.headline or imported.name)
            assert Path(slug).name == slug, slug
            if imported.headline:
                article = read_article(written("01-a.en.md", text.encode()), LANGUAGES)
                assert letters(block.text for block in article.blocks) == letters(
                    block.text for block in imported.blocks
                )

    return run


def any_pdf(data: bytes) -> None:
    """As other imports, in this process; what circles for ever is stopped, as the process that it has would be."""

    def stop(*_: object) -> None:
        raise ImportRefused("given.pdf: not read in time")

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, 4)
    try:
        imports(pdf.read, ".pdf")(data)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def archived(module: Read, suffix: str) -> Run:
    run = imports(module, suffix)
    return lambda data: run(packed(data))


def raw_archive(data: bytes) -> None:
    """Bytes that may or may not be a ZIP archive, to both importers that take one."""
    # What is asked here is whether a damaged archive is told from a sound one, not how fast a large one unpacks.
    with contextlib.suppress(Exception):
        if sum(info.file_size for info in zipfile.ZipFile(io.BytesIO(data)).infolist()) > 10_000_000:
            return
    for module, suffix in ((docx.read, ".docx"), (epub.read, ".epub")):
        with_answer(imports(module, suffix), data)
