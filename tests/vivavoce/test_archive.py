"""`vivavoce build --archive`: all issues, resumable, with a table at the end."""

import json
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from articles.files import WriteError
from vivavoce.cli import run
from vivavoce.lock import only_build

Edition = Callable[..., Path]

pytestmark = pytest.mark.slow


@pytest.fixture
def archive(make_edition: Edition) -> Path:
    """An edition of three issues with one short article each."""
    root = make_edition({})
    shutil.rmtree(root / "issues" / "2026-11")
    for name in ("2026-09", "2026-10", "2026-11"):
        folder = root / "issues" / name
        folder.mkdir(parents=True)
        (folder / "1-quay.en.md").write_text(f"# Quay of {name}\n\nBoats leave at five.\n")
    return root


@pytest.fixture
def built(archive: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[int], dict[str, dict[str, Any]]]:
    """A function that builds the archive, expecting an exit code, and gives the issues of its JSON by name."""

    def build(code: int = 0) -> dict[str, dict[str, Any]]:
        capsys.readouterr()
        assert run(["build", "--archive", "-C", str(archive), "--workers", "1", "--json"]) == code
        return {each["issue"]: each for each in json.loads(capsys.readouterr().out)}

    return build


def states(issues: dict[str, dict[str, Any]]) -> list[tuple[str, str]]:
    return [(name, each["state"]) for name, each in issues.items()]


def test_every_issue_is_built_once(archive: Path, built: Callable[..., Any]) -> None:
    """The oldest first; a second run does nothing; a change in an issue builds that one, one in the settings all."""
    assert states(built()) == [("2026-09", "built"), ("2026-10", "built"), ("2026-11", "built")]
    assert {state for _, state in states(built())} == {"unchanged"}
    article = archive / "issues" / "2026-10" / "1-quay.en.md"
    article.write_text(article.read_text().replace("five", "six"))
    assert states(built()) == [("2026-09", "unchanged"), ("2026-10", "built"), ("2026-11", "unchanged")]
    settings = archive / "edition.toml"
    settings.write_text(settings.read_text().replace("The newsroom", "The staff"))
    assert {state for _, state in states(built())} == {"built"}


def test_what_is_lost_is_made_again(archive: Path, built: Callable[..., Any]) -> None:
    """An issue of which a file is gone or cut short is built anew; the newest, for a file of the whole edition."""
    built()
    (sound,) = (archive / "public" / "2026-09" / "episodes").iterdir()
    sound.write_bytes(sound.read_bytes()[:-1])
    (archive / "public" / "2026-11" / "card.json").unlink()
    assert states(built()) == [("2026-09", "built"), ("2026-10", "unchanged"), ("2026-11", "built")]
    (transcript,) = (archive / "public" / "2026-10" / "transcripts").glob("*.vtt")
    transcript.unlink()
    assert states(built()) == [("2026-09", "unchanged"), ("2026-10", "built"), ("2026-11", "unchanged")]
    assert transcript.exists()
    (archive / "public" / "feed.xml").unlink()
    assert states(built()) == [("2026-09", "unchanged"), ("2026-10", "unchanged"), ("2026-11", "built")]
    assert (archive / "public" / "feed.xml").exists()


def test_an_issue_is_up_to_date_only_where_it_is_known_what_was_built(archive: Path, built: Callable[..., Any]) -> None:
    """Without its record, such as after `cache verify` found it damaged, damage of the same size would never be seen:
    the issue is built anew, which mends it; without the edition's, the first one is.
    """
    built()
    records, feed = archive / ".vivavoce" / "built", archive / "public" / "2026-10" / "feed.xml"
    whole = feed.read_bytes()
    feed.write_bytes(whole.replace(b"<title>", b"<titlE>", 1))
    for record, first in ((records / "issues" / "2026-10.json", "2026-10"), (records / "edition.json", "2026-09")):
        record.unlink()
        assert [name for name, state in states(built()) if state == "built"] == [first]
        assert feed.read_bytes() == whole
        assert record.exists()


def test_where_nothing_is_left_to_build_what_was_killed_is_finished(archive: Path, built: Callable[..., Any]) -> None:
    """Half-written files go, and what is left of an issue whose withdrawal was cut off."""
    built()
    public = archive / "public"
    (public / ".withdrawn-2020-01").write_text("{}")
    (public / "2020-01" / "episodes").mkdir(parents=True)
    (public / "2020-01" / "index.html").write_text("old")
    (archive / ".vivavoce" / ".partial-x.json").write_text("half")
    assert {state for _, state in states(built())} == {"unchanged"}
    assert not (public / "2020-01").exists()
    assert not [path for path in archive.rglob(".*") if path.name.startswith((".withdrawn-", ".partial-"))]


def test_a_broken_issue_stops_no_other_and_is_tried_again(archive: Path, built: Callable[..., Any]) -> None:
    """It is named with what is wrong, the exit code tells, and the others are built; repaired, it is built alone."""
    broken = archive / "issues" / "2026-10"
    (broken / "issue.toml").write_text("nonsense")
    (archive / "issues" / "2026-09" / "1-quay.en.md").write_text("# Quay\n\n::: {lang=xx}\nNo.\n:::\n")
    issues = built(2)
    assert sorted(states(issues)) == [("2026-09", "built"), ("2026-10", "broken"), ("2026-11", "built")]
    assert "issue.toml:1" in issues["2026-10"]["failures"][0]["message"]
    assert issues["2026-09"]["failures"]
    (broken / "issue.toml").unlink()
    (archive / "issues" / "2026-09" / "1-quay.en.md").write_text("# Quay\n\nBoats.\n")
    assert states(built()) == [("2026-09", "built"), ("2026-10", "built"), ("2026-11", "unchanged")]


def test_a_broken_lexicon_of_one_issue_stops_no_other(archive: Path, built: Callable[..., Any]) -> None:
    """Whatever it is about an issue that keeps it from being built."""
    lexicon = archive / "issues" / "2026-10" / "lexicon"
    lexicon.mkdir()
    (lexicon / "en.toml").write_text("nonsense")
    issues = built(2)
    assert states(issues) == [("2026-09", "built"), ("2026-10", "broken"), ("2026-11", "built")]
    assert "en.toml" in issues["2026-10"]["failures"][0]["message"]


def test_a_full_disk_ends_it_and_what_was_done_is_told(
    archive: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No issue would fare better; the table names those that were built before."""
    from vivavoce.commands import build as command

    real = command.build_issue

    def filling(edition: Any, plan: Any, *args: Any, **kwargs: Any) -> Any:
        if plan.name == "2026-10":
            raise WriteError("episode.mp3: cannot be written (No space left on device)")
        return real(edition, plan, *args, **kwargs)

    monkeypatch.setattr(command, "build_issue", filling)
    assert run(["build", "--archive", "-C", str(archive)]) == 2
    captured = capsys.readouterr()
    assert "1 issue: 0 unchanged, 1 built or tried" in captured.out
    assert "vivavoce: episode.mp3: cannot be written (No space left on device)" in captured.err


def test_a_programme_left_out_is_made_when_it_is_wanted(archive: Path) -> None:
    """An issue built without one is not up to date for a build with one."""
    second = archive / "issues" / "2026-10" / "2-pier.en.md"
    second.write_text("# Pier\n\nNobody is there.\n")
    arguments = ["build", "--archive", "-C", str(archive), "issues/2026-10", "--workers", "1"]
    assert run([*arguments, "--no-programme"]) == 0
    assert not (archive / "public" / "2026-10" / "programme").exists()
    assert run(arguments) == 0
    assert list((archive / "public" / "2026-10" / "programme").iterdir())


def test_stopped_at_any_point_it_goes_on_from_there(
    archive: Path, built: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C in the second issue: the first is not built again."""
    from vivavoce.commands import build as command

    real, calls = command.build_issue, []

    def interrupted(edition: Any, plan: Any, *args: Any, **kwargs: Any) -> Any:
        calls.append(plan.name)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(edition, plan, *args, **kwargs)

    monkeypatch.setattr(command, "build_issue", interrupted)
    assert run(["build", "--archive", "-C", str(archive)]) == 130
    monkeypatch.undo()
    assert states(built()) == [("2026-09", "unchanged"), ("2026-10", "built"), ("2026-11", "built")]


def test_people_get_a_table_and_progress_over_issues(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On stderr which issue of how many, on stdout a line for each and one for all; the folder may be named."""
    assert run(["build", "--archive", "issues", "-C", str(archive)]) == 0
    captured = capsys.readouterr()
    assert "issue 1 of 3: 2026-09\n" in captured.err
    assert "issue 2 of 3: 2026-10, at most 1 min left" in captured.err
    heading, *lines, last = captured.out.splitlines()
    assert heading.split() == ["issue", "articles", "minutes", "read", "reused", "took"]
    assert [line.split()[:2] for line in lines] == [["2026-09", "1"], ["2026-10", "1"], ["2026-11", "1"]]
    assert last.startswith("3 issues: 0 unchanged, 3 built or tried, 0 with failures; 3 articles, ")
    assert run(["build", "--archive", "-C", str(archive)]) == 0
    assert capsys.readouterr().out.startswith("3 issues: 3 unchanged, 0 built or tried")


def test_nobody_comes_between_two_issues(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The edition is locked for the whole row, not issue by issue: whoever waits would get in between, and the rest of
    the row would find the edition locked.
    """
    from vivavoce.commands import build as command

    real, took, ended = command.build_issue, threading.Event(), list[bool]()

    def waiting() -> None:
        with only_build(archive / ".vivavoce", lambda _: None):
            took.set()

    other = threading.Thread(target=waiting)

    def building(edition: Any, plan: Any, *args: Any, **kwargs: Any) -> Any:
        if other.ident is None:
            other.start()
        report = real(edition, plan, *args, **kwargs)
        time.sleep(0.2)  # who waits asks every 50 ms
        ended.append(took.is_set())
        return report

    monkeypatch.setattr(command, "build_issue", building)
    assert run(["build", "--archive", "-C", str(archive), "--workers", "1"]) == 0
    other.join(10)
    assert (ended, took.is_set()) == ([False] * 3, True)
