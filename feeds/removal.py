"""A published issue taken away whole; cut off at any moment, this is finished by the next build or withdrawal."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from articles.files import WriteError, remove_file
from feeds.built_record import forget_built
from feeds.naming import OF_AN_ISSUE
from feeds.shelf import CARD_NAME, is_issue_name

MARK: Final = ".withdrawn-"
"""Under this and the issue's name its card lies in `public/`, from when it is off the shelf until all is gone."""

_ONLY_OF_AN_ISSUE: Final = ("feed.xml", "feed.*.xml", "index.html", "publication.json", "build.json")
"""What goes only with the issue, and first: feeds name pages, and pages name the rest."""

WHOLE: Final = (*_ONLY_OF_AN_ISSUE, *OF_AN_ISSUE)
"""All files of ours in an issue's folder but its card."""


def remove_issue(state: Path, public: Path, name: str) -> None:
    """Remove what was published of an issue, and forget what was built of it; what a producer put into its folder
    stays, and then so does the folder.

    No feed and no page of the edition may name it any more. Raises articles.files.WriteError.
    """
    folder, mark = public / name, public / f"{MARK}{name}"
    try:
        # In one step: a card that stayed would bring an issue whose files are half gone back into the edition's feed,
        # and without any nobody would know what the rest is.
        with contextlib.suppress(FileNotFoundError):
            (folder / CARD_NAME).replace(mark)
        forget_built(state, name)
        for path in _files(folder):
            remove_file(path)
        for emptied in (*sorted({(folder / pattern).parent for pattern in WHOLE} - {folder}), folder):
            if emptied.is_dir() and not emptied.is_symlink() and not any(emptied.iterdir()):
                emptied.rmdir()
    except OSError as error:
        raise WriteError(
            f"{folder}: cannot be removed ({error.strerror or error})", hint="check the folder's permissions"
        ) from error
    remove_file(mark)


def finish_removals(state: Path, public: Path) -> tuple[str, ...]:
    """Go on with what a kill cut off, while nobody else writes; the names of the issues that are now gone.

    One that has a card again is published, and left alone. Raises articles.files.WriteError.
    """
    gone = []
    for mark in sorted(public.glob(f"{MARK}*")):
        name = mark.name.removeprefix(MARK)
        if not is_issue_name(name) or (public / name / CARD_NAME).exists():
            remove_file(mark)
        else:
            remove_issue(state, public, name)
            gone.append(name)
    return tuple(gone)


def _files(folder: Path) -> Iterator[Path]:
    return (path for pattern in WHOLE for path in sorted(folder.glob(pattern)) if path.is_file())
