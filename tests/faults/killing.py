"""Commands that are killed at random moments, and what must hold at every moment of it: tools for the tests beside."""

import contextlib
import hashlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from lxml import etree

ROOT = Path(__file__).parents[2]
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
PATIENCE_S = 120.0

BASE = "http://localhost:8000/"
"""Where the tests' edition says that it will be (tests/conftest.py)."""

SEED = int(os.environ.get("VIVAVOCE_SEED") or int.from_bytes(os.urandom(4)))
"""Of every random choice."""
_LINGERS_S = 20.0  # on a busy machine; what is promised for Ctrl-C is two seconds

_URL = re.compile(r"https?://[^\s<>\"']+")
_HASHED = re.compile(r"\.([0-9a-f]{10})\.\w+$")


class Commands:
    """vivavoce's commands, one after another, each in a process of its own that can be killed."""

    def __init__(self, log: Path, **environment: str) -> None:
        self.log = log
        self._zygote = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("zygote.py")), str(log)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._zygote.stdin
        self._zygote.stdin.close()
        self._zygote.wait(PATIENCE_S)
        assert self._zygote.stdout
        self._zygote.stdout.close()

    def start(self, arguments: Sequence[str]) -> int:
        """The process id of the command, which has just begun."""
        assert self._zygote.stdin
        print(json.dumps(list(arguments)), file=self._zygote.stdin, flush=True)
        return int(self._answer())

    def wait(self) -> int:
        """The exit code of the command that was started last; minus the number of the signal that ended it."""
        return int(self._answer())

    def run(self, arguments: Sequence[str]) -> None:
        """Run the command to its end, which must be a good one, and leave no process behind."""
        self.log.write_text("")
        pid = self.start(arguments)
        code = self.wait()
        assert code == 0, f"{arguments} ended with {code}: {self.log.read_text()[-2000:]}"
        assert not _others(pid), f"{arguments} left processes behind"

    def _answer(self) -> str:
        assert self._zygote.stdout
        return self._zygote.stdout.readline()


def _others(group: int) -> list[int]:
    """The processes of a session that still live after `_LINGERS_S`, its leader aside."""
    until = time.monotonic() + _LINGERS_S
    while alive := [int(path.name) for path in Path("/proc").glob("[0-9]*") if session_of(int(path.name)) == group]:
        if time.monotonic() > until:
            return alive
        time.sleep(0.02)
    return []


def session_of(pid: int) -> int:
    """The session that a living process belongs to, else -1."""
    try:
        state, *_, session = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:4]
    except (OSError, ValueError):
        return -1
    return -1 if state == "Z" else int(session)


@dataclass(slots=True)
class Toll:
    """What a series of kills came to: how many met a running command, by signal, and how many came too late."""

    seed: int
    met: dict[str, int] = field(default_factory=dict)
    late: int = 0

    def __str__(self) -> str:
        return f"seed {self.seed}: {sum(self.met.values())} kills ({self.met}), {self.late} came too late"


def kills(
    commands: Commands, wanted: int, before: Callable[[int], Sequence[str]], after: Callable[[int], None], seed: int
) -> Toll:
    """Start what `before(round)` gives, kill it at a random moment, and call `after(round)`; until `wanted` were met.

    The moments are spread over the time that the last undisturbed run took, as measured by the kills that came late.
    """
    chance, toll, span = random.Random(seed), Toll(seed), 1.0
    for turn in range(wanted * 5):
        if sum(toll.met.values()) >= wanted:
            return toll
        killer = SIGNALS[turn % len(SIGNALS)]
        began = time.monotonic()
        pid = commands.start(before(turn))
        timer = threading.Timer(chance.uniform(0, span), _send, [pid, killer])
        timer.start()
        code = commands.wait()
        took = time.monotonic() - began
        timer.cancel()
        timer.join()
        if code == 0:
            toll.late += 1
            span = max(0.1, min(span, took))
        else:
            assert code in (-killer, 130), f"{toll}: ended with {code}: {commands.log.read_text()[-2000:]}"
            toll.met[killer.name] = toll.met.get(killer.name, 0) + 1
            span = max(span, 1.25 * took)
        assert not _others(pid), f"{toll}: {killer.name} left processes behind"
        after(turn)
    raise AssertionError(f"{toll}: too few kills met a running command")


def _send(pid: int, number: signal.Signals) -> None:
    # Ctrl-C on a terminal reaches the whole group, the other two one process.
    with contextlib.suppress(ProcessLookupError):
        (os.killpg if number is signal.SIGINT else os.kill)(pid, number)


def named_in(public: Path, feed: bytes, base: str) -> Iterator[tuple[Path, int | None]]:
    """Each file below `base` that a feed names, with the length that it states for it, if it does."""
    for element in etree.fromstring(feed).iter("*"):
        length = element.get("length")
        for value in (*element.attrib.values(), element.text or ""):
            for url in _URL.findall(value):
                if url.startswith(base):
                    name = unquote(urlsplit(url).path)[len(urlsplit(base).path) :]
                    yield public / name, int(length) if length and element.tag == "enclosure" else None


def lacking(public: Path, base: str, *, whole: bool = False) -> list[str]:
    """What the feeds in `public` name that is not there as they say; with `whole`, hashes in names are checked too.

    A feed that is replaced while it is examined is left for the next look: its files may go once it is gone.
    """
    found = []
    for feed in sorted(public.rglob("feed*.xml")):
        try:
            data = feed.read_bytes()
            wrong = [
                f"{feed.name} names {path.relative_to(public)}"
                for path, length in named_in(public, data, base)
                if not _right(path, length, whole=whole)
            ]
            if wrong and feed.read_bytes() == data:
                found += wrong
        except FileNotFoundError:
            continue
    return found


def _right(path: Path, length: int | None, *, whole: bool) -> bool:
    if path.is_dir():
        return (path / "index.html").exists()
    if not path.exists() or (length is not None and path.stat().st_size != length):
        return False
    named = _HASHED.search(path.name)
    return not (whole and named) or hashlib.sha256(path.read_bytes()).hexdigest().startswith(named[1])


class Watched:
    """Looks at `public` again and again while the block lasts; `faults` is what was ever wrong."""

    def __init__(self, public: Path, base: str) -> None:
        self.faults: list[str] = []
        self.looks = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, args=(public, base))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self, public: Path, base: str) -> None:
        while not self._stop.wait(0.02):
            self.looks += 1
            self.faults += lacking(public, base)


def partials(*folders: Path) -> list[Path]:
    """What a killed process left half written below these folders."""
    return [path for folder in folders for path in folder.rglob(".partial-*")]


def tree(folder: Path, *without: str) -> dict[str, bytes]:
    """Each file below `folder` by its path, but for those named so."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in without
    }
