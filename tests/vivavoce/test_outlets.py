"""Commands whose reader has hung up: they do what they were to do, and end with what came of that."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from articles.errors import ExitCode
from vivavoce.cli import run

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
OLDER = '+++\nheadline = "An Older One"\n+++\n\nIt was said before.\n'


def unheard(*arguments: str, errors: bool = False) -> tuple[int, str]:
    """The exit code of a command that writes into a pipe whose other end is closed, and what it said on stderr.

    With `errors` stderr goes into that pipe, too.
    """
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "vivavoce", *arguments],
            stdout=writer,
            stderr=writer if errors else subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            timeout=120,
        )
    finally:
        os.close(writer)
    return done.returncode, (done.stderr or b"").decode()


def test_a_reader_that_hangs_up_is_no_failure(make_edition: Callable[..., Path]) -> None:
    """The command did what it was told; nothing is said of it, not even when Python ends."""
    where = ["-C", str(make_edition())]
    assert run(["build", *where, "--workers", "1"]) == ExitCode.DONE
    for command in (["cache", "info"], ["check", "--json"], ["plan"]):
        assert unheard(*command, *where) == (ExitCode.DONE, "")


@pytest.mark.parametrize("errors", [False, True])
def test_a_build_goes_on_when_its_reader_hangs_up(make_edition: Callable[..., Path], errors: bool) -> None:
    """Every issue is built, and the exit code tells of the article that failed, though nobody has read the summary."""
    edition = make_edition()
    older = edition / "issues" / "2026-10"
    older.mkdir()
    (older / "01-older.en.md").write_text(OLDER)
    (older / "02-broken.en.md").write_text('+++\nheadline = "Br\n+++\n\nNever said.\n')
    build = ["build", "-C", str(edition), "--workers", "1", "2026-10", "2026-11"]
    assert unheard(*build, errors=errors)[0] == ExitCode.ARTICLE_FAILED
    assert (edition / "public" / "2026-11" / "feed.xml").exists()


def test_what_is_read_is_written_as_before() -> None:
    """All of it is read, in the encoding asked for; that a disk is full is told in one line, with its code."""
    command = [sys.executable, "-m", "vivavoce", "explain", "--text", "œuvre " * 2_000, "--lang", "fr"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "iso8859-15", "PYTHONUNBUFFERED": ""}
    done = subprocess.run(command, capture_output=True, env=environment, timeout=60)
    assert (done.returncode, done.stderr) == (ExitCode.DONE, b"")
    assert done.stdout.decode("iso8859-15").count("œuvre") >= 2_000
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment, timeout=60)
    assert (done.returncode, done.stderr.count(b"\n")) == (ExitCode.USAGE, 1)
    assert b"No space left on device" in done.stderr
