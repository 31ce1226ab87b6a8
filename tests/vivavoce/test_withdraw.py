"""Issues taken out of what is published: nothing names what is gone, at any moment, and a kill is made good."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from articles.errors import ExitCode
from articles.files import is_file_of
from feeds import archive
from feeds.built_record import built_files
from tests.conftest import ARTICLES, EDITION
from tests.faults.killing import BASE, lacking, tree
from vivavoce.cli import run

pytestmark = pytest.mark.slow

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


def test_a_damaged_page_is_not_taken_for_what_was_built(edition: Path) -> None:
    """Not even where the record of it is lost: another issue's build or withdrawal makes it anew."""
    page = edition / "public/feed-1.xml"
    article = edition / "issues/2026-11/01-harbour.en.md"
    article.write_text(article.read_text().replace("Nobody", "Somebody"))
    for command in (["build", "2026-11", "--no-programme"], ["withdraw", "2026-11"]):
        page.write_bytes(page.read_bytes().replace(b"Harbour", b"Harvour"))
        shutil.rmtree(edition / ".vivavoce/built")
        assert run([*command, "-C", str(edition)]) == ExitCode.DONE
        assert b"Harvour" not in page.read_bytes()


class Killed(BaseException):
    """The process would be gone."""


class Killer:
    """Ends what runs before it changes the file system for the `moment`th time, or `issue`'s part of it, and looks at
    `public/` before each change.
    """

    def __init__(self, root: Path, moment: int, issue: str = "") -> None:
        self._public, self._left, self._issue = root / "public", moment, issue

    def run(self, arguments: list[str]) -> bool:
        """Whether the command was killed; else it has ended well."""
        with pytest.MonkeyPatch.context() as patch:
            for name in ("unlink", "replace", "rmdir"):
                patch.setattr(os, name, self._watched(getattr(os, name)))
            try:
                assert run(arguments) == ExitCode.DONE
            except Killed:
                return True
        return False

    def _watched(self, change: Callable[..., None]) -> Callable[..., None]:
        def watched(*paths: Path) -> None:
            if any(map(self._counts, map(Path, paths))):
                if self._left <= 0:
                    raise Killed
                self._left -= 1
                assert not lacking(self._public, BASE)
            change(*paths)

        return watched

    def _counts(self, path: Path) -> bool:
        if self._issue:
            return self._public / self._issue in (path, *path.parents) or path.name == f".withdrawn-{self._issue}"
        return path.name != "builder"  # the lock's, which the system frees when a process is really killed


def state(root: Path) -> tuple[set[str], dict[str, bytes], dict[str, str]]:
    """Folders, files and what is known of them, as far as two runs give the same."""
    public = root / "public"
    folders = {path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_dir()}
    known = built_files(root / ".vivavoce", public)
    assert all(is_file_of(public / path, sha256) for path, sha256 in known.items())
    return folders, tree(public, "build.json"), {path: known[path] for path in known if "build.json" not in path}


def test_a_killed_withdrawal_is_finished_by_the_next(edition: Path, tmp_path: Path) -> None:
    """At whichever moment: no feed ever names what is gone, and the same command ends as one that was never killed."""
    withdraw = ["withdraw", "2026-10", "-C", str(edition)]
    kept = shutil.copytree(edition, tmp_path / "kept")
    assert run(withdraw) == ExitCode.DONE
    right = state(edition)
    for moment in range(200):
        put_back(kept, edition)
        if not Killer(edition, moment).run(withdraw):
            break
        assert run(withdraw) == ExitCode.DONE, moment
        assert state(edition) == right, moment
    assert 30 < moment < 199


@pytest.mark.parametrize("issue", ["2026-10", "2026-11"])
def test_a_killed_withdrawal_never_comes_back_into_a_feed(edition: Path, issue: str) -> None:
    """A build after it, of that issue or of another, names nothing that is gone."""
    assert Killer(edition, 12, "2026-10").run(["withdraw", "2026-10", "-C", str(edition)])
    assert not (edition / "public/2026-10/feed.xml").exists()
    (edition / "issues/2026-11/03-more.en.md").write_text('+++\nheadline = "More"\n+++\n\nMore.\n')
    assert run(["build", issue, "--no-programme", "-C", str(edition)]) == ExitCode.DONE
    assert not lacking(edition / "public", BASE, whole=True)
    assert (edition / "public/2026-10").exists() == (issue == "2026-10")
    assert run(["check", "-C", str(edition)]) == ExitCode.DONE


def test_a_killed_renaming_is_finished_by_the_next_build(edition: Path, tmp_path: Path) -> None:
    """Of that issue or of another: what was published under the old name goes, and nothing else."""
    rename(edition)
    build = ["build", "--no-programme", "-C", str(edition)]
    kept = shutil.copytree(edition, tmp_path / "kept")
    assert run([*build, "2026-10-autumn"]) == ExitCode.DONE
    right = state(edition)
    for moment in range(0, 100, 10):
        put_back(kept, edition)
        if not Killer(edition, moment, "2026-10").run([*build, "2026-10-autumn"]):
            break
        assert run([*build, "2026-11" if moment % 20 else "2026-10-autumn"]) == ExitCode.DONE, moment
        assert state(edition) == right, moment
    assert 20 < moment < 99
    assert not (edition / "public/2026-10").exists()
    assert run(["check", "-C", str(edition)]) == ExitCode.DONE


def rename(edition: Path) -> None:
    """2026-10's folder, as an editor is told to."""
    (edition / "issues/2026-10").rename(edition / "issues/2026-10-autumn")
    (edition / "issues/2026-10-autumn/issue.toml").write_text('id = "2026-10"\n')


@pytest.mark.parametrize("before", ["2026-10-autumn/feed.xml", "2026-10-autumn/card.json", "index.html", "2026-10"])
def test_an_issue_whose_renaming_was_killed_is_in_the_feed_once(edition: Path, before: str) -> None:
    """Before its feed or its card is in the new folder, before the edition has that, before the old one goes: a build
    of another issue leaves the one or the other, whole, and one of this issue ends it.
    """
    rename(edition)
    assert Killer(edition, 0, before).run(["build", "--no-programme", "-C", str(edition), "2026-10-autumn"])
    (edition / "issues/2026-11/03-more.en.md").write_text('+++\nheadline = "More"\n+++\n\nMore.\n')
    assert run(["build", "--no-programme", "-C", str(edition), "2026-11"]) == ExitCode.DONE
    cards = {path.parent.name for path in (edition / "public").glob("*/card.json")}
    assert cards - {"2026-09", "2026-11"} == {"2026-10" if "2026-10-autumn" in before else "2026-10-autumn"}
    assert (edition / "public/2026-10").exists() == ("2026-10-autumn" in before)
    assert feeds(edition) == {"feed-1.xml", "feed-2.xml", "feed.xml"}
    assert not lacking(edition / "public", BASE, whole=True)
    assert run(["build", "--no-programme", "-C", str(edition), "2026-10-autumn"]) == ExitCode.DONE
    assert feeds(edition) == {"feed-1.xml", "feed-2.xml", "feed.xml"}
    assert run(["check", "-C", str(edition)]) == ExitCode.DONE


def test_an_issue_whose_renaming_was_killed_can_be_withdrawn(edition: Path) -> None:
    """Out of both folders: it does not come back under the old name."""
    rename(edition)
    assert Killer(edition, 0, "2026-10").run(["build", "--no-programme", "-C", str(edition), "2026-10-autumn"])
    assert run(["withdraw", "2026-10-autumn", "-C", str(edition)]) == ExitCode.DONE
    assert not [*(edition / "public").glob("2026-10*")]
    assert feeds(edition) == {"feed-1.xml", "feed.xml"}
    assert run(["check", "-C", str(edition)]) == ExitCode.DONE


def test_an_issue_without_its_feed_is_not_on_the_shelf(edition: Path) -> None:
    """A new issue's build is killed before its feed is there: another issue's names neither, and the next ends it."""
    shutil.copytree(edition / "issues/2026-11", edition / "issues/2026-12")
    build = ["build", "--no-programme", "-C", str(edition)]
    assert Killer(edition, 0, "2026-12/feed.xml").run([*build, "2026-12"])
    (edition / "issues/2026-11/03-more.en.md").write_text('+++\nheadline = "More"\n+++\n\nMore.\n')
    assert run([*build, "2026-11"]) == ExitCode.DONE
    assert "2026-12" not in (edition / "public/opml.xml").read_text()
    assert run([*build, "2026-12"]) == ExitCode.DONE
    assert run(["check", "-C", str(edition)]) == ExitCode.DONE


def put_back(kept: Path, edition: Path) -> None:
    shutil.rmtree(edition)
    shutil.copytree(kept, edition)
