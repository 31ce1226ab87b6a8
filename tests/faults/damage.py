"""Files that a disk has damaged: bytes that flip, files that are cut short or gone. Tools for the tests beside."""

import os
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults.killing import Commands


def _flip(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 0x01 << place % 8]) + data[place + 1 :]


DAMAGES: dict[str, Callable[[bytes, random.Random], bytes | None]] = {
    "first byte flipped": lambda data, _: _flip(data, 0),
    "middle byte flipped": lambda data, _: _flip(data, len(data) // 2),
    "last byte flipped": lambda data, _: _flip(data, len(data) - 1),
    "some byte flipped": lambda data, chance: _flip(data, chance.randrange(len(data))),
    "some other byte flipped": lambda data, chance: _flip(data, chance.randrange(len(data))),
    "emptied": lambda *_: b"",
    "cut in half": lambda data, _: data[: len(data) // 2],
    "cut by a byte": lambda data, _: data[:-1],
    "removed": lambda *_: None,
}
"""What becomes of a file's bytes; None and it is gone."""


@dataclass(frozen=True, slots=True)
class Damage:
    """One file, by its path in the edition, and what befalls it."""

    path: str
    name: str

    def __str__(self) -> str:
        return f"{self.path}, {self.name}"

    def befall(self, edition: Path, chance: random.Random) -> None:
        """Damage the file; its time of change is kept, as when a disk does it."""
        path = edition / self.path
        state = path.stat()
        data = DAMAGES[self.name](path.read_bytes(), chance)
        if data is None:
            path.unlink()
        else:
            path.write_bytes(data)
            os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def damages(edition: Path, paths: Iterable[Path], most: int, chance: random.Random) -> Iterator[Damage]:
    """So many damages of the files at `paths`: one of each kind of file first, then one of each file, then others."""
    names = sorted(path.relative_to(edition).as_posix() for path in paths if path.stat().st_size)
    every = [Damage(name, each) for name in names for each in DAMAGES]
    chance.shuffle(every)
    kinds = {_kind(damage.path): damage for damage in every}
    files = {damage.path: damage for damage in every}
    yield from list(dict.fromkeys([*kinds.values(), *files.values(), *every]))[:most]


def _kind(path: str) -> tuple[str, ...]:
    *folders, name = Path(path).parts
    return (*folders[:3], Path(name).suffix, "" if "." in name[:-5] else name)


def run(commands: Commands, *arguments: str) -> tuple[int, str]:
    """The exit code of a command, a documented one, and what it said."""
    commands.log.write_text("")
    commands.start(arguments)
    code, said = commands.wait(), commands.log.read_text()
    assert code in (0, 1, 2, 3), f"{arguments}: {code}\n{said[-3000:]}"
    assert "Traceback" not in said, f"{arguments}\n{said[-3000:]}"
    return code, said
