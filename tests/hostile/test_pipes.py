"""Pipes and devices where an edition has files, through the real commands: none of them keeps a command waiting."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import EDITION
from tests.hostile.conftest import ARTICLE, House, Told

pytestmark = pytest.mark.slow

NO_FILE = "cannot be read (a pipe or a device, and no file)"
SECONDS = 60
"""For a command that ends at once; what waits for a pipe waits for ever."""


def ended(house: House, *arguments: str, given: int | None = None) -> Told:
    """What a command answered, in a process of its own, so that one that waits can be ended."""
    done = subprocess.run(
        [sys.executable, "-m", "vivavoce", *arguments, "-C", str(house.edition)],
        capture_output=True, text=True, check=False, timeout=SECONDS, stdin=given or subprocess.DEVNULL,
    )  # fmt: skip
    return Told(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("command", ["plan", "doctor"])
@pytest.mark.parametrize(
    "name", ["edition.toml", "lexicon/en.toml", "issues/2026-11/issue.toml", "issues/2026-11/02-b.en.md"]
)
def test_a_pipe_is_no_file_of_an_edition(house: House, name: str, command: str) -> None:
    """Settings, words and articles are read from files; what else lies there is told of in a line."""
    house.article(ARTICLE)
    path = house.edition / name
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    os.mkfifo(path)
    told = ended(house, command)
    assert told.code in (1, 2)
    line = next(line for line in (told.out + told.err).splitlines() if "a pipe or a device, and no file" in line)
    assert path.name in line


def test_a_device_is_no_running_order(house: House, command: Callable[..., Told]) -> None:
    """A link to what never ends leads out of the edition: it is not opened."""
    house.article(ARTICLE)
    (house.issue / "issue.toml").symlink_to("/dev/zero")
    assert "issues/2026-11/issue.toml: leads out of the edition" in command("plan").err


def test_a_pipe_is_no_jingle(house: House) -> None:
    """A jingle is opened by libraries that would wait too."""
    house.article(ARTICLE)
    house.write("edition.toml", f'{EDITION}\n[sound]\nintro = "a.wav"\n')
    os.mkfifo(house.edition / "a.wav")
    told = ended(house, "plan")
    assert told.code == 2
    assert f"edition.toml:16: sound.intro: a.wav: {NO_FILE}" in told.err


@pytest.mark.parametrize("arguments", [["import", "--issue", "2026-11"], ["lexicon", "import", "--lang", "en"]])
def test_a_pipe_that_is_named_is_not_imported(house: House, tmp_path: Path, arguments: list[str]) -> None:
    """Among the files of a folder somebody may have put one."""
    os.mkfifo(tmp_path / "a.txt")
    told = ended(house, *arguments, str(tmp_path / "a.txt"))
    assert told.code != 0
    assert f"a.txt: {NO_FILE}" in told.err


def test_what_another_program_writes_is_imported(house: House) -> None:
    """`curl … | vivavoce import /dev/stdin`: the shell has opened this pipe, and somebody writes into it."""
    page = subprocess.Popen(
        ["echo", "A title\n\nA text that goes on for a while, and then it ends."], stdout=subprocess.PIPE
    )
    with page:
        assert page.stdout
        told = ended(house, "import", "/dev/stdin", "--issue", "2026-11", "--lang", "en", given=page.stdout.fileno())
    assert told.code == 0, told.err
    assert (house.issue / "01-a-title.en.md").exists()


def test_what_came_through_a_pipe_is_not_taken_for_what_came_through_another(house: House) -> None:
    """`import <(…) <(…)`, and the same again: each pipe has a name that is soon another's. Each article stays."""
    titles = ["A title", "Another title", "A third one"]
    for title in titles:
        page = ["printf", f"{title}\\n\\nA text that goes on for a while, and then it ends."]
        with subprocess.Popen(page, stdout=subprocess.PIPE) as made:
            assert made.stdout
            told = ended(
                house, "import", "/dev/stdin", "--issue", "2026-11", "--lang", "en", given=made.stdout.fileno()
            )
        assert told.code == 0, told.err
        assert ": written" in told.out
    assert len(list(house.issue.glob("*.md"))) == len(titles)


@pytest.mark.parametrize("name", ["builder", "build.lock"])
def test_a_pipe_in_the_place_of_the_lock_is_removed(house: House, name: str) -> None:
    """Who is building is written there, and read: a pipe would keep the build waiting with the lock in its hand."""
    house.article(ARTICLE)
    (house.edition / ".vivavoce").mkdir()
    os.mkfifo(house.edition / ".vivavoce" / name)
    assert ended(house, "build", "--workers", "1").code == 0
    assert not (house.edition / ".vivavoce" / name).is_fifo()
