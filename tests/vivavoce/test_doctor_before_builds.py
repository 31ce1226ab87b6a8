"""What `vivavoce doctor` foretells is what `vivavoce build` then does: one exit code, and the reason before it."""

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from articles.markdown import MAX_ARTICLE_BYTES
from feeds.shelf import CARD_FORMAT, IssueCard, card_bytes
from tests.vivavoce.conftest import Examined
from vivavoce import inputs
from vivavoce.cli import run

pytestmark = pytest.mark.slow

HEADLINE = '+++\nheadline = "The Harbour"\n+++\n\n'


def _text(text: str, name: str = "03-more.en.md") -> Callable[[Path], object]:
    return lambda issue: (issue / name).write_text(text)


def _link_out(issue: Path) -> None:
    outside = issue.parents[2] / "outside.md"
    outside.write_text(HEADLINE + "It is elsewhere.")
    (issue / "03-more.en.md").symlink_to(outside)


@pytest.mark.parametrize(
    ("told", "trouble"),
    [
        ("03-more.en.md:2", _text('+++\nheadline = "The\n+++\n\nText.')),
        ("empty", _text("")),
        ("no headline", _text("Text.")),
        ("no text to read", _text('+++\nheadline = "The Harbour"\n[reading]\nheadline = "skip"\n+++\n')),
        ("UTF-8", lambda issue: (issue / "03-more.en.md").write_bytes(HEADLINE.encode() + b"\xe9t\xe9.")),
        ("“xx”", _text(HEADLINE + "Text.", "03-more.xx.md")),
        ("the same name", _text(HEADLINE.replace("+++\n\n", 'id = "harbour"\n+++\n\n') + "Text.")),
        ("kB", _text("x" * (MAX_ARTICLE_BYTES + 1))),
        ("cannot be read", lambda issue: (issue / "03-more.en.md").mkdir()),
        ("leads out of the edition", _link_out),
        ("cannot be read", lambda issue: (issue / "issue.toml").write_text('order = ["09-gone.en.md"]')),
    ],
)
def test_an_article_that_a_build_leaves_out_is_told(
    make_edition: Callable[..., Path], examined: Examined, told: str, trouble: Callable[[Path], object]
) -> None:
    """The line is the one that the build ends with."""
    edition = make_edition()
    trouble(edition / "issues" / "2026-11")
    code, found = examined(edition)
    assert (code, found["issues"]["state"]) == (1, "wrong")
    assert told in found["issues"]["told"]
    assert found["issues"]["mend"]
    assert run(["build", "-C", str(edition)]) == code


def test_of_many_broken_articles_some_are_named_and_the_rest_counted(
    make_edition: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody reads a hundred lines."""
    edition = make_edition({f"{number:02d}-empty.en.md": "" for number in range(1, 9)})
    assert run(["doctor", "-C", str(edition)]) == 1
    said = capsys.readouterr().out
    assert said.count("the file is empty") == 5
    assert "3 more articles" in said


def _folder_out(name: str) -> Callable[[Path], object]:
    def link(root: Path) -> None:
        (outside := root.parent / "outside").mkdir()
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).symlink_to(outside)

    return link


def _card(data: bytes) -> Callable[[Path], object]:
    def lay(root: Path) -> None:
        (folder := root / "public" / "2026-09").mkdir(parents=True)
        (folder / "card.json").write_bytes(data)

    return lay


def _twins(root: Path) -> None:
    (other := root / "issues" / "2026-09").mkdir()
    (other / "01-more.en.md").write_text(HEADLINE + "Text.")
    (other / "issue.toml").write_text('id = "2026-11"')


NEWER = IssueCard("2026-09", "September", datetime.date(2026, 9, 1), "", 1, 1.0, format=CARD_FORMAT + 1)


@pytest.mark.parametrize(
    ("name", "trouble"),
    [
        ("folders", _folder_out("public")),
        ("folders", _folder_out("public/2026-11")),
        ("folders", _folder_out(".vivavoce")),
        ("shelf", _card(b"{")),
        ("shelf", _card(card_bytes(NEWER))),
        ("shelf", _twins),
    ],
)
def test_what_a_build_refuses_of_folders_and_other_issues_is_told(
    make_edition: Callable[..., Path], examined: Examined, name: str, trouble: Callable[[Path], object]
) -> None:
    """Folders that are links out of the edition, cards that cannot be read, and two issues with one id."""
    edition = make_edition()
    trouble(edition)
    code, found = examined(edition)
    assert (code, found[name]["state"]) == (2, "wrong")
    assert found[name]["mend"]
    assert run(["build", "-C", str(edition)]) == code


def test_the_fullest_of_the_disks_counts(
    make_edition: Callable[..., Path], examined: Examined, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`public/` may lie on another disk than the edition."""
    root = make_edition()
    (root / "public").mkdir()

    def usage(path: Path) -> Any:
        return SimpleNamespace(free=1e6 if Path(path).name == "public" else 1e12)

    monkeypatch.setattr(shutil, "disk_usage", usage)
    code, found = examined(root)
    assert (code, found["disk"]["state"]) == (2, "wrong")


def test_what_cannot_be_read_is_a_finding_and_no_end(examined: Examined, tmp_path: Path) -> None:
    """A folder that is not there: all that can be told of the computer is told."""
    code, found = examined(tmp_path / "nowhere")
    assert code != 0
    assert {"Python", "packages", "encoders", "settings"} <= set(found)


def test_a_stray_file_that_cannot_be_read_stops_no_build(
    make_edition: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A note of the producer's that only another user may read is none of a build's business."""
    root = make_edition()
    stray = root / "notes.txt"
    stray.write_text("mine")
    real = inputs.sha256_of

    def refused(path: Path) -> str:
        if path == stray:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(inputs, "sha256_of", refused)
    assert run(["build", "-C", str(root)]) == 0


@pytest.mark.parametrize("place", ["public/2026-09", "public/2026-09/feed.xml"])
def test_where_an_archive_is_to_be_built_older_issues_are_looked_at(
    make_edition: Callable[..., Path], place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What keeps one of them from being written; for the newest alone it is no matter."""
    edition = make_edition()
    (older := edition / "issues" / "2026-09").mkdir()
    (older / "01-more.en.md").write_text(HEADLINE + "Text.")
    if place.endswith(".xml"):
        (edition / place / "mine").mkdir(parents=True)
    else:
        (edition / place).parent.mkdir()
        (edition / place).write_text("mine")
    for options, code in (([], 0), (["--archive"], 2)):
        assert run(["doctor", "-C", str(edition), *options]) == code
        assert (f"{edition / place}: is a f" in capsys.readouterr().out) == bool(code)
        assert run(["build", "-C", str(edition), *options]) == code


def test_an_issue_that_cannot_be_opened_hides_no_other_of_an_archive(
    make_edition: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Each is named, the empty one and the one with a broken article."""
    edition = make_edition()
    (edition / "issues" / "2026-09").mkdir()
    (older := edition / "issues" / "2026-08").mkdir()
    (older / "01-more.en.md").write_text("")
    code = run(["doctor", "-C", str(edition), "--archive"])
    said = capsys.readouterr().out
    assert "issue 2026-09: " in said
    assert "issue 2026-08: 01-more.en.md: the file is empty" in said
    assert "permissions" in said
    assert "jingles and cover: they can be used" in said
    assert run(["build", "-C", str(edition), "--archive"]) == code
