"""What listeners have stays theirs: through failures, renames, and other articles that come and go."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import feedparser
import pytest

from articles.errors import ExitCode
from feeds.naming import hashed_name
from feeds.shelf import read_card
from tests.conftest import ARTICLES
from vivavoce.cli import run

pytestmark = pytest.mark.slow

Edition = Callable[..., Path]
HARBOUR, MARCHE = "issues/2026-11/01-harbour.en.md", "issues/2026-11/02-marche.fr.md"


def build(root: Path, *issues: str) -> int:
    return run(["build", "-C", str(root), "--no-programme", *issues])


def items(root: Path, feed: str = "2026-11/feed.xml") -> dict[str, tuple[str, str]]:
    """By title each item's guid and address."""
    parsed = feedparser.parse((root / "public" / feed).read_bytes())
    return {entry.title: (entry.id, entry.enclosures[0].href) for entry in parsed.entries}


def files(root: Path) -> set[str]:
    folder = root / "public/2026-11"
    return {path.name for part in ("episodes", "transcripts", "chapters") for path in (folder / part).glob("*")}


def test_an_article_that_fails_keeps_its_published_episode(
    make_edition: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip in an article's head takes away nothing that listeners have, and another article can still change."""
    root = make_edition()
    build(root)
    before, files_before = items(root), files(root)
    page = (root / "public/2026-11/index.html").read_text()
    (root / MARCHE).write_text('+++\nheadline = "Le marché\n+++\n\nTrop tard.\n')
    harbour = (root / HARBOUR).read_text()
    (root / HARBOUR).write_text(harbour.replace("Nobody waves", "Nobody sings"))
    capsys.readouterr()
    assert build(root) == ExitCode.ARTICLE_FAILED
    assert "stays as published before: 02-marche.fr.md" in capsys.readouterr().out
    after = items(root)
    assert list(after) == list(before)
    assert after["Le marché du samedi"] == before["Le marché du samedi"]
    assert after["The Harbour Wakes"] != before["The Harbour Wakes"]
    assert {name for name in files_before if name.startswith("marche")} < files(root)
    words = [word for word in ("samedi", "Sommaire", "data-") if word in page]
    assert [word for word in words if word in (root / "public/2026-11/index.html").read_text()] == words
    assert run(["check", "2026-11", "-C", str(root)]) == ExitCode.DONE
    (root / MARCHE).write_text(ARTICLES["02-marche.fr.md"])
    (root / HARBOUR).write_text(harbour)
    assert build(root) == ExitCode.DONE
    assert (items(root), files(root)) == (before, files_before)


def test_a_programme_that_stands_is_one(make_edition: Edition) -> None:
    """A build that was killed between the programme's two files left the newer MP3 of another one: where an article
    fails then, the page keeps the two that were published together.
    """
    root = make_edition()
    assert run(["build", "-C", str(root)]) == ExitCode.DONE
    folder = root / "public/2026-11/programme"
    before = {path.name for path in folder.iterdir()}
    new = hashed_name("2026-11", b"of another programme", ".mp3")
    (folder / new).write_bytes(b"of another programme")
    (root / MARCHE).write_text('+++\nheadline = "Le marché\n+++\n\nTrop tard.\n')
    assert run(["build", "-C", str(root)]) == ExitCode.ARTICLE_FAILED
    assert {path.name for path in folder.iterdir()} == before
    page = (root / "public/2026-11/index.html").read_text()
    assert {name for name in (*before, new) if name in page} == before


def in_the_book(root: Path) -> int:
    """How many articles issue.epub has."""
    with zipfile.ZipFile(root / "public/2026-11/issue.epub") as book:
        return sum(name.endswith(".smil") for name in book.namelist())


def test_an_article_that_fails_and_whose_words_are_lost_is_named(
    make_edition: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    """A disk has damaged the timed text that was remembered: its episode stays, and a line on stderr, build.json and
    the build's JSON tell that page and book are without its words, until it can be built.
    """
    root = make_edition()
    build(root)
    assert in_the_book(root) == 2
    for path in (root / ".vivavoce/readings").rglob("*.json"):
        if "vend" in path.read_text():
            path.write_bytes(path.read_bytes().replace(b"vend", b"vent"))
    (root / MARCHE).write_text('+++\nheadline = "Le marché\n+++\n\nTrop tard.\n')
    capsys.readouterr()
    for _ in range(2):
        assert run(["build", "-C", str(root), "--no-programme", "--json"]) == ExitCode.ARTICLE_FAILED
        told = capsys.readouterr()
        (line,) = [line for line in told.err.splitlines() if "timed text" in line]
        assert line.startswith("02-marche.fr.md: its timed text is lost")
        facts = json.loads((root / "public/2026-11/build.json").read_text())
        assert facts["wordless"] == json.loads(told.out)["issues"][0]["wordless"] == ["02-marche.fr.md"]
        assert (len(items(root)), in_the_book(root)) == (2, 1)
    (root / MARCHE).write_text(ARTICLES["02-marche.fr.md"])
    assert build(root) == ExitCode.DONE
    assert json.loads((root / "public/2026-11/build.json").read_text())["wordless"] == []
    assert in_the_book(root) == 2


def test_an_article_more_leaves_the_others_where_they_are(make_edition: Edition) -> None:
    """Neither guid nor address of an episode depends on how many others there are."""
    root = make_edition()
    build(root)
    before = items(root)
    (root / "issues/2026-11/03-more.en.md").write_text('+++\nheadline = "One more"\n+++\n\nIt came late.\n')
    build(root)
    after = items(root)
    assert {title: after[title] for title in before} == before


def test_a_renamed_article_with_an_id_is_the_same_episode(
    make_edition: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    """`plan` says which id keeps a renamed article what it is, and with it nothing changes for listeners."""
    root = make_edition()
    build(root)
    before = items(root)
    new = root / "issues/2026-11/01-port.en.md"
    (root / HARBOUR).rename(new)
    capsys.readouterr()
    run(["plan", "-C", str(root)])
    assert 'id = "harbour"' in capsys.readouterr().out
    text = new.read_text()
    assert text.startswith("+++\n")
    new.write_text(text.replace("+++\n", '+++\nid = "harbour"\n', 1))
    build(root)
    assert items(root) == before


def test_a_renamed_issue_with_an_id_stands_once(make_edition: Edition) -> None:
    """The edition's feed has the same episodes under the same guids, season included; the old folder is gone."""
    root = make_edition()
    build(root)
    before = {title: guid for title, (guid, _) in items(root, "feed.xml").items()}
    season = read_card(root / "public", "2026-11").season
    (root / "issues/2026-11").rename(root / "issues/2026-11-autumn")
    (root / "issues/2026-11-autumn/issue.toml").write_text('id = "2026-11"\n')
    assert build(root) == ExitCode.DONE
    assert {title: guid for title, (guid, _) in items(root, "feed.xml").items()} == before
    assert read_card(root / "public", "2026-11-autumn").season == season
    assert not (root / "public/2026-11").exists()
    assert "2026-11/" not in (root / "public/opml.xml").read_text()


def test_two_issues_with_one_id_are_refused(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """A copied folder would take the other's place in every app."""
    root = make_edition()
    (root / "issues/2026-12").mkdir()
    (root / "issues/2026-12/01-a.en.md").write_text('+++\nheadline = "A"\n+++\n\nWords.\n')
    (root / "issues/2026-12/issue.toml").write_text('id = "2026-11"\n')
    assert build(root, "2026-12") == ExitCode.USAGE
    assert "have the same id" in capsys.readouterr().err


def test_what_no_edition_could_be_published_with_is_told_before_anything_is_read(
    make_edition: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two issues of one id, and a damaged card of another issue: no article is read aloud first."""
    root = make_edition()
    older = root / "issues" / "2026-10"
    older.mkdir()
    (older / "01-older.en.md").write_text('+++\nheadline = "An Older One"\n+++\n\nIt was said before.\n')
    assert build(root, "2026-10") == ExitCode.DONE
    clips = sorted((root / ".vivavoce" / "clips").rglob("*.clip"))
    card = root / "public" / "2026-10" / "card.json"
    whole = card.read_bytes()
    card.write_bytes(whole[:-9])
    assert build(root, "2026-11") == ExitCode.USAGE
    card.write_bytes(whole)
    (older / "issue.toml").write_text('id = "2026-11"\n')
    assert build(root, "2026-11") == ExitCode.USAGE
    assert "have the same id" in capsys.readouterr().err
    assert sorted((root / ".vivavoce" / "clips").rglob("*.clip")) == clips


def test_an_issue_whose_folder_is_gone_is_named_and_can_be_withdrawn(
    make_edition: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is never dropped silently; `withdraw` takes it from feed, page and list, and its files, and nothing else."""
    root = make_edition()
    build(root)
    (root / "issues/2026-11").rename(root / "issues/2026-12")
    build(root)
    (root / "public/2026-11/notes.txt").write_text("mine")
    capsys.readouterr()
    run(["plan", "-C", str(root), "--json"])
    assert json.loads(capsys.readouterr().out)["not_in_issues"] == ["2026-11"]
    assert len(items(root, "feed.xml")) == 2  # the same titles twice
    assert len(feedparser.parse((root / "public/feed.xml").read_bytes()).entries) == 4
    assert run(["withdraw", "2026-11", "-C", str(root)]) == ExitCode.DONE
    assert len(feedparser.parse((root / "public/feed.xml").read_bytes()).entries) == 2
    assert [path.name for path in (root / "public/2026-11").iterdir()] == ["notes.txt"]
    assert run(["withdraw", "2026-11", "-C", str(root)]) == ExitCode.USAGE
    assert run(["check", "-C", str(root)]) == ExitCode.DONE


def test_a_book_that_is_no_longer_wanted_goes(make_edition: Edition) -> None:
    """With `epub = "none"` the older issue.epub is not left to be published."""
    root = make_edition()
    build(root)
    settings = (root / "edition.toml").read_text()
    (root / "edition.toml").write_text('epub = "none"\n' + settings)
    build(root)
    assert not (root / "public/2026-11/issue.epub").exists()


def test_words_between_angle_brackets_are_text(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """In a headline as in a paragraph: only what HTML knows is mark-up."""
    root = make_edition()
    text = '+++\nheadline = "A <harbour> at dawn"\n+++\n\nThe <boats> <b>wake</b>.\n'
    (root / "issues/2026-11/03-angles.en.md").write_text(text)
    capsys.readouterr()
    run(["explain", "2026-11", "angles", "-C", str(root)])
    out = capsys.readouterr().out
    assert "harbour" in out
    assert "boats" in out
    assert "<b>" not in out


def test_one_issues_folder_is_checked_as_a_part_of_the_whole(
    make_edition: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    """What lies beside it is not missing; and what is not there at all is told as that, not as a missing edition."""
    root = make_edition()
    build(root)
    capsys.readouterr()
    assert run(["check", str(root / "public/2026-11"), "--json"]) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["findings"] == []
    (root / "elsewhere").mkdir()
    assert run(["check", "nothere.xml", "-C", str(root / "elsewhere")]) == ExitCode.USAGE
    assert "nothere.xml: there is no such file" in capsys.readouterr().err


@pytest.mark.parametrize("folder", ["", "public", "public/2026-11", "issues/2026-11", ".vivavoce/x"])
def test_nothing_is_published_into_the_edition_itself(
    folder: str, make_edition: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither over its sources nor into what is published; a folder of its own inside the edition is fine."""
    root = make_edition()
    build(root)
    before = sorted(root.rglob("*"))
    capsys.readouterr()
    assert run(["publish", str(root / folder), "-C", str(root)]) == ExitCode.USAGE
    assert "is the edition's own folder" in capsys.readouterr().err
    assert sorted(root.rglob("*")) == before
    assert run(["publish", str(root / "site"), "-C", str(root)]) == ExitCode.DONE
