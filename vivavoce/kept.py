"""What builds keep beside their clips, looked through: which files are no longer what they were when they were written.

Nothing damaged is ever taken for what it was; but a build looks only at what it needs, and a disk that damages one file
damages others.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from articles.files import PARTIAL
from articles.importers.record import FOLDER as IMPORTS
from articles.sealed import seal_holds, xml_seal_holds
from audio.splice.shelf import FRAMES, are_whole
from feeds.published_record import FOLDER as PUBLISHED

_FOLDERS = (
    "archive",
    "built",
    "covers",
    "parts",
    "pictures",
    "readings",
    "settled",
    "tracks",
    "verdicts",
    PUBLISHED,
    IMPORTS,
)
STATE_FOLDERS = (*_FOLDERS, "clips", "scratch")
"""All folders that a build or an import makes in an edition's state."""

_RECORDS = {
    PUBLISHED: "damaged: `vivavoce plan` does not know what was published there; publishing again writes it anew",
    IMPORTS: "damaged: which articles were edited since their import is not known; the next import writes it anew",
}
"""Folders with what no build makes anew: it is named, and stays."""


def kept_files(state: Path) -> list[Path]:
    """The files with a seal or a hash below an edition's `state`, in order.

    Clips are looked after by voices/stock.py.
    """
    found = (path for folder in _FOLDERS for path in sorted((state / folder).rglob("*.*")))
    return [path for path in found if path.is_file() and not path.name.startswith(PARTIAL) and path.suffix != ".lock"]


def damaged(paths: list[Path]) -> Iterator[Path]:
    """Those of `paths` that are not what was written there, or cannot be read."""
    for path in paths:
        try:
            whole = _is_whole(path)
        except FileNotFoundError:  # a build has taken it off meanwhile
            continue
        except OSError:
            whole = False
        if not whole:
            yield path


def remove_damaged(paths: list[Path]) -> Iterator[tuple[Path, str]]:
    """Each damaged one of `paths`, and what to tell of it: it is removed where the next build makes it anew."""
    for path in damaged(paths):
        if record := _RECORDS.get(path.parent.name):
            yield path, record
            continue
        try:
            path.unlink(missing_ok=True)
            yield path, "damaged, removed"
        except OSError as error:
            yield path, f"damaged, and could not be removed ({error.strerror or error})"


def _is_whole(path: Path) -> bool:
    """Whether the file is what was written there. Raises OSError."""
    if path.suffix == FRAMES:
        return are_whole(path)
    return (_is_whole_picture if path.suffix == ".svg" else _is_whole_text)(path.read_bytes())


def _is_whole_picture(data: bytes) -> bool:
    """As its seal says; one that was drawn before pictures had any ends as an SVG does."""
    return xml_seal_holds(data) or data.rstrip(b"\n").endswith(b"</svg>")


def _is_whole_text(data: bytes) -> bool:
    """As its seal says; or JSON of the time before there were seals, which no build reads but as a record."""
    if seal_holds(data):
        return True
    with contextlib.suppress(msgspec.MsgspecError, UnicodeDecodeError):
        return isinstance(msgspec.json.decode(data), dict)
    return False
