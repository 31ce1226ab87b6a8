"""Issues taken out of what is published: nothing names what is gone, at any moment, and a kill is made good."""

import shutil
from pathlib import Path

import pytest

from articles.errors import ExitCode
from feeds import archive
from tests.conftest import ARTICLES, EDITION
from tests.faults.killing import BASE, lacking
from vivavoce.cli import run

ISSUES = ("2026-09", "2026-10", "2026-11")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of three issues of two articles, so many that each has a page of the edition's feed for itself."""
    root = tmp_path_factory.mktemp("built") / "edition"
    for issue in ISSUES:
        (root / "issues" / issue).mkdir(parents=True)
        for name, text in ARTICLES.items():
            (root / "issues" / issue / name).write_text(text, encoding="utf-8")
    (root / "edition.toml").write_text(EDITION, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive, "ITEMS", 2)
        assert run(["build", "-C", str(root), "--no-programme", *ISSUES]) == ExitCode.DONE
    return root


@pytest.fixture
def edition(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(archive, "ITEMS", 2)
    return Path(shutil.copytree(built, tmp_path / "edition"))


def feeds(root: Path) -> set[str]:
    """The pages of the edition's feed."""
    return {path.name for path in (root / "public").glob("feed*.xml")}


def test_a_page_of_the_feed_goes_with_its_issues(edition: Path) -> None:
    """Two issues need a page less: none is left that names what is gone, nor is one missed."""
    assert feeds(edition) == {"feed-1.xml", "feed-2.xml", "feed.xml"}
    assert run(["withdraw", "2026-10", "-C", str(edition)]) == ExitCode.DONE
    assert feeds(edition) == {"feed-1.xml", "feed.xml"}
    assert not lacking(edition / "public", BASE, whole=True)
    assert run(["check", "-C", str(edition)]) == ExitCode.DONE


def test_where_no_issue_is_left_there_is_no_feed(
    edition: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The edition keeps its page and its list; all else goes, here and where it was published, and can come back."""
    where, place = ("-C", str(edition)), tmp_path / "place"
    assert run(["publish", str(place), *where]) == ExitCode.DONE
    for issue in ISSUES:
        assert run(["withdraw", issue, *where]) == ExitCode.DONE
        assert not lacking(edition / "public", BASE, whole=True)
    left = {path.name for path in (edition / "public").iterdir()}
    assert left == {"index.html", "opml.xml", "assets"}
    capsys.readouterr()
    for what in ((), (str(edition / "public"),)):
        assert run(["check", *what, *where]) == ExitCode.DONE
        assert "0 feeds, 1 page" in capsys.readouterr().out
    assert run(["check", "2026-11", *where]) == ExitCode.USAGE
    assert run(["publish", str(place), "--prune", *where]) == ExitCode.DONE
    assert {path.name for path in place.rglob("*") if path.is_file()} >= {"index.html", "opml.xml"}
    assert not [*place.rglob("feed*.xml"), *place.rglob("*.mp3")]
    assert run(["plan", *where]) == ExitCode.DONE
    assert run(["build", "--no-programme", *where]) == ExitCode.DONE
    assert feeds(edition) == {"feed.xml"}
    assert run(["check", *where]) == ExitCode.DONE
