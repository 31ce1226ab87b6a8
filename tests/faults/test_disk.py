"""Disks that fail or fill up under the program, at any call: a write half-way, a rename, a file that cannot be read.

VIVAVOCE_FAULTS says how many calls are made to fail, and VIVAVOCE_SEED repeats a run's.
"""

import errno
import os
import random
import re
import shutil
import struct
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.killing import BASE, SEED, Commands, lacking, partials, tree
from tests.limits import small_disk

pytestmark = pytest.mark.slow

FAULTS = int(os.environ.get("VIVAVOCE_FAULTS") or 25)
DOCUMENTED = (0, 1, 2, 3)

_ENDLESS = 2**31 - 1


class Disk:
    """Makes one call on files below a folder fail, in whichever process it falls."""

    def __init__(self, control: Path) -> None:
        self._control = control
        self.arm(-1, errno.EIO)

    def arm(self, calls: int, number: int) -> None:
        """Let `calls` calls succeed and the next one fail with this errno; -1 lets all succeed."""
        with self._control.open("r+b" if self._control.exists() else "wb") as file:
            file.write(struct.pack("=ii", calls, number))

    def counted(self, run: Callable[[], None], number: int) -> int:
        """How many calls `run` makes that this errno can befall."""
        self.arm(_ENDLESS, number)
        run()
        left = struct.unpack("=ii", self._control.read_bytes())[0]
        self.arm(-1, number)
        return _ENDLESS - int(left)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that makes calls fail, compiled."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if not compiler:
        pytest.skip("gcc: without it no failing disk can be made")
    made = tmp_path_factory.mktemp("library") / "failing_disk.so"
    source = Path(__file__).with_name("failing_disk.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-Wall", "-o", made, source, "-ldl"], check=True)
    return made


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    """A disk that nothing is wrong with yet."""
    return Disk(tmp_path / "control")


@pytest.fixture
def commands(tmp_path: Path, library: Path, disk: Disk) -> Iterator[Commands]:
    """The commands, on that disk as far as the edition goes."""
    control = {"FAILING_CONTROL": str(tmp_path / "control"), "FAILING_BELOW": f"{tmp_path / 'edition'}/"}
    with Commands(tmp_path / "log", LD_PRELOAD=str(library), **control) as running:
        yield running


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO], ids=["full", "failing"])
def test_a_failing_disk_is_told_and_harms_nothing(
    make_edition: Callable[..., Path], commands: Commands, disk: Disk, number: int, figure: Callable[[str], None]
) -> None:
    """Whichever call fails: one clear line and a documented exit code, public/ is valid, and the next build is as good
    as if nothing had been.
    """
    edition = make_edition()
    article = edition / "issues" / "2026-11" / "01-harbour.en.md"
    build = ["build", "-C", str(edition), "--workers", "1"]
    commands.run(build)
    old, text = tree(edition), article.read_text()

    def restore() -> None:
        shutil.rmtree(edition)
        for name, data in old.items():
            (edition / name).parent.mkdir(parents=True, exist_ok=True)
            (edition / name).write_bytes(data)
        article.write_text(text.replace("five", "six"))

    restore()
    calls = disk.counted(lambda: commands.run(build), number)
    right = tree(edition / "public", "build.json")
    chance = random.Random(SEED)
    told = 0
    for call in sorted(chance.sample(range(calls), min(FAULTS, calls))):
        restore()
        where = f"seed {SEED}, call {call} of {calls}"
        commands.log.write_text("")
        disk.arm(call, number)
        commands.start(build)
        code, said = commands.wait(), commands.log.read_text()
        disk.arm(-1, number)
        assert code in DOCUMENTED, f"{where}: {code}\n{said[-3000:]}"
        assert "Traceback" not in said, f"{where}\n{said[-3000:]}"
        if code:
            told += 1
            assert re.search(r"(cannot be|not built|No space|Input/output)", said), f"{where}\n{said}"
        assert not lacking(edition / "public", BASE, whole=True), f"{where}\n{said}"
        commands.run(build)
        assert not partials(edition), where
        assert tree(edition / "public", "build.json") == right, where
    figure(f"{errno.errorcode[number]}: {FAULTS} faults at {calls} calls, {told} ended the build, seed {SEED}")


def test_a_disk_may_be_full_at_any_stage(
    make_edition: Callable[..., Path], tmp_path: Path, figure: Callable[[str], None]
) -> None:
    """An edition on disks from too small to large enough: a clear line, then, on the large one, a whole build."""
    source = make_edition()
    ends = []
    for kilobytes in (40, 300, 1000, 2500, 4000, 5500, 7000, 9000, 16000):
        folder = tmp_path / f"disk{kilobytes}"
        folder.mkdir()
        with small_disk(folder, kilobytes) as disk, Commands(tmp_path / "log") as commands:
            edition = disk / "edition"
            shutil.copytree(source, edition)
            commands.log.write_text("")
            commands.start(["build", "-C", str(edition), "--workers", "1"])
            code, said = commands.wait(), commands.log.read_text()
            ends.append(code)
            assert code in DOCUMENTED, f"{kilobytes} kB: {code}\n{said[-3000:]}"
            assert "Traceback" not in said, f"{kilobytes} kB: {code}\n{said[-3000:]}"
            assert code == 0 or "No space left" in said, f"{kilobytes} kB: {said[-3000:]}"
            assert not lacking(edition / "public", BASE, whole=True), f"{kilobytes} kB"
    assert (ends[0], ends[-1]) == (2, 0), ends
    figure(f"disks from 40 kB to 16 MB ended with {ends}")


def test_an_edition_that_may_only_be_read_is_told(make_edition: Callable[..., Path], tmp_path: Path) -> None:
    """On a disk mounted read-only: one line that says so, and everything as it was."""
    source = make_edition()
    with small_disk(tmp_path, 16000) as disk, Commands(tmp_path / "log") as commands:
        edition = disk / "edition"
        shutil.copytree(source, edition)
        commands.run(["build", "-C", str(edition)])
        before = tree(edition)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        commands.log.write_text("")
        commands.start(["build", "-C", str(edition)])
        assert commands.wait() == 2
        said = commands.log.read_text()
        assert "Read-only file system" in said
        assert said.count("\n") == 1, said
        assert tree(edition) == before
