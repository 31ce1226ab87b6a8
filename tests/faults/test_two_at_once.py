"""Several commands on one edition at the same time, and what the dead ones leave held."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.killing import BASE, ROOT, Commands, lacking, tree
from vivavoce.lock import only_build

pytestmark = pytest.mark.slow


@pytest.fixture
def three(tmp_path: Path) -> Iterator[list[Commands]]:
    """Three who work at the same edition."""
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(Commands(tmp_path / f"log{number}")) for number in range(3)]


def holder_of(edition: Path) -> int:
    """The process that builds now, once there is one."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with contextlib.suppress(OSError, ValueError):
            return int((edition / ".vivavoce" / "builder").read_text())
        time.sleep(0.005)
    raise AssertionError("nobody builds")


def test_of_builds_and_a_publication_at_once_one_works_and_the_others_say_who(
    make_edition: Callable[..., Path], three: list[Commands], tmp_path: Path
) -> None:
    """The first goes on undisturbed; the others end at once, with the number of its process, and change nothing."""
    edition, place = make_edition(), tmp_path / "place"
    first, second, third = three
    pid = first.start(["build", "-C", str(edition)])
    assert holder_of(edition) == pid
    second.start(["build", "-C", str(edition)])
    third.start(["publish", str(place), "-C", str(edition)])
    assert second.wait() == 2
    assert third.wait() == 2
    for other in (second, third):
        said = other.log.read_text()
        assert f"another build of this edition is running (process {pid})" in said
        assert said.count("\n") == 1
    assert first.wait() == 0, first.log.read_text()
    assert not place.exists()
    assert not lacking(edition / "public", BASE, whole=True)


@contextlib.contextmanager
def watching(edition: Path, log: Path) -> Iterator[None]:
    """`serve --watch` on the edition while the block lasts; what it says goes to `log`."""
    command = [sys.executable, "-m", "vivavoce", "serve", "-C", str(edition), "--port", "0", "--watch"]
    with log.open("w") as said, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, cwd=ROOT) as process:
        assert process.stdout
        process.stdout.readline()
        time.sleep(1)  # the watch begins a moment after the server
        try:
            yield
        finally:
            process.send_signal(signal.SIGINT)


def until(true: Callable[[], bool], what: str) -> None:
    """Wait for something that must come."""
    patience = time.monotonic() + 60
    while not true():
        assert time.monotonic() < patience, what
        time.sleep(0.05)


def test_a_change_that_is_seen_during_a_build_is_built_after_it(
    make_edition: Callable[..., Path], three: list[Commands], tmp_path: Path
) -> None:
    """`serve --watch` says for whom it waits, writes nothing meanwhile, and builds once the lock is free."""
    edition, log = make_edition(), tmp_path / "watch"
    three[0].run(["build", "-C", str(edition)])
    feed, article = edition / "public" / "feed.xml", edition / "issues" / "2026-11" / "01-harbour.en.md"
    before = tree(edition / "public")
    with watching(edition, log):
        with only_build(edition / ".vivavoce"):
            article.write_text(article.read_text().replace("The Harbour Wakes", "The Harbour Sleeps"))
            waits = f"waiting: another build of this edition is running (process {os.getpid()})"
            until(lambda: waits in log.read_text(), "it never said that it waits")
            assert tree(edition / "public") == before
        until(lambda: b"The Harbour Sleeps" in feed.read_bytes(), "it was never built")


def test_a_lock_that_is_held_for_a_moment_ends_no_build(tmp_path: Path) -> None:
    """As by doctor, which takes it to see whether it is free."""
    let_go = threading.Event()

    def look() -> None:
        with only_build(tmp_path):
            held.set()
            let_go.wait(10)

    held = threading.Event()
    looking = threading.Thread(target=look)
    looking.start()
    assert held.wait(10)
    threading.Timer(0.1, let_go.set).start()
    with only_build(tmp_path):
        pass
    looking.join()


def test_what_a_dead_process_held_is_free(make_edition: Callable[..., Path], three: list[Commands]) -> None:
    """A build that was killed holds nothing any more, though the file that names it is still there."""
    edition = make_edition()
    first, second, _ = three
    pid = first.start(["build", "-C", str(edition)])
    assert holder_of(edition) == pid
    os.kill(pid, signal.SIGKILL)
    assert first.wait() == -signal.SIGKILL
    assert (edition / ".vivavoce" / "builder").exists()
    second.run(["build", "-C", str(edition)])


def test_two_editions_share_nothing(make_edition: Callable[..., Path], three: list[Commands], tmp_path: Path) -> None:
    """A copy of an edition can be built while the other is, and gives the same."""
    edition = make_edition()
    copy = tmp_path / "copy"
    shutil.copytree(edition, copy)
    first, second, _ = three
    first.start(["build", "-C", str(edition)])
    second.start(["build", "-C", str(copy)])
    assert (first.wait(), second.wait()) == (0, 0)
    assert tree(edition / "public", "build.json") == tree(copy / "public", "build.json")
