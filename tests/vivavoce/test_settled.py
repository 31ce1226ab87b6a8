"""A build after which nothing is left to do is told at once by the next one, and only then."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ARTICLES, EDITION
from vivavoce import inputs
from vivavoce.cli import run

Build = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.slow  # a whole build of its own


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of two articles with a folder for jingles, built."""
    root = tmp_path_factory.mktemp("settled") / "edition"
    (root / "jingles").mkdir(parents=True)
    (root / "issues" / "2026-11").mkdir(parents=True)
    (root / "edition.toml").write_text(EDITION, encoding="utf-8")
    for name, text in ARTICLES.items():
        (root / "issues" / "2026-11" / name).write_text(text, encoding="utf-8")
    assert run(["build", "-C", str(root), "--workers", "1"]) == 0
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """The edition, copied: it may have been built in another folder."""
    return Path(shutil.copytree(built, tmp_path / "copy"))


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The issues whose articles a build looked at, which one that has nothing to do need not."""
    import vivavoce.pipeline

    seen: list[str] = []
    read = vivavoce.pipeline.read
    monkeypatch.setattr("vivavoce.pipeline.read", lambda build: seen.append(build.plan.name) or read(build))
    return seen


@pytest.fixture
def report(root: Path, capsys: pytest.CaptureFixture[str]) -> Build:
    """A function that builds, and gives what it told programs but for how long it took."""

    def build(*options: str, code: int = 0) -> dict[str, Any]:
        capsys.readouterr()
        assert run(["build", "-C", str(root), "--json", "--workers", "1", *options]) == code
        told: dict[str, Any] = json.loads(capsys.readouterr().out)["issues"][0]
        return {key: value for key, value in told.items() if key not in ("wall_seconds", "speed")}

    return build


def test_what_is_told_is_what_a_closer_look_finds(root: Path, report: Build, looked: list[str]) -> None:
    """Nothing is looked at, and the report is, word for word, that of a build that looked at everything."""
    at_once = report()
    assert looked == []
    assert at_once["public"] == str(root / "public")
    assert Path(at_once["picture"]).is_relative_to(root)
    (root / ".vivavoce/settled/2026-11.json").unlink()
    assert report() == at_once
    assert looked == ["2026-11"]
    assert (at_once["segments_read"], at_once["episodes_changed"]) == (0, 0)
    assert at_once["segments_reused"] > 0


def flip(path: Path) -> None:
    """One byte in the middle changes, as on a bad disk; the date stays."""
    state, data = path.stat(), bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def add(path: Path, text: str) -> None:
    """A file's text goes on."""
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


CHANGES: dict[str, Callable[[Path], object]] = {
    "an article": lambda root: add(next(root.glob("issues/2026-11/*.en.md")), "\nOne line more.\n"),
    "an article that is new": lambda root: (root / "issues/2026-11/zz.en.md").write_text("# New\n\nBoats.\n"),
    "the settings": lambda root: add(root / "edition.toml", "\n# a remark\n"),
    "a lexicon": lambda root: (root / "lexicon.en.toml").write_text('"boats" = { say = "ships" }\n'),
    "a jingle beside": lambda root: (root / "jingles" / "new.wav").write_bytes(b"RIFF"),
    "a byte of an episode": lambda root: flip(next(root.glob("public/2026-11/episodes/*.mp3"))),
    "a byte of the feed": lambda root: flip(root / "public/2026-11/feed.xml"),
    "a byte of the edition's page": lambda root: flip(root / "public/index.html"),
    "a transcript that is gone": lambda root: next(root.glob("public/2026-11/transcripts/*")).unlink(),
    "a file that nobody made": lambda root: (root / "public/2026-11/episodes/old.mp3").write_bytes(b"old"),
    "the picture": lambda root: next(root.glob(".vivavoce/pictures/*.svg")).unlink(),
    "another issue": lambda root: (root / "public/2026-10").mkdir() or (root / "public/2026-10/card.json").touch(),
    "the record of what was built": lambda root: (root / ".vivavoce/built/issues/2026-11.json").unlink(),
    "a byte of what is remembered": lambda root: flip(root / ".vivavoce/settled/2026-11.json"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_is_looked_at(root: Path, change: str, looked: list[str]) -> None:
    """Whatever goes into an issue, or came of it, or is remembered: where it is another, the build looks closer."""
    CHANGES[change](root)
    run(["build", "-C", str(root), "--workers", "1"])
    assert looked == ["2026-11"]


def test_another_program_looks_closer(root: Path, looked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where any file of the program is another, with or without a new version, nothing is taken for granted."""
    program = inputs._program()
    assert any("pipeline.py" in line for line in program)
    monkeypatch.setattr(inputs, "_program", lambda: [*program[1:], f"{program[0]}0"])
    run(["build", "-C", str(root), "--workers", "1"])
    assert looked == ["2026-11"]


def test_with_and_without_the_programme_are_two_things(report: Build, looked: list[str]) -> None:
    """A build that leaves the programme out is not taken for one with it, nor the other way round."""
    report("--no-programme")
    assert len(looked) == 1
    assert report()["programme"]
    assert len(looked) == 2


def test_an_article_that_failed_is_tried_again(root: Path, report: Build, looked: list[str]) -> None:
    """A build that left an article out is not remembered: the next one may succeed."""
    (root / "issues/2026-11/zz.en.md").write_text("", encoding="utf-8")
    first = report(code=1)
    assert first["failures"]
    assert report(code=1)["failures"] == first["failures"]
    assert looked == ["2026-11", "2026-11"]
