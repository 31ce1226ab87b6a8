import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from vivavoce import cli

LOST = """
import gc, os, signal, sys, threading, time
from vivavoce.interrupts import heed_interrupts

heed_interrupts()
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in what a shell starts in the background

def interrupted(phase, facts):
    gc.callbacks.remove(interrupted)
    os.kill(os.getpid(), {signal})
    time.sleep(0.2)  # it comes here

gc.callbacks.append(interrupted)
try:
    gc.collect()
    print("dropped")
    threading.Event().wait(20)  # as one waits for clips
except KeyboardInterrupt:
    print("heeded")
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_an_interrupt_that_comes_while_garbage_is_collected_is_heeded(name: str) -> None:
    """Python drops what is raised there; the interrupt comes again, also to a thread that only waits."""
    code = LOST.format(signal=int(signal.Signals[name]))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["dropped", "heeded"]
    assert done.stderr == ""


def test_other_errors_that_are_dropped_are_told_as_ever() -> None:
    """What a `__del__` raises still shows on stderr."""
    code = (
        "from vivavoce.interrupts import heed_interrupts; heed_interrupts()\n"
        "class Broken:\n    def __del__(self): raise ValueError('on the way out')\n"
        "Broken()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert "ValueError: on the way out" in done.stderr


def test_an_interrupt_before_a_command_begins_is_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As at any other moment: exit code 130, and no traceback."""

    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    for name in ("outlive_readers", "mask_all", "heed_interrupts"):
        monkeypatch.setattr(cli, name, lambda: None)
    for name in ("heed_interrupts", "run"):
        with monkeypatch.context() as patch:
            patch.setattr(cli, name, interrupted)
            with pytest.raises(SystemExit) as ended:
                cli.main(["--version"])
        assert ended.value.code == 130
        assert capsys.readouterr().err.startswith("vivavoce: stopped; ")


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_an_interrupt_while_the_program_is_imported_is_told_in_a_line(name: str, tmp_path: Path) -> None:
    """In the moment after Python has started, too."""
    (tmp_path / "click.py").write_text(
        f"import os, time\nos.kill(os.getpid(), {int(signal.Signals[name])})\ntime.sleep(9)"
    )
    searched = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-m", "vivavoce", "--version"],
        env=os.environ | {"PYTHONPATH": searched},
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert (done.returncode, done.stderr) == (130, "vivavoce: stopped; nothing was begun\n")


def test_an_interrupt_that_comes_out_of_an_import_as_another_error_is_one() -> None:
    """Python 3.11 makes a RuntimeError of what is raised in `__set_name__`, Cython an ImportError of anything."""
    code = (
        "import os, signal\n"
        "from vivavoce import cli\n"
        "def broken(name):\n"
        "    try:\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "    except KeyboardInterrupt:\n"
        "        raise RuntimeError('Error calling __set_name__') from None\n"
        "cli.importlib.import_module = broken\n"
        "cli.main(['plan'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 130
    assert done.stderr.startswith("vivavoce: stopped; ")
    assert done.stderr.count("\n") == 1
