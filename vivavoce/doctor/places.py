"""Where a build writes: its folders, whether it may, and what lies there in the place of something else."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from feeds.leftovers import FEEDS_OF_THE_EDITION
from feeds.naming import OF_THE_EDITION, is_hashed
from feeds.opml import OPML
from feeds.publication import HOME
from feeds.removal import MARK, WHOLE
from feeds.shelf import CARD_NAME
from vivavoce.edition import Edition
from vivavoce.kept import STATE_FOLDERS
from voices.shelf import SHARDS

_BESIDE_ISSUES: Final = (*FEEDS_OF_THE_EDITION, *OF_THE_EDITION, HOME, OPML, f"{MARK}*")
_OF_AN_ISSUE: Final = (CARD_NAME, *WHOLE)
_OF_ISSUES: Final = "parts"
"""The folder in the state that has one for each issue; what others have there is no matter to these."""


def in_the_way(edition: Edition, issues: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """What a build of these issues would stumble over, and a sentence's end for each."""
    state, public = edition.state, list(_public_files(edition, issues))
    own = [state, *(state / name for name in STATE_FOLDERS), state / "built" / "issues"]
    own += [state / _OF_ISSUES / name for name in issues]
    for folder in dict.fromkeys((edition.public, *(folder for folder, _ in public), *own)):
        if os.path.lexists(folder) and not folder.is_dir():
            what = "a link that leads nowhere" if folder.is_symlink() else "a file"
            yield folder, f"is {what} where a folder belongs"
    files = (path for folder, name in public for path in folder.glob(name) if name != "*" or is_hashed(path.name))
    for file in dict.fromkeys(files):
        if file.is_dir() and not file.is_symlink():  # a link is replaced
            yield file, _NO_FOLDER
    for folder, names, others in _state_folders(edition, issues):
        if folder not in (state, state / _OF_ISSUES):  # an issue may have any name
            yield from ((folder / name, _NO_FOLDER) for name in names if "." in name.lstrip("."))
        yield from ((folder / name, "is a file where a folder belongs") for name in others if name in SHARDS)


_NO_FOLDER: Final = "is a folder where a file belongs"


def closed(edition: Edition, issues: Sequence[str]) -> tuple[list[Path], list[Path]]:
    """The folders that a build of these issues may not read and write: below `public/`, and in the state."""
    public = dict.fromkeys(folder for folder, _ in _public_files(edition, issues))
    state = (folder for folder, _, _ in _state_folders(edition, issues))
    return [path for path in public if _is_closed(path)], [path for path in state if _is_closed(path)]


def _is_closed(folder: Path) -> bool:
    is_there = os.access(folder, os.F_OK) and folder.is_dir()
    return is_there and not os.access(folder, os.R_OK | os.W_OK | os.X_OK)


def _public_files(edition: Edition, issues: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """The folders in `public/` that such a build writes to, each with a pattern of the names that it gives there."""
    ours = ((edition.public, _BESIDE_ISSUES), *((edition.public / issue, _OF_AN_ISSUE) for issue in issues))
    for path in (folder / pattern for folder, patterns in ours for pattern in patterns):
        yield path.parent, path.name


def _state_folders(edition: Edition, issues: Sequence[str]) -> Iterator[tuple[Path, list[str], list[str]]]:
    """The state and all folders in it that such a build writes to, those too that cannot be looked into: with the names
    of folders and of other things in each. Links are not followed.
    """
    ours = {edition.state: STATE_FOLDERS, edition.state / _OF_ISSUES: issues}
    waiting = [edition.state]
    while waiting:
        folder = waiting.pop()
        _, names, others = next(os.walk(folder), ("", [], []))
        yield folder, names, others
        inside = (folder / name for name in sorted(names, reverse=True) if name in ours.get(folder, names))
        waiting += [path for path in inside if not path.is_symlink()]
