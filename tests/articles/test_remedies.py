"""What is advised where the system refuses: commands that mend it, whatever the path is called."""

import errno
import os
import subprocess
from pathlib import Path

import pytest

from articles.remedies import moved_away, opened_up, remedy


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose name a shell would take for two words and a variable."""
    (made := tmp_path / "it's $HOME").mkdir()
    return made


def _refused(path: Path) -> OSError:
    with pytest.raises(OSError) as refused:  # noqa: PT011  # which one, its number says
        path.read_bytes()
    return refused.value


def _typed(command: str) -> None:
    subprocess.run(command, shell=True, check=True)


def test_a_folder_in_a_file_s_place_is_moved_away(folder: Path) -> None:
    """And what was moved there before stays."""
    (folder / "en.toml.old").write_text("before")
    for number in ("1", "2"):
        (folder / "en.toml").mkdir()
        _typed(remedy(_refused(folder / "en.toml"), folder))
        assert (folder / f"en.toml.old{number}").is_dir()
    assert (folder / "en.toml.old").read_text() == "before"


def test_a_file_in_a_folder_s_place_is_moved_away(folder: Path) -> None:
    """It is the file that is named, not what was looked for below it."""
    (folder / "lexicon").write_text("mine")
    _typed(remedy(_refused(folder / "lexicon" / "more" / "en.toml"), folder))
    assert (folder / "lexicon.old").read_text() == "mine"


def test_what_is_moved_elsewhere_can_be_seen_there(folder: Path, tmp_path: Path) -> None:
    """A name that begins with a dot does not."""
    (folder / ".mine").touch()
    _typed(moved_away(folder / ".mine", tmp_path))
    assert (tmp_path / "mine.old").exists()


def test_what_is_ours_is_opened_by_its_mode(folder: Path) -> None:
    """Folders so that they can be entered, and all that is below them."""
    (inside := folder / "inside").mkdir(0o500)
    (inside / "file").touch(0o400)
    folder.chmod(0o600)
    command = opened_up(folder, [folder])
    assert command.startswith("chmod -R ")
    _typed(command)
    assert [path.stat().st_mode & 0o700 for path in (folder, inside, inside / "file")] == [0o700, 0o700, 0o600]


@pytest.mark.skipif(os.geteuid() != 0, reason="chown: only root can give a folder away")
def test_what_is_another_s_is_given_to_us_first(folder: Path) -> None:
    """And opened then, where its owner had it closed."""
    os.chown(folder, 65534, 65534)
    assert opened_up(folder, [folder]).startswith('sudo chown -R "$USER" ')
    assert "&&" not in opened_up(folder, [folder])
    folder.chmod(0o500)
    assert " && chmod -R " in opened_up(folder, [folder])


def test_a_full_disk_and_one_that_is_read_only_are_told_apart(folder: Path) -> None:
    """Room can be made on one, and the other be mounted to be written; what is else is the disk's."""
    assert "cache prune" in remedy(OSError(errno.ENOSPC, "full"), folder)
    assert remedy(OSError(errno.EROFS, "read-only"), folder).startswith("sudo mount -o remount,rw /")
    assert "TMPDIR" in remedy(OSError(errno.ENOENT, "no usable temporary directory"), folder)
    assert "disk" in remedy(OSError(errno.EIO, "broken"), folder)
