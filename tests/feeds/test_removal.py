from pathlib import Path

import pytest

from articles.files import WriteError
from feeds import removal
from feeds.removal import finish_removals, remove_issue

FILES = ("card.json", "feed.xml", "feed.fr.xml", "index.html", "episodes/a.0123456789.mp3", "notes/mine.txt")


@pytest.fixture
def public(tmp_path: Path) -> Path:
    for name in ("may", "june"):
        for file in FILES:
            (tmp_path / "public" / name / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "public" / name / file).write_text(file)
    return tmp_path / "public"


def held(public: Path) -> set[str]:
    return {path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file()}


def test_only_what_was_published_goes(public: Path, tmp_path: Path) -> None:
    """A producer's own files stay, in this folder and in every other, whatever they are called."""
    (public / "mine" / "episodes").mkdir(parents=True)
    (public / "mine" / "episodes" / "talk.mp3").write_text("my own")
    remove_issue(tmp_path, public, "may")
    expected = {"may/notes/mine.txt", "mine/episodes/talk.mp3", *(f"june/{file}" for file in FILES)}
    assert held(public) == expected
    assert finish_removals(tmp_path, public) == ()
    assert held(public) == expected


def test_what_was_cut_off_is_finished(public: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Feeds went first, and the rest goes when somebody comes back; then there is nothing to finish."""

    def refused(path: Path) -> None:
        if path.suffix == ".mp3":
            raise WriteError("the disk fails")
        path.unlink()

    with monkeypatch.context() as failing:
        failing.setattr(removal, "remove_file", refused)
        with pytest.raises(WriteError, match="the disk fails"):
            remove_issue(tmp_path, public, "may")
    assert {name for name in held(public) if name.startswith("may/")} == {f"may/{FILES[4]}", f"may/{FILES[5]}"}
    assert finish_removals(tmp_path, public) == ("may",)
    assert {name for name in held(public) if not name.startswith("june/")} == {"may/notes/mine.txt"}
    assert finish_removals(tmp_path, public) == ()


def test_what_is_published_again_stays(public: Path, tmp_path: Path) -> None:
    """An issue with a card is on the shelf, whatever was begun before; and no folder is called like a way out."""
    for name in ("may", "", ".", ".."):
        (public / f".withdrawn-{name}").write_text("{}")
    (tmp_path / "index.html").write_text("a page of the edition's own folder")
    before = held(public)
    assert finish_removals(tmp_path, public) == ()
    assert held(public) == {name for name in before if not name.startswith(".")}
    assert (tmp_path / "index.html").exists()
