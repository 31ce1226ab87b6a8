"""`vivavoce build --cluster`: what a producer sees of it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.voices.cluster.processes import scheduler, workers
from vivavoce.cli import run

Edition = Callable[..., Path]

pytestmark = pytest.mark.slow

LONG = "\n\n".join(f"Boat number {n} leaves the harbour long before dawn, and nobody waves." for n in range(200))


def heeding_interrupts() -> None:
    """As in a terminal: what is started in the background, as these tests may be, ignores Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def published(root: Path) -> dict[str, bytes]:
    """Everything in public/ but build.json, which tells how long it took."""
    files = (path for path in (root / "public").rglob("*") if path.is_file() and path.name != "build.json")
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def test_a_cluster_makes_the_very_same_edition(
    make_edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """To the last bit what this machine's own processes make; on stderr who reads, and nothing that Dask logs."""
    root = make_edition()
    assert run(["build", "-C", str(root), "--workers", "1"]) == 0
    alone = published(root)
    (root / "public").rename(tmp_path / "before")
    (root / ".vivavoce").rename(tmp_path / "state")
    monkeypatch.setenv("VIVAVOCE_CLIPS", str(tmp_path / "shared"))
    with scheduler(tmp_path) as (_, address), workers(tmp_path, address):
        capfd.readouterr()
        assert run(["build", "-C", str(root), "--cluster", address]) == 0
        told = capfd.readouterr().err.splitlines()
    assert told[0] == f"{address}: 2 workers"
    assert not [line for line in told if "distributed" in line]
    assert published(root) == alone
    assert len(list((tmp_path / "shared").rglob("*.clip"))) == len(list(root.rglob("*.clip"))) > 5


def test_a_cluster_without_a_shared_store_is_refused(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """In one line that says what to set, before anybody is connected to."""
    assert run(["build", "-C", str(make_edition()), "--cluster", "tcp://127.0.0.1:1"]) == 2
    captured = capsys.readouterr().err
    assert captured.count("\n") == 1
    assert "set clips = " in captured


def test_an_interrupt_ends_everything_and_the_next_run_goes_on(make_edition: Edition) -> None:
    """Ctrl-C reaches the whole group: one line, the code for it, no process left, no clip lost."""
    root = make_edition({"01-boats.en.md": f"# Boats\n\n{LONG}\n"})
    command = [sys.executable, "-m", "vivavoce", "build", "-C", str(root), "--cluster", "local:2"]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=heeding_interrupts
    ) as build:
        assert build.stderr
        assert any("is ready" in line for line in build.stderr)
        children = psutil.Process(build.pid).children(recursive=True)
        os.killpg(build.pid, signal.SIGINT)
        rest = build.stderr.read()
        assert build.wait(20) == 130
    assert rest.strip() == "vivavoce: stopped; what was read so far is kept — run the same command to go on"
    assert len(children) >= 2
    assert not psutil.wait_procs(children, timeout=10)[1]
    kept = {path: path.stat().st_mtime_ns for path in root.rglob("[!.]*.clip")}
    assert kept
    assert run(["build", "-C", str(root), "--no-programme"]) == 0
    assert kept == {path: path.stat().st_mtime_ns for path in kept}
