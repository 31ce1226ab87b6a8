"""An errand: one file to be fetched, how patient to be about it, and how to say how far it has come."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from articles.files import PARTIAL, WriteError

_CHUNK_BYTES = 1 << 18


class SourceFailed(Exception):
    """One source did not give the file; the text says why, and the next source is tried."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one file has come. `note` is a line worth keeping (who served it, who did not), or empty."""

    file: str
    done_bytes: int
    total_bytes: int
    note: str = ""


Report = Callable[[Progress], None]


def silence(_: Progress) -> None:
    """A report to nobody."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a network is asked, and how many seconds it may keep silent before it counts as broken.

    A connection that over as many seconds brings less than `least_bytes_per_s` is as good as broken. Between two
    attempts the pause doubles from `first_pause_s` to at most `longest_pause_s`.
    """

    attempts: int = 5
    timeout_s: float = 30.0
    first_pause_s: float = 1.0
    longest_pause_s: float = 15.0
    least_bytes_per_s: float = 1000.0

    def wait(self, failures: int) -> None:
        """Sleep as long as this many failures (from 1) call for."""
        time.sleep(min(self.first_pause_s * 2 ** (failures - 1), self.longest_pause_s))


class Stream(Protocol):
    """What bytes are read from."""

    def read(self, count: int, /) -> bytes:
        """At most `count` bytes; none at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Errand:
    """What a source is asked for: a file by name and size (bytes), to be left in `workspace` as a partial."""

    filename: str
    size: int
    workspace: Path
    report: Report
    patience: Patience

    def partial(self, kind: str) -> Path:
        """Where a source of this kind leaves the bytes: one name for every run, so that it can be resumed."""
        return self.workspace / f"{PARTIAL}{self.filename}.{kind}"

    def open_partial(self, kind: str, *, at_end: bool = False) -> BinaryIO:
        """The partial, to be written from its start or `at_end`. Raises WriteError when the disk refuses."""
        path = self.partial(kind)
        try:
            return path.open("ab") if at_end else path.open("wb")
        except OSError as error:
            raise unwritable(path, error) from error

    def append(self, source: Stream, target: BinaryIO) -> None:
        """Add all of `source` to the partial `target`.

        Raises SourceFailed as soon as there is more than the file should hold (an archive that explodes, an
        answer without end) and WriteError when the disk refuses.
        """
        while chunk := source.read(_CHUNK_BYTES):
            try:
                target.write(chunk)
            except OSError as error:  # not to be taken for the network's fault
                raise unwritable(Path(target.name), error) from error
            if target.tell() > self.size:
                raise SourceFailed(f"more than the {self.size:,} bytes that it should have")
            self.progress(target.tell())

    def progress(self, done_bytes: int, total_bytes: int | None = None) -> None:
        """Say that so many bytes are here, of the file's own size unless told otherwise."""
        self.report(Progress(self.filename, done_bytes, self.size if total_bytes is None else total_bytes))

    def require_space(self, needed_bytes: int) -> None:
        """Raise WriteError unless the workspace's disk has that much free."""
        free_bytes = shutil.disk_usage(self.workspace).free
        if free_bytes < needed_bytes:
            raise WriteError(
                f"{self.workspace}: {self.filename} needs {needed_bytes / 1e6:.0f} MB, "
                f"and {free_bytes / 1e6:.0f} MB are free",
                hint="make room, or set VIVAVOCE_VOICES to a folder on another disk",
            )


def unwritable(path: Path, error: OSError) -> WriteError:
    """The error that says that `path` cannot be written, and why."""
    return WriteError(
        f"{path}: cannot be written ({error.strerror or error})",
        hint="check its permissions and the space on the disk, or set VIVAVOCE_VOICES to another folder",
    )
