"""What was built: the sha256 of each file in `public/`, kept beside the edition, so that damage is told from change.

A record for each issue and one for the edition's own files. Like all of `.vivavoce` they may be deleted: until the next
build, damage is then found only by the files' own names, and by what they say of each other.
"""

import contextlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from articles.files import is_file_of, remove_file, sha256_of
from articles.inside import is_inside
from articles.sealed import keep_sealed, read_sealed
from feeds.naming import OF_AN_ISSUE, OF_THE_EDITION, named_digits
from feeds.shelf import CARD_NAME

_FOLDER: Final = "built"
_EDITION: Final = "edition"
_KIND: Final = "built"
_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class _File:
    """A file as a build left it; the time is its last change's."""

    size_bytes: int
    changed_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class _Record:
    files: dict[str, _File] = field(default_factory=dict)


def remember_built(
    state: Path, public: Path, paths: Iterable[str], issue: str = "", unread: Collection[str] = ()
) -> None:
    """Keep what the files at `paths` in `public` are, for an issue or for the edition itself.

    To be called while nobody else writes. The build has compared them with what they should be, but for those that are
    `unread`: of these, what was known before stays known, and nothing else. Raises articles.files.WriteError.
    """
    before = _read(_place(state, issue)).files
    found = {path: _found(public / path, before.get(path), read=path not in unread) for path in paths}
    record = _Record({path: file for path, file in sorted(found.items()) if file})
    keep_sealed(_place(state, issue), _KIND, _FORMAT, msgspec.json.format(msgspec.json.encode(record), indent=1))


def untouched(state: Path, public: Path) -> frozenset[str]:
    """Those of the edition's own files that nobody has written since they were kept, by size and time.

    All others must be looked at before they are kept again: they may be damaged, or left by a build that was killed
    before it kept what they are.
    """
    known = _read(_place(state, "")).files
    return frozenset(path for path, file in known.items() if _is_untouched(public / path, file))


def forget_built(state: Path, issue: str) -> None:
    """The issue is published no longer, or under another name. Raises WriteError."""
    remove_file(_place(state, issue))


def built_files(state: Path, public: Path) -> dict[str, str]:
    """The sha256 that each file in `public` had when it was built, by its path: 64 hex digits, or the first ones that
    its name promises, where there is no record of it, or one of something else.

    Issues whose folders are gone are left out: that is how one is taken away by hand. So is what lies elsewhere: a
    record that came with somebody else's edition may name anything.
    """
    known = {
        path: file.sha256
        for record in _records(state)
        for path, file in record.files.items()
        if _is_published(public, path)
    }
    promised = _promised(public)
    return known | {path: digits for path, digits in promised if not known.get(path, "").startswith(digits)}


def _is_published(public: Path, path: str) -> bool:
    file = public / path
    # Its folder is asked, not itself: a file that has become a link out is no longer what was built, which is told.
    if "\0" in path or file.name == ".." or not is_inside(public, file.parent):
        return False
    return file.parent == public or (public / path.partition("/")[0]).is_dir()


def mending(public: Path, as_built: Mapping[str, str], paths: Iterable[str]) -> str:
    """The command that makes the files at `paths` in `public` anew; `as_built` is what `built_files` gives."""
    folders = sorted({path.partition("/")[0] for path in paths if "/" in path})
    cards = {name: f"{name}/{CARD_NAME}" for name in folders}
    issues = (name for name, card in cards.items() if card in as_built or (public / card).is_file())
    return " ".join(["vivavoce build", *issues])  # which makes the edition's own files anew, whichever issue it is


def files_of_issue(state: Path, issue: str) -> dict[str, str]:
    """The sha256 that is recorded of one issue's files and of the edition's own; nothing where either has no record."""
    own, shared = _read(_place(state, issue)).files, _read(_place(state, "")).files
    return {path: file.sha256 for path, file in sorted({**shared, **own}.items())} if own and shared else {}


def is_as_built(public: Path, issue: str, files: Mapping[str, str]) -> bool:
    """Whether every byte of `files`, as `files_of_issue` gives them, is as built, and the issue has no other file."""
    there = {path.relative_to(public).as_posix() for path in (public / issue).rglob("*") if not path.is_dir()}
    if not files or there != {path for path in files if path.startswith(f"{issue}/")}:
        return False
    return all(is_file_of(public / path, sha256) for path, sha256 in files.items())


def _records(state: Path) -> Iterator[_Record]:
    for path in sorted((state / _FOLDER).rglob("*.json")):
        yield _read(path)


def _promised(public: Path) -> Iterator[tuple[str, str]]:
    """The paths of files that are named by their content's hash, with the digits that their names give."""
    issues = sorted(card.parent for card in public.glob(f"*/{CARD_NAME}"))
    places = [(public, OF_THE_EDITION), *((issue, OF_AN_ISSUE) for issue in issues)]
    for path in (path for folder, patterns in places for each in patterns for path in sorted(folder.glob(each))):
        digits = named_digits(path.name)
        if digits and path.is_file() and not path.is_symlink():
            yield path.relative_to(public).as_posix(), digits


def _place(state: Path, issue: str) -> Path:
    return state / _FOLDER / ("issues" if issue else "") / f"{issue or _EDITION}.json"


def _read(path: Path) -> _Record:
    with contextlib.suppress(msgspec.MsgspecError):
        return msgspec.json.decode(read_sealed(path, _KIND, _FORMAT) or b"", type=_Record)
    return _Record()


def _found(path: Path, before: _File | None, *, read: bool) -> _File | None:
    if not read:
        return before
    if before and _is_untouched(path, before):
        return before  # so that a build that changes nothing reads no sound for this
    try:
        state = path.stat()
        return _File(state.st_size, state.st_mtime_ns, sha256_of(path))
    except OSError:
        return None


def _is_untouched(path: Path, before: _File) -> bool:
    try:
        state = path.stat()
    except OSError:
        return False
    return (state.st_size, state.st_mtime_ns) == (before.size_bytes, before.changed_ns)
