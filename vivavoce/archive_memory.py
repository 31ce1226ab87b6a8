"""From what each issue was last built, and what lay in public/ then: so that an unchanged issue costs milliseconds."""

import contextlib
import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

import vivavoce
from articles.files import sha256_of, write_whole
from vivavoce.edition import Edition
from voices.cast import Cast

_FORMAT = 2
_READ_WHOLE = 1_000_000  # bytes; of what is larger, pictures and jingles, size and date tell whether it is another


class _Known(msgspec.Struct):
    """What an issue was built from, and the files that came of it, as hashes."""

    inputs: str
    outputs: str
    format: int = _FORMAT


class ArchiveMemory:
    """A small file for each issue in the edition's state; without them, issues are only looked at more closely.

    The edition's own files in public/ count as the `newest` issue's, which is the last to write them; `whole` says
    whether programmes are made.
    """

    def __init__(self, edition: Edition, cast: Cast, *, whole: bool, newest: str) -> None:
        self._edition = edition
        self._newest = newest
        self._shared = _shared_inputs(edition, cast, whole=whole)

    def inputs(self, name: str) -> str:
        """A hash of everything that the issue is made from."""
        folder = self._edition.issues_folder / name
        return _digest([self._shared, *_facts(folder.rglob("*"), folder)])

    def is_up_to_date(self, name: str, inputs: str) -> bool:
        """Whether the issue was built from these very inputs, and all that came of it is still there."""
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            known = msgspec.json.decode(self._path(name).read_bytes(), type=_Known)
            return (known.format, known.inputs) == (_FORMAT, inputs) and known.outputs == self._outputs(name)
        return False

    def keep(self, name: str, inputs: str) -> None:
        """Remember that the issue was built from these inputs. Raises articles.files.WriteError."""
        write_whole(self._path(name), msgspec.json.encode(_Known(inputs, self._outputs(name))))

    def _path(self, name: str) -> Path:
        return self._edition.state / "archive" / f"{name}.json"

    def _outputs(self, name: str) -> str:
        """What is published, by name and size: files there hold their content's hash in their names, or name those."""
        public = self._edition.public
        found = list(_sizes(public / name))
        if name == self._newest:
            # By name alone: what is in them changes with every issue.
            found += [entry.name for entry in os.scandir(public) if entry.is_file() and entry.stat().st_size]
        return _digest(sorted(found))


def _sizes(folder: Path) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _sizes(Path(entry))
        else:
            yield f"{entry.path} {entry.stat().st_size}"


def _shared_inputs(edition: Edition, cast: Cast, *, whole: bool) -> str:
    """A hash of what every issue is made with: the program, the voices, and the edition's own files."""
    apart = {edition.issues_folder, edition.public}
    own = [path for path in edition.root.iterdir() if path not in apart and not path.name.startswith(".")]
    files = [file for path in own for file in (path.rglob("*") if path.is_dir() else (path,))]
    voices = [cast.voices[name].identity for name in sorted(cast.voices)]
    return _digest([str(_FORMAT), vivavoce.__version__, str(whole), *voices, *_facts(files, edition.root)])


def _facts(files: Iterator[Path] | Sequence[Path], root: Path) -> list[str]:
    return sorted(_fact(file, root) for file in files if file.is_file())


def _fact(file: Path, root: Path) -> str:
    state = file.stat()
    content = sha256_of(file) if state.st_size < _READ_WHOLE else f"{state.st_size} {state.st_mtime_ns}"
    return f"{file.relative_to(root).as_posix()} {content}"


def _digest(facts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(facts).encode(errors="surrogateescape")).hexdigest()
