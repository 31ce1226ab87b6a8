"""Whether a file lies where it seems to: an edition may come from somebody else, with links that lead out of it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from articles.errors import SettingsError

OUTSIDE: Final = "leads out of the edition"
COPY: Final = "copy it into the edition's folder, and name it from there"
"""What to do about a file that does."""


def is_inside(folder: Path, path: Path) -> bool:
    """Whether `path` lies in `folder` once every symbolic link and `..` is followed; it need not exist."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # a circle of links, or a name that no system takes
        return False


def refuse_outside(root: Path, path: Path, name: str) -> None:
    """Raise SettingsError where `path`, which messages call `name`, leads out of `root`."""
    if is_inside(root, path):
        return
    with contextlib.suppress(OSError):  # a circle of links, or a link to nothing: whoever opens it is told
        path.stat()
        raise SettingsError(f"{name}: {OUTSIDE}", hint=COPY)


def refuse_links_out(root: Path, *folders: Path) -> None:
    """Raise SettingsError where one of the `folders`, or a folder up to two levels down in it, is a link out of `root`.

    Files need not be looked at: they are written by renaming (articles/files.py), which replaces a link.
    """
    for folder in folders:
        for link in _links_out(root, folder, 2):
            raise SettingsError(
                f"{link}: {OUTSIDE}, and this folder is written to",
                hint="take the link away; vivavoce publish FOLDER copies what is published to any place",
            )


def _links_out(root: Path, folder: Path, depth: int) -> Iterator[Path]:
    if folder.is_symlink() and not is_inside(root, folder):
        yield folder
    elif depth and folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.is_dir():
                yield from _links_out(root, path, depth - 1)
