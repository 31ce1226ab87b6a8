"""What builds keep beside clips: a file that is damaged is named and removed, and nothing else is."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from articles.errors import ExitCode
from vivavoce.cli import run
from vivavoce.kept import damaged, kept_files, remove_damaged

IMPORTED = "A title of a page\n\nA text of a page, which is a sentence and goes on.\n"


@pytest.fixture
def built(make_edition: Callable[..., Path], tmp_path: Path) -> Path:
    """An edition of which every kind of file that is kept has been written."""
    root, page, target = make_edition(), tmp_path / "page.txt", tmp_path / "there"
    page.write_text(IMPORTED)
    assert run(["import", str(page), "--issue", "2026-12", "--lang", "en", "-C", str(root)]) == ExitCode.DONE
    assert run(["build", "--archive", "-C", str(root)]) == ExitCode.DONE
    assert run(["build", "2026-11", "-C", str(root)]) == ExitCode.DONE
    assert run(["publish", str(target), "-C", str(root)]) == ExitCode.DONE
    return root


@pytest.mark.slow
def test_every_kind_of_file_is_looked_at(built: Path) -> None:
    """All that lies in .vivavoce is a clip, a lock, or one of the kept files, each whole after a build."""
    state = built / ".vivavoce"
    files = kept_files(state)
    assert list(damaged(files)) == []
    left = {path.relative_to(state).as_posix() for path in state.rglob("*") if path.is_file() and path not in files}
    others = {path for path in left if not path.startswith("clips/")}
    assert others <= {"build.lock", "import/build.lock"}
    kinds = {path.relative_to(state).parts[0] for path in files}
    assert kinds >= {
        "archive",
        "built",
        "covers",
        "import",
        "parts",
        "pictures",
        "published",
        "readings",
        "settled",
        "tracks",
    }


@pytest.mark.slow
def test_any_damaged_one_is_named_and_made_anew(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One byte in each of them in turn: no other is touched; then public/ is what it was, and all is whole again.

    Records of what was imported and published stay until an import and a publication write them anew.
    """
    state = built / ".vivavoce"
    public = {path: path.read_bytes() for path in (built / "public").rglob("*") if path.is_file()}
    records = [path for path in kept_files(state) if path.parent.name in ("import", "published")]
    assert len(records) == 2
    for path in kept_files(state):
        whole = path.read_bytes()
        for place in (0, len(whole) // 2, len(whole) - 1):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            assert list(damaged(kept_files(state))) == [path]
        path.write_bytes(whole[:-1])
        ((named, remark),) = remove_damaged(kept_files(state))
        assert (named, path.exists()) == (path, path in records)
        assert "anew" in remark if path in records else remark == "damaged, removed"
        path.write_bytes(whole)
    for path in kept_files(state):
        path.write_bytes(b"")
    capsys.readouterr()
    assert run(["doctor", "-C", str(built), "--json"]) == ExitCode.DONE
    (found,) = (each for each in json.loads(capsys.readouterr().out) if each["name"] == "kept files")
    assert found["state"] == "doubtful"
    assert found["mend"].startswith("vivavoce cache verify ")
    assert run(["cache", "verify", "-C", str(built)]) == ExitCode.ARTICLE_FAILED
    assert list(damaged(kept_files(state))) == records
    assert run(["build", "2026-11", "2026-12", "-C", str(built)]) == ExitCode.DONE
    assert run(["import", str(tmp_path / "page.txt"), "--issue", "2026-12", "-C", str(built)]) == ExitCode.DONE
    assert run(["publish", str(tmp_path / "there"), "-C", str(built)]) == ExitCode.DONE
    assert run(["cache", "verify", "-C", str(built)]) == ExitCode.DONE
    assert {path: path.read_bytes() for path in public if path.name != "build.json"} == {
        path: data for path, data in public.items() if path.name != "build.json"
    }


def test_what_an_older_version_kept_is_not_called_damaged(tmp_path: Path) -> None:
    """Plain JSON, as all of it was before there were seals, or a picture; but a list, a word or half of one is."""
    path = tmp_path / "abcd.json"
    for text, whole in [('{"old": 1}\n', True), ('{"old": 1', False), ("[1]", False), ("vivavoce", False)]:
        path.write_text(text)
        assert list(damaged([path])) == ([] if whole else [path])
    for text, whole in [("<svg></svg>", True), ("<svg></sv", False)]:
        (drawn := tmp_path / "2026-11.svg").write_text(text)
        assert list(damaged([drawn])) == ([] if whole else [drawn])


def test_one_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """With the reason where it cannot be removed; one that is gone meanwhile is no matter."""
    path = tmp_path / "a.json"
    path.mkdir()
    assert list(damaged([path, tmp_path / "gone.json"])) == [path]
    ((named, remark),) = remove_damaged([path])
    assert named == path
    assert remark.startswith("damaged, and could not be removed (")
