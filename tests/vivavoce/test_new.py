import dataclasses
import json
import re
from pathlib import Path

import pytest

from articles.errors import ExitCode
from articles.issue import Block, BlockKind
from articles.policy import Policy
from vivavoce.cli import run
from vivavoce.edition import EditionSettings, IssueSettings, newest_issue, open_edition, open_issue
from vivavoce.settings import read_settings

ALL = ["fr,en", "en", "de", "en-GB,fr,es,it", "nl,en"]


def new(root: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    assert run(["new", str(root), *more]) == ExitCode.DONE
    return capsys.readouterr().out


def said(path: Path, *, examples: bool) -> None:
    """Remove the # of every line that shows a setting; of those that are only examples too where they are wanted."""
    lines = path.read_text(encoding="utf-8").splitlines()
    shown = re.compile(r'#["\w]')
    kept = [
        line[1:] if shown.match(line) and (examples or not line.endswith("# for example")) else line for line in lines
    ]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")


@pytest.mark.parametrize("languages", ALL)
def test_what_new_shows_as_default_is_the_default(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], languages: str
) -> None:
    """Said or not said, the settings are the same; so are an issue's."""
    root = tmp_path / "Gazette"
    new(root, capsys, "--lang", languages)
    before = open_edition(root).settings
    issue = open_issue(open_edition(root), newest_issue(open_edition(root)))
    said(root / "edition.toml", examples=False)
    said(root / "issues" / issue.name / "issue.toml", examples=False)
    after = open_edition(root).settings
    assert dataclasses.replace(after, reading={}) == before
    assert open_issue(open_edition(root), issue.name) == issue
    assert len(after.reading) >= 5
    for kind in BlockKind:
        block = Block(kind, (), "en", line=1)
        assert Policy(after.reading).treatment(block)[0] is Policy({}).treatment(block)[0]


@pytest.mark.parametrize("languages", ALL)
def test_every_example_is_valid(tmp_path: Path, capsys: pytest.CaptureFixture[str], languages: str) -> None:
    """With every # removed the edition is still one, and each language has its locale and its ident."""
    root = tmp_path / "Gazette"
    new(root, capsys, "--lang", languages)
    said(root / "edition.toml", examples=True)
    settings = open_edition(root).settings
    assert set(settings.sound.ident) == set(settings.voices) == set(settings.languages)


def test_the_settings_that_people_change_are_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of the file's own settings and of what the feed says, none is missing; each has a line above it that explains."""
    root = tmp_path / "Gazette"
    new(root, capsys)
    text = (root / "edition.toml").read_text(encoding="utf-8")
    shown = set(re.findall(r"^#?(\w+) = ", text, re.MULTILINE)) | set(re.findall(r"^\[(\w+)", text, re.MULTILINE))
    assert {field.name for field in dataclasses.fields(EditionSettings)} <= shown
    assert {field.name for field in dataclasses.fields(type(open_edition(root).settings.feed))} <= shown
    issue = next(root.glob("issues/*/issue.toml"))
    assert all(f"{field.name} = " in issue.read_text() for field in dataclasses.fields(IssueSettings))
    assert read_settings(issue, IssueSettings).title


@pytest.mark.slow
def test_what_new_makes_builds_and_passes_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An article in each language, two episodes, and no rule finds an error; only the voices are other ones here."""
    root = tmp_path / "Gazette"
    new(root, capsys, "--title", 'The "Gazette" \\ Co')
    settings = root / "edition.toml"
    text = settings.read_text(encoding="utf-8")
    for voice in ("en_US-joe-medium", "ff_siwis"):
        text = text.replace(voice, "tone")
    settings.write_text(text, encoding="utf-8")
    assert run(["build", "-C", str(root), "--json"]) == ExitCode.DONE
    (report,) = json.loads(capsys.readouterr().out)["issues"]
    assert (report["episodes"], report["failures"]) == (2, [])
    assert {episode["language"] for episode in report["episode_list"]} == {"fr", "en"}
    assert run(["check", "-C", str(root), "--json"]) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["errors"] == 0


def test_new_overwrites_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An edition stays as it is, and articles that are in this month's folder already are left alone."""
    root = tmp_path / "Gazette"
    new(root, capsys)
    issue = next((root / "issues").iterdir())
    (root / "edition.toml").unlink()
    for path in issue.iterdir():
        path.unlink()
    (issue / "01-mine.en.md").write_text("# Mine\n\nText.\n")
    assert "put its articles there" in new(root, capsys)
    assert [path.name for path in issue.glob("*.md")] == ["01-mine.en.md"]
    assert run(["new", str(root)]) == ExitCode.USAGE


def test_a_language_without_an_example_or_a_voice_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The edition is made all the same; what is still to be found is said."""
    out = new(tmp_path / "krant", capsys, "--lang", "nl")
    assert "no voice reads “nl” yet: `vivavoce voices list` shows those that there are" in out
    assert "put its articles there" in out


@pytest.mark.parametrize(
    ("languages", "message"), [("FR", "did you mean fr?"), ("", "names no language"), ("fr,fr", "twice")]
)
def test_a_wrong_language_makes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], languages: str, message: str
) -> None:
    """One line, before any file is written."""
    assert run(["new", str(tmp_path / "x"), "--lang", languages]) == ExitCode.USAGE
    (line,) = capsys.readouterr().err.splitlines()
    assert message in line
    assert not (tmp_path / "x").exists()


def whole(root: Path) -> dict[str, bytes]:
    """What is in an edition, but for the id, which is each edition's own."""
    found = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    return {name: re.sub(rb'(?m)^id = ".*"$', b"", data) for name, data in found.items()}


@pytest.mark.parametrize("written", range(4))
def test_what_was_begun_and_killed_is_finished(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], written: int
) -> None:
    """After however many files: the same command gives what it would have given at once, and leaves no half a file."""
    new(tmp_path / "at once", capsys, "--title", "Gazette")
    root = tmp_path / "killed"
    new(root, capsys, "--title", "Gazette")
    (issue,) = (root / "issues").iterdir()
    for path in [*sorted(issue.glob("*.md")), issue / "issue.toml", root / "edition.toml"][written:]:
        path.rename(path.with_name(f".partial-{path.name}"))
    new(root, capsys, "--title", "Gazette")
    assert whole(root) == whole(tmp_path / "at once")


def test_a_producer_s_own_files_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Articles that are there already are the first issue's, without examples beside them; so are its settings."""
    new(tmp_path, capsys)
    (issue,) = (tmp_path / "issues").iterdir()
    for path in [*issue.glob("*.md"), tmp_path / "edition.toml"]:
        path.unlink()
    (issue / "01-own.en.md").write_text("# Own\n\nWords.\n")
    (issue / "issue.toml").write_text('title = "Own"\n')
    new(tmp_path, capsys)
    assert {path.name: path.read_text() for path in issue.iterdir()} == {
        "01-own.en.md": "# Own\n\nWords.\n",
        "issue.toml": 'title = "Own"\n',
    }
