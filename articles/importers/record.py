"""What was imported from which file, and what was written: how a second import knows the first."""

import contextlib
import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from articles.importers.source import is_name
from articles.sealed import keep_sealed, read_record

FOLDER = "import"
"""The folder of an edition's state in which the record lies; imports alone write there, also while a build runs."""

_NAME = "imports.json"
_KIND, _FORMAT = "imports", 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One article: the issue, the source's name and sha256, its key in the source, the file and the sha256 written."""

    issue: str
    source: str
    source_sha256: str
    key: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Record:
    """All imports of an edition. Without it, files are known by what is in them, and edited ones by their names."""

    entries: tuple[Entry, ...] = ()

    def find(self, issue: str, source: str, source_sha256: str, key: str) -> Entry | None:
        """The earlier import of the same article: of the same bytes under any name, else of the same file's name."""
        here = [entry for entry in self.entries if entry.issue == issue and entry.key == key]
        same_bytes = [entry for entry in here if entry.source_sha256 == source_sha256]
        same_name = [entry for entry in here if entry.source == source and is_name(source)]
        return next(iter(same_bytes + same_name), None)

    def owner(self, issue: str, file: str) -> Entry | None:
        """The import that wrote `file`."""
        return next((entry for entry in self.entries if entry.issue == issue and entry.file == file), None)

    def having(self, entry: Entry) -> "Record":
        """The record with `entry` in place of any of the same article or the same file."""
        kept = [
            old
            for old in self.entries
            if old.issue != entry.issue
            or (old.file != entry.file and (old.source_sha256, old.key) != (entry.source_sha256, entry.key))
        ]
        return Record((*kept, entry))


def load_record(state: Path) -> Record:
    """The record in an edition's `state`; an empty one if there is none, or it cannot be read."""
    here, before = state / FOLDER / _NAME, state / _NAME  # where version 0.1 had it
    with contextlib.suppress(msgspec.MsgspecError, UnicodeDecodeError):
        path = here if here.exists() else before
        return msgspec.json.decode(read_record(path, _KIND, _FORMAT) or b"", type=Record)
    return Record()


def save_record(state: Path, record: Record) -> None:
    """Write `record` into an edition's `state`. Raises articles.files.WriteError."""
    keep_sealed(
        state / FOLDER / _NAME, _KIND, _FORMAT, msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"
    )


def sha256_of(data: bytes) -> str:
    """The hash in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
