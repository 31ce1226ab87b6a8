"""What `vivavoce doctor` says of folders and disks in which a build could not write, and that its commands mend it."""

import json
import os
import resource
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.vivavoce.conftest import Examined, without_rights
from vivavoce.cli import run

pytestmark = pytest.mark.slow

NOBODY = 65534


@pytest.fixture
def edition(make_edition: Callable[..., Path]) -> Path:
    """One whose path has a space in it."""
    root = make_edition()
    return root.rename(root.with_name("the edition"))


def _place(path: Path, content: str) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    match content:
        case "folder":
            (path / "mine").mkdir(parents=True)
        case "dangling link":
            path.symlink_to("nowhere")
        case _:
            path.write_text("mine")


@pytest.mark.parametrize(
    ("content", "places"),
    [
        ("file", ["public", ".vivavoce/settled", "public/2026-11/transcripts", "public/2026-11/programme"]),
        ("dangling link", ["public", ".vivavoce/clips", "public/2026-11/episodes", ".vivavoce/parts/2026-11"]),
        ("folder", ["public/.withdrawn-2026-10", ".vivavoce/build.lock", ".vivavoce/verdicts/2026-11.json"]),
        ("folder", ["public/opml.xml", *(f"public/2026-11/{name}" for name in ("issue.epub", "feed.fr.xml"))]),
    ],
)
def test_what_lies_in_the_place_of_something_else_is_moved_away_by_the_command_told(
    edition: Path, examined: Examined, content: str, places: Sequence[str]
) -> None:
    """A build ends as the doctor does; once the commands are typed, both end well, and nothing is lost."""
    article = edition / "issues/2026-11/01-harbour.en.md"
    text = article.read_text()
    for number, place in enumerate(places):
        article.write_text(text.replace("Nobody", f"{number} people"))  # there is something to do
        _place(edition / place, content)
        code, found = examined(edition)
        assert code == 2
        assert run(["build", "-C", str(edition)]) == code
        (told,) = (each for each in found.values() if each["state"] == "wrong")
        assert shlex.quote(str(edition / place)) in told["mend"]
        subprocess.run(told["mend"], shell=True, check=True)
        assert not os.path.lexists(edition / place)
    assert examined(edition)[0] == 0
    assert run(["build", "-C", str(edition)]) == 0
    assert len(list(edition.rglob("*.old*"))) == len(places)


def test_of_many_things_in_the_way_some_are_named_and_the_rest_counted(edition: Path, examined: Examined) -> None:
    """Nobody reads a hundred lines."""
    for number in range(8):
        _place(edition / f"public/.withdrawn-{number}", "folder")
    assert "3 more of the like" in examined(edition)[1]["permissions"]["told"]  # the last line of that name


def _wrong(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [each for each in json.loads(done.stdout) if each["state"] == "wrong"]


def test_what_no_build_writes_to_is_in_nobody_s_way(edition: Path, examined: Examined) -> None:
    """Links that lead round in a circle or to a folder, and what a producer has put beside what is ours."""
    where = ("-C", str(edition))
    assert run(["build", *where]) == 0
    (edition / ".vivavoce/clips/round").symlink_to("..")
    (edition / ".vivavoce/mine/of a.day").mkdir(parents=True)
    (edition / "public/2026-11/mine.epub").mkdir()
    (edition / "public/2026-11/feed.it.xml").symlink_to("episodes")
    (edition / "issues/2026-11/03-more.en.md").write_text('+++\nheadline = "More"\n+++\n\nText.\n')
    assert examined(edition)[0] == 0
    assert run(["build", *where]) == 0


def test_folders_that_are_closed_are_opened_by_the_command_told(edition: Path) -> None:
    """However far down they are; many have one line, with the first of them and how many more."""
    where = ("-C", str(edition))
    assert run(["build", *where]) == 0
    (edition / "issues/2026-11/03-more.en.md").write_text('+++\nheadline = "More"\n+++\n\nText.\n')
    closed = [*(edition / ".vivavoce/readings").iterdir(), *(edition / ".vivavoce/clips").iterdir()]
    closed += [edition / "public/2026-11/episodes"]
    for folder in closed:
        folder.chmod(0o500)
    done = without_rights("doctor", *where, "--json")
    assert (done.returncode, without_rights("build", *where).returncode) == (2, 2)
    public, state = _wrong(done)
    assert public["mend"] == f"chmod -R u+rwX {shlex.quote(str(closed[-1]))}"
    assert state["mend"] == f"chmod -R u+rwX {shlex.quote(str(edition / '.vivavoce'))}"
    assert state["told"].endswith(f"nor can {len(closed) - 2} folders more")
    for each in (public, state):
        subprocess.run(each["mend"], shell=True, check=True)
    assert without_rights("doctor", *where).returncode == 0
    assert without_rights("build", *where).returncode == 0


@pytest.mark.parametrize("place", [".vivavoce/readings/*", ".vivavoce/built/issues", ".vivavoce/parts/2026-11"])
def test_folders_of_another_owner_are_told(edition: Path, place: str) -> None:
    """As a build by another user leaves them, with the command that makes them one's own."""
    if os.geteuid():
        pytest.skip("chown: only root can give a folder away")
    where = ("-C", str(edition))
    assert run(["build", *where]) == 0
    article = edition / "issues/2026-11/01-harbour.en.md"
    article.write_text(article.read_text().replace("Nobody", "Somebody"))
    for folder in edition.glob(place):
        os.chown(folder, NOBODY, NOBODY)
    done = without_rights("doctor", *where, "--json")
    assert (done.returncode, without_rights("build", *where).returncode) == (2, 2)
    (told,) = _wrong(done)
    assert told["mend"].startswith(f"""sudo chown -R "$USER" '{edition / place.removesuffix("/*")}""")


def test_a_lexicon_that_may_not_be_read_is_opened_by_the_command_told(edition: Path) -> None:
    """It is no matter of how it was saved."""
    where = ("-C", str(edition))
    (lexicon := edition / "lexicon/en.toml").parent.mkdir()
    lexicon.touch(0)
    done = without_rights("doctor", *where, "--json")
    (told,) = _wrong(done)
    built = without_rights("build", *where)
    assert (done.returncode, built.returncode) == (2, 2)
    assert told["mend"] == f"chmod -R u+rwX {shlex.quote(str(lexicon))}"
    assert told["mend"] in built.stderr
    subprocess.run(told["mend"], shell=True, check=True)
    assert without_rights("build", *where).returncode == 0


def test_a_full_disk_does_not_end_the_examination(make_edition: Callable[..., Path]) -> None:
    """Where not a byte can be written, in the system's temporary folder neither, all else is told too."""
    edition = make_edition()

    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    def filled(*command: str) -> subprocess.CompletedProcess[str]:
        whole = [sys.executable, "-m", "vivavoce", *command, "-C", str(edition)]
        return subprocess.run(whole, capture_output=True, text=True, check=False, preexec_fn=fill)

    done = filled("doctor", "--json")
    found = {each["name"]: each for each in json.loads(done.stdout)}
    assert (done.returncode, filled("build").returncode) == (2, 2)
    assert {"settings", "disk", "issues", "jingles and cover", "voice tone"} <= set(found)
    assert "TMPDIR" in found["encoders"]["mend"]
    assert found["permissions"]["mend"].startswith("vivavoce cache prune -C")
