"""Workers that may take no more memory."""

import contextlib
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.killing import BASE, ROOT, Commands, lacking, session_of

pytestmark = pytest.mark.slow


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[Commands]:
    """The commands."""
    with Commands(tmp_path / "log") as running:
        yield running


def worker_of(group: int) -> int:
    """A process that the command with this id has started, once there is one with a voice."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for status in Path("/proc").glob("[0-9]*/cmdline"):
            pid = int(status.parent.name)
            try:
                spawned = pid != group and session_of(pid) == group and b"spawn_main" in status.read_bytes()
            except OSError:
                continue
            if spawned:
                return pid
        time.sleep(0.005)
    raise AssertionError("there is no worker")


@pytest.mark.parametrize("megabytes", [150, 170, 190, 210, 230])
def test_too_little_memory_for_the_program_itself_is_told(make_edition: Callable[..., Path], megabytes: int) -> None:
    """Whichever of its libraries no longer finds room while they are loaded: one line, and nothing is published."""
    edition = make_edition()
    program = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({megabytes << 20}, resource.RLIM_INFINITY))\n"
        "from vivavoce.cli import main\n"
        "main()\n"
    )
    command = [sys.executable, "-c", program, "build", "-C", str(edition), "--workers", "1"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120)
    if done.returncode:
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
        assert "there is not enough memory — try --workers 1" in done.stderr
        assert not (edition / "public").exists()


@pytest.mark.parametrize("after_s", [0.0, 0.2, 0.5, 0.9, 1.3])
def test_a_worker_without_memory_is_told(make_edition: Callable[..., Path], commands: Commands, after_s: float) -> None:
    """Whenever it happens: a documented exit code and no traceback, and the next build gets the rest done."""
    text = "".join(f"Boat {number} leaves at five in the morning, and nobody waves.\n\n" for number in range(30))
    edition = make_edition(
        {f"0{n}-quay-{n}.en.md": f'+++\nheadline = "Quay {n}"\n+++\n\n{text}{n}\n' for n in range(1, 4)}
    )
    build = ["build", "-C", str(edition), "--workers", "1"]
    group = commands.start(build)
    worker = worker_of(group)
    time.sleep(after_s)
    with contextlib.suppress(ProcessLookupError):
        resource.prlimit(worker, resource.RLIMIT_AS, (1_000_000, resource.RLIM_INFINITY))
    code, said = commands.wait(), commands.log.read_text()
    assert code in (0, 1), f"{code}: {said}"
    assert "this should not have happened" not in said, said
    assert not lacking(edition / "public", BASE, whole=True)
    commands.run(build)
