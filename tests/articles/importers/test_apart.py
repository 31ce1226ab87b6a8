import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from articles.importers import apart as limits
from articles.importers import formats
from articles.importers.apart import apart
from articles.importers.formats import import_file
from articles.importers.source import ImportRefused, Source
from tests.articles.importers import test_docx, test_epub
from tests.children import children

SOURCE = Source(Path("a.pdf"), b"some bytes")
CIRCLE = b"""%PDF-1.4
1 0 obj
<</Type /Catalog /Pages 2 0 R>>
endobj
2 0 obj
2 0 R
endobj
trailer
<</Root 1 0 R>>
"""


def size_and_process(source: Source) -> tuple[int, int]:
    return len(source.data), os.getpid()


def refuse(source: Source) -> None:
    raise source.refused("not wanted", "take another")


def go_round(_: Source) -> None:
    while True:
        time.sleep(0.01)


def take_all(_: Source) -> int:
    return len(bytearray(limits.MOST_MEMORY_BYTES))


def vanish(_: Source) -> None:
    os._exit(9)


def err(_: Source) -> None:
    raise KeyError("a mistake of ours")


def test_work_is_done_elsewhere_and_its_value_comes_back() -> None:
    """The value is the work's own, from another process."""
    size, process = apart(size_and_process, SOURCE)
    assert size == len(SOURCE.data)
    assert process != os.getpid()


def test_what_the_work_refuses_is_refused_with_its_hint() -> None:
    """An error for people comes through whole."""
    with pytest.raises(ImportRefused, match=r"^a\.pdf: not wanted — take another$"):
        apart(refuse, SOURCE)


def test_endless_work_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that goes round in circles ends with a line that says so."""
    monkeypatch.setattr(limits, "LONGEST_SECONDS", 2)
    with pytest.raises(ImportRefused, match=r"^a\.pdf: not read after 2 s"):
        apart(go_round, SOURCE)


def test_a_reader_that_dies_is_told_of() -> None:
    """A parser that takes its process down does not take ours."""
    with pytest.raises(ImportRefused, match=r"^a\.pdf: damaged"):
        apart(vanish, SOURCE)


def test_memory_has_an_end() -> None:
    """Work cannot have more memory than is meant for it, and a file that wants more is refused."""
    with pytest.raises(ImportRefused, match=r"^a\.pdf: reading it takes more than 4 GB of memory"):
        apart(take_all, SOURCE)


def test_a_mistake_of_ours_keeps_its_trace() -> None:
    """Anything else that is raised comes back with the lines that raised it."""
    with pytest.raises(RuntimeError, match="in err"):
        apart(err, SOURCE)


@pytest.mark.slow
def test_a_kill_ends_the_reader_too(tmp_path: Path) -> None:
    """Even SIGKILL, after which nobody else could stop it."""
    (tmp_path / "circle.pdf").write_bytes(CIRCLE)
    code = (
        "from pathlib import Path\n"
        "from articles.importers.formats import import_file\n"
        "if __name__ == '__main__':\n"
        f"    import_file(Path({str(tmp_path / 'circle.pdf')!r}), ('en',))\n"
    )
    ends, held = os.pipe()
    ours = subprocess.Popen([sys.executable, "-c", code], stdout=held, start_new_session=True)
    os.close(held)
    try:
        until = time.monotonic() + 60
        while not (readers := children(ours.pid)):
            assert time.monotonic() < until
            time.sleep(0.05)
        time.sleep(0.5)
        ours.kill()
        ours.wait()
        assert select.select([ends], [], [], 10)[0], (
            f"{readers} still run"
        )  # its end is closed when the last one is gone
        assert os.read(ends, 1) == b""
    finally:
        os.close(ends)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(ours.pid, signal.SIGKILL)


@pytest.mark.slow
def test_a_pdf_that_refers_to_itself_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An object that is nothing but a reference to itself keeps pdfminer busy for ever, and us for some seconds."""
    monkeypatch.setattr(limits, "LONGEST_SECONDS", 4)
    path = tmp_path / "circle.pdf"
    path.write_bytes(CIRCLE)
    with pytest.raises(ImportRefused, match=r"^circle\.pdf: not read after 4 s"):
        import_file(path, ("en",))


def test_a_word_file_that_explodes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few kilobytes of empty paragraphs keep mammoth busy for half a minute, and us for a second."""
    monkeypatch.setattr(limits, "LONGEST_SECONDS", 1)
    path = tmp_path / "a.docx"
    plain = test_docx.document(*test_docx.STYLED)
    path.write_bytes(
        test_docx.rewritten(
            plain, "word/document.xml", lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 500_000)
        )
    )
    with pytest.raises(ImportRefused, match=r"^a\.docx: not read after \d s"):
        import_file(path, ("en",))


PAGE = "<html><body><article><h1>A bridge</h1><p>It is open, and nobody knows why.</p></article></body></html>"


@pytest.mark.parametrize(
    ("name", "data", "elsewhere"),
    [
        ("a.docx", test_docx.document(*test_docx.STYLED), True),
        ("a.epub", test_epub.book(), True),
        ("a.html", PAGE.encode(), False),
        ("a.html", f"{PAGE}{' ' * 30_000}".encode(), True),
        ("a.txt", b"A line.\n\n" * 4_000, True),
    ],
)
def test_what_is_packed_or_large_is_read_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, elsewhere: bool
) -> None:
    """Small pages are read at once; whatever else may take long has a process that can be stopped."""
    asked: list[str] = []
    monkeypatch.setattr(formats, "apart", lambda read, source, **_: asked.append(source.name) or read(source))
    (tmp_path / name).write_bytes(data)
    assert import_file(tmp_path / name, ("en",))
    assert asked == [name] * elsewhere
