import os
import time
from pathlib import Path

import pytest

from articles.importers import apart as limits
from articles.importers.apart import apart
from articles.importers.formats import import_file
from articles.importers.source import ImportRefused, Source

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
    """Work cannot have more memory than is meant for it, and the mistake is told as one, not lost."""
    with pytest.raises(RuntimeError, match="MemoryError"):
        apart(take_all, SOURCE)


def test_a_mistake_of_ours_keeps_its_trace() -> None:
    """Anything else that is raised comes back with the lines that raised it."""
    with pytest.raises(RuntimeError, match="in err"):
        apart(err, SOURCE)


def test_a_pdf_that_refers_to_itself_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An object that is nothing but a reference to itself keeps pdfminer busy for ever, and us for some seconds."""
    monkeypatch.setattr(limits, "LONGEST_SECONDS", 4)
    path = tmp_path / "circle.pdf"
    path.write_bytes(CIRCLE)
    with pytest.raises(ImportRefused, match=r"^circle\.pdf: not read after 4 s"):
        import_file(path, ("en",))
