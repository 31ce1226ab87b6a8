import json
from collections.abc import Callable
from pathlib import Path

import pytest

from articles.errors import ExitCode
from articles.markdown import read_article
from vivavoce.cli import run
from vivavoce.edition import open_edition, open_issue
from vivavoce.lock import only_build

PAGE = """\
7 May 2024

Town hall

The Bridge Nobody Wanted

It took eleven years and four mayors, and it opened on Friday.

By Ada Pell
Les habitants du quartier ont traversé le pont dès l’aube, et la fanfare les attendait !

The first to cross was a baker who had been against it from the start.

The goat has crossed every day since, and has not been heard to complain.
"""


@pytest.fixture
def edition(make_edition: Callable[..., Path]) -> Path:
    return make_edition()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "bridge.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_an_imported_page_is_an_article_of_the_issue(
    edition: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file is numbered after those there, a build can read it, and what was recognised is printed by line."""
    assert run(["import", str(page), "--issue", "2026-11", "-C", str(edition)]) == ExitCode.DONE
    out = capsys.readouterr().out
    assert "bridge.txt → issues/2026-11/03-the-bridge-nobody-wanted.en.md: written" in out
    assert "  headline    The Bridge Nobody Wanted (line 5)" in out
    assert "? caption     Les habitants" in out
    assert "  not found   section" in out
    plan = open_issue(open_edition(edition), "2026-11")
    article = read_article(plan.files[-1], ("en", "fr"))
    assert (article.headline, article.byline, str(article.date)) == (
        "The Bridge Nobody Wanted",
        "By Ada Pell",
        "2024-05-07",
    )
    assert [block.language for block in article.blocks[4:]] == ["fr", "en", "en"]


def test_importing_twice_changes_nothing_and_an_edit_is_kept(
    edition: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second run finds the file; an edited one is left as it is until --force."""
    command = ["import", str(page), "--issue", "2027-01", "-C", str(edition)]
    assert run(command) == ExitCode.DONE
    (file,) = (edition / "issues" / "2027-01").iterdir()
    before = file.read_bytes()
    assert run(command) == ExitCode.DONE
    assert ": unchanged" in capsys.readouterr().out
    assert file.read_bytes() == before
    file.write_bytes(before + b"\nMore.\n")
    assert run(command) == ExitCode.DONE
    assert "kept (edited since it was imported; --force replaces it)" in capsys.readouterr().out
    assert file.read_bytes() == before + b"\nMore.\n"
    assert run([*command, "--force"]) == ExitCode.DONE
    assert file.read_bytes() == before
    assert len(list(file.parent.iterdir())) == 1


def test_one_bad_source_does_not_stop_the_others(
    edition: Path, page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each failure is one line on stderr that names the file and what to do; the rest is imported; the code is 1."""
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 word/ but no more")
    sources = [str(broken), str(tmp_path / "gone.html"), str(page)]
    assert run(["import", *sources, "--issue", "2027-01", "-C", str(edition)]) == ExitCode.ARTICLE_FAILED
    captured = capsys.readouterr()
    failures = [line for line in captured.err.splitlines() if line.startswith("not imported")]
    assert failures[0].startswith("not imported: broken.docx: damaged: it cannot be unpacked — ")
    assert failures[1].startswith("not imported: gone.html: cannot be read (No such file or directory) — ")
    assert [path.name for path in (edition / "issues" / "2027-01").iterdir()] == ["01-the-bridge-nobody-wanted.en.md"]


def test_the_result_can_be_read_by_a_program(
    edition: Path, page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--json prints one object: fields, what is missing, notes with their places, failures."""
    sources = [str(page), str(tmp_path / "gone.html")]
    assert run(["import", *sources, "--issue", "2027-01", "-C", str(edition), "--json"]) == ExitCode.ARTICLE_FAILED
    facts = json.loads(capsys.readouterr().out)
    (article,) = facts["articles"]
    assert article["fields"] == {
        "kicker": "Town hall",
        "headline": "The Bridge Nobody Wanted",
        "standfirst": "It took eleven years and four mayors, and it opened on Friday.",
        "byline": "By Ada Pell",
        "language": "en",
        "date": "2024-05-07",
    }
    assert article["blocks"] == {"caption": 1, "paragraph": 2}
    assert {"field": "headline", "text": "The Bridge Nobody Wanted", "place": "line 5", "sure": True} in article[
        "notes"
    ]
    assert facts["failures"][0]["message"].startswith("gone.html")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--issue", "../x"], "cannot be an issue's name"),
        (["--issue", "2027-01", "--lang", "de"], "--lang de: this edition has en, fr"),
        ([], "--issue"),
    ],
)
def test_wrong_usage_writes_nothing(
    edition: Path, page: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name that is no issue's, a language that is not the edition's and a missing issue are told, with code 2."""
    assert run(["import", str(page), "-C", str(edition), *arguments]) == ExitCode.USAGE
    assert message in capsys.readouterr().err
    assert [path.name for path in (edition / "issues").iterdir()] == ["2026-11"]


def test_a_language_that_is_asked_for_is_taken(edition: Path, page: Path) -> None:
    """--lang decides, whatever the text looks like; its own passages in another language are still marked."""
    assert run(["import", str(page), "--issue", "2027-01", "-C", str(edition), "--lang", "en-GB"]) == ExitCode.DONE
    (file,) = (edition / "issues" / "2027-01").iterdir()
    assert file.name.endswith(".en.md")


def test_two_imports_at_once_are_refused(edition: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """While one import runs, another is told to wait, and writes nothing."""
    with only_build(open_edition(edition).state / "import"):
        assert run(["import", str(page), "--issue", "2027-01", "-C", str(edition)]) == ExitCode.USAGE
    assert "another import into this edition is running" in capsys.readouterr().err
    assert not (edition / "issues" / "2027-01").exists()


def test_an_imported_issue_can_be_built(edition: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What an import writes, a build reads aloud."""
    assert run(["import", str(page), "--issue", "2027-01", "-C", str(edition)]) == ExitCode.DONE
    assert run(["build", "2027-01", "-C", str(edition), "--workers", "1"]) == ExitCode.DONE
    assert list((edition / "public" / "2027-01" / "episodes").glob("*.mp3"))
