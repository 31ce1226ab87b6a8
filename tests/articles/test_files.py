import errno
import os
from pathlib import Path

import pytest

from articles.files import PARTIAL, WriteError, whole_file, write_whole


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    """While it is written the old one stays, and after a failure too, with nothing beside it."""
    path = tmp_path / "new" / "page.html"
    assert write_whole(path, b"old")
    assert not write_whole(path, b"old")
    with pytest.raises(KeyError):
        _stopped_halfway(path)
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]


def _stopped_halfway(path: Path) -> None:
    with whole_file(path) as partial:
        partial.write_bytes(b"ne")
        assert path.read_bytes() == b"old"
        raise KeyError


def test_a_failure_names_the_file_that_was_wanted(tmp_path: Path) -> None:
    """A full disk is told with the file's own name, whatever the partial files in between are called."""
    path = tmp_path / "01-harbour.mp3"
    for wanted in (path, path.with_name(PARTIAL + path.name)):  # the second is written whole to be renamed later
        with pytest.raises(WriteError) as refused, whole_file(wanted) as partial:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(partial))
        assert str(path) in str(refused.value)
        assert "No space left" in str(refused.value)
        assert PARTIAL not in str(refused.value)


def test_a_failure_without_a_reason_does_not_name_the_partial_either(tmp_path: Path) -> None:
    """Some libraries put the name that they were given where the reason should be."""
    with pytest.raises(WriteError) as refused, whole_file(tmp_path / "cover.jpg") as partial:
        raise OSError(f"encoder error in {partial}")
    assert PARTIAL not in str(refused.value)
    assert "cover.jpg" in str(refused.value)


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    """The name and the reason, not the temporary name that could not be made."""
    (tmp_path / "public").write_text("a file")
    with pytest.raises(WriteError, match=r"feed\.xml: cannot be written") as refused:
        write_whole(tmp_path / "public" / "feed.xml", b"")
    assert PARTIAL not in str(refused.value)
