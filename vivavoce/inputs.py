"""All that an issue is made from, as one hash: the program, the voices, the edition's own files, and the issue's."""

import functools
import hashlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import vivavoce
from articles.files import sha256_of
from vivavoce.edition import Edition
from voices.cast import Cast

READ_WHOLE = 1_000_000
"""Bytes. Of what is larger, pictures and jingles, size and date tell whether it is another, where that is enough."""

_ROOMS = ("articles", "voices", "audio", "feeds", "vivavoce")


def shared_inputs(edition: Edition, cast: Cast, *, whole: bool, read_whole: float = READ_WHOLE) -> str:
    """A hash of what every issue is made with: the program, the voices, and the edition's own files.

    `whole` says whether programmes are made.
    """
    apart = {edition.issues_folder, edition.public}
    own = [path for path in edition.root.iterdir() if path not in apart and not path.name.startswith(".")]
    files = [file for path in own for file in (path.rglob("*") if path.is_dir() else (path,))]
    voices = [cast.voices[name].identity for name in sorted(cast.voices)]
    return digest([vivavoce.__version__, *_program(), str(whole), *voices, *_facts(files, edition.root, read_whole)])


def issue_inputs(edition: Edition, name: str, read_whole: float = READ_WHOLE) -> list[str]:
    """What lies in the issue's folder, a line for each file."""
    folder = edition.issues_folder / name
    return _facts(folder.rglob("*"), folder, read_whole)


def digest(facts: Sequence[str]) -> str:
    """These lines as 64 hex digits."""
    return hashlib.sha256("\n".join(facts).encode(errors="surrogateescape")).hexdigest()


@functools.cache
def _program() -> tuple[str, ...]:
    """The program's files, by size and date: whoever changes it need not change its version first."""
    home = Path(vivavoce.__file__).parents[1]
    files = (file for room in _ROOMS for file in (home / room).rglob("*") if "__pycache__" not in file.parts)
    return tuple(sorted(f"{file} {_dated(file.stat())}" for file in files))


def _facts(files: Iterable[Path], root: Path, read_whole: float) -> list[str]:
    return sorted(_fact(file, root, read_whole) for file in files if file.is_file())


def _fact(file: Path, root: Path, read_whole: float) -> str:
    try:
        state = file.stat()
        content = sha256_of(file) if state.st_size < read_whole else _dated(state)
    except OSError:  # an article's own error is told when it is read, and a stray file is nobody's business
        content = "cannot be read"
    return f"{file.relative_to(root).as_posix()} {content}"


def _dated(state: os.stat_result) -> str:
    return f"{state.st_size} {state.st_mtime_ns}"
