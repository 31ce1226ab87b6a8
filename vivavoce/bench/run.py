"""Commands run one after the other and measured: wall and CPU seconds, memory, and when the first episode was there."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import vivavoce
from articles.errors import VivavoceError
from vivavoce.bench.memory import tree_mb

Command = tuple[str, ...]

_LOOK_S = 0.02  # between two looks for the first finished file
_WEIGH_S = 0.2  # between two measurements of memory, each of which costs the kernel a millisecond or so
_LAST_LINES = 3


def environment() -> dict[str, str]:
    """The environment of this process, in which a Python in any folder finds the vivavoce that runs here."""
    found = (str(Path(vivavoce.__file__).parents[1]), os.environ.get("PYTHONPATH", ""))
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, found))}


class RunFailed(VivavoceError):
    """A command that was to be measured has failed, or took too long; the message has its last lines."""


@dataclass(frozen=True, slots=True)
class First:
    """How the first finished episode is known: after so many commands, or by so many files of this pattern."""

    commands: int = 0
    files: str = ""
    count: int = 1

    def reached(self, folder: Path, done: int) -> bool:
        """Whether it is there, when `done` commands have ended."""
        if self.commands:
            return done >= self.commands
        return bool(self.files) and sum(1 for _ in folder.glob(self.files)) >= self.count


@dataclass(frozen=True, slots=True)
class Run:
    """What commands took. CPU seconds are of all their processes; memory is None where the system does not tell."""

    wall_s: float
    cpu_s: float
    first_s: float
    peak_mb: float | None
    output: str


@dataclass(slots=True)
class _Meter:
    """Looks at the process that is running until the last has ended."""

    folder: Path
    first: First
    began: float
    pid: int = 0
    done: int = 0
    first_s: float | None = None
    peak_mb: float | None = None
    ended: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        weigh_at = 0.0
        while not self.ended.wait(_LOOK_S):
            self.look()
            if self.pid and (now := time.perf_counter()) >= weigh_at:
                weigh_at = now + _WEIGH_S
                held_mb = tree_mb(self.pid)
                if held_mb is not None:
                    self.peak_mb = max(held_mb, self.peak_mb or 0.0)

    def look(self) -> None:
        if self.first_s is None and self.first.reached(self.folder, self.done):
            self.first_s = time.perf_counter() - self.began


def run(commands: Callable[[Path], Iterable[Command]], folder: Path, first: First, limit_s: float) -> Run:
    """The commands' figures; they run in `folder`, one at a time, and `output` is what the last one printed.

    `commands` may yield a command that depends on what those before it have made. Raises RunFailed.
    """
    began = time.perf_counter()
    meter, cpu_s, output = _Meter(folder, first, began), 0.0, ""
    thread = threading.Thread(target=meter.watch, daemon=True)
    thread.start()
    try:
        for command in commands(folder):
            left_s = limit_s - (time.perf_counter() - began)
            used_s, output = _one(command, folder, meter, max(1.0, left_s))
            cpu_s += used_s
            meter.done += 1
            meter.look()
        wall_s = time.perf_counter() - began
    finally:
        meter.ended.set()
        thread.join()
    return Run(wall_s, cpu_s, wall_s if meter.first_s is None else meter.first_s, meter.peak_mb, output)


def _one(command: Command, folder: Path, meter: _Meter, limit_s: float) -> tuple[float, str]:
    """CPU seconds of the command and of every process it waited for, and what it printed."""
    with (folder / ".printed").open("w+b") as printed, (folder / ".told").open("w+b") as told:
        # A group of its own, so that all of it can be ended.
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=told,
            start_new_session=True,
        )
        meter.pid = process.pid
        late = threading.Timer(limit_s, _end, [process.pid])
        late.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            _end(process.pid)
            process.wait()
            raise
        finally:
            meter.pid = 0
            expired = late.finished.is_set()
            late.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            why = f"took more than {limit_s:.0f} s" if expired else f"exit code {process.returncode}"
            raise RunFailed(f"{' '.join(command[:4])} …: {why}{_last_lines(told.name)}")
        printed.seek(0)
        return used.ru_utime + used.ru_stime, printed.read().decode(errors="replace")


def _end(group: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def _last_lines(path: str) -> str:
    lines = Path(path).read_text(encoding="utf-8", errors="replace").split("\n")
    told = [line.strip() for line in lines if line.strip()][-_LAST_LINES:]
    return f" ({' / '.join(told)})" if told else ""
