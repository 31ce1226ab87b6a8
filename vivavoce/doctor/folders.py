"""Where a build writes: whether it may, whether there is room, and whether somebody is at it."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from articles.errors import SettingsError
from articles.files import PARTIAL, WriteError
from articles.importers.record import FOLDER as IMPORTS
from articles.inside import refuse_links_out
from vivavoce.doctor.finding import Findings, doubtful, failed, fine, wrong
from vivavoce.doctor.patient import Patient
from vivavoce.edition import Edition
from vivavoce.kept import STATE_FOLDERS
from vivavoce.lock import only_build

_LEAST_FREE = 200e6  # bytes: an issue of an hour in two formats, its clips and what lies there while it is mixed
_SCARCELY_FREE = 2e9
_FILES = ("feed.xml", "index.html", "opml.xml", "card.json", "build.json")
"""What is a file in `public/` and in an issue's folder there, where it is there."""


def folders(patient: Patient) -> Findings:
    """Whether what a build writes can be written."""
    edition = patient.edition
    if edition:
        refuse_links_out(edition.root, edition.public, edition.state)
    for folder in (edition.public, edition.state) if edition else (patient.root,):
        there = _existing(folder)
        try:
            with tempfile.TemporaryFile(dir=there) as file:  # without a name: a kill leaves nothing
                file.write(b"0" * 4096)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            reason = f"{folder}: cannot be written ({error.strerror or error})"
            yield wrong("permissions", reason, f"chown or chmod it, or the disk: ls -ld {there}; mount")
            return
    issues = patient.issues() if edition and edition.issue_names() else ()
    troubles = list(_troubles(edition, issues)) if edition else []
    for path, trouble, mend in troubles[:_TOLD]:
        yield wrong("permissions", f"{path}: {trouble}", mend)
    if not troubles:
        yield fine("permissions", f"{patient.root.resolve()} can be written")


_TOLD = 5  # of the same trouble: whoever mends it mends them all


def _existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.absolute().parents) if path.exists())


def _troubles(edition: Edition, issues: Sequence[str]) -> Iterator[tuple[Path, str, str]]:
    """What a build of these issues could not write below `public/` and the state: path, reason, remedy."""
    published = [edition.public / name for name in issues]
    inside = [path for folder in published for path in folder.glob("*")]
    for folder in (*edition.state.glob("*"), *published, *inside, *(edition.state / "clips").glob("*")):
        if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
            yield folder, "cannot be written", f"chown or chmod it: ls -ld {folder}"
    places = [edition.state / name for name in STATE_FOLDERS]
    for folder in (edition.public, edition.state, *published, *places):
        if folder.exists() and not folder.is_dir():
            yield folder, "is a file where a folder belongs", f"move it away: mv {folder} {folder}.old"
    for file in (parent / name for parent in (edition.public, *published) for name in _FILES):
        if file.is_dir():
            yield file, "is a folder where a file belongs", f"move it away: mv {file} {file}.old"


def disk(patient: Patient) -> Findings:
    """Whether there is room for an issue."""
    edition = patient.edition
    places = (patient.root, *((edition.public, edition.state) if edition else ()))
    free = min(shutil.disk_usage(_existing(place)).free for place in places)
    told = f"{free / 1e9:.1f} GB are free"
    if free < _LEAST_FREE:
        yield wrong("disk", f"only {free / 1e6:.0f} MB are free", "make room: vivavoce cache prune --keep 30d")
    elif free < _SCARCELY_FREE:
        yield doubtful("disk", told, "vivavoce cache prune --keep 30d makes room")
    else:
        yield fine("disk", told)


def leftovers(patient: Patient) -> Findings:
    """Whether somebody builds at this moment, or was killed when building."""
    edition = patient.edition
    if edition is None or not edition.state.exists():
        return
    try:
        _be_alone(edition.state)
    except SettingsError as busy:
        yield wrong("other builds", busy.message, "wait for it, or have the next one wait: vivavoce build --wait")
        return
    except WriteError as error:
        yield failed("other builds", error)
        return
    places = (edition.state, edition.public)
    left = [path for place in places for path in place.rglob(f"{PARTIAL}*") if IMPORTS not in path.parts]
    told = f"; {len(left)} files that a killed one left, which the next one removes" if left else ""
    yield fine("other builds", f"none is running{told}")


def _be_alone(state: Path) -> None:
    """Raise SettingsError where somebody builds; not for another doctor, who holds the lock for a moment only."""
    for moment in range(_MOMENTS):
        try:
            with only_build(state):
                return  # and let go at once: a build that begins now would end for want of the lock
        except SettingsError:
            if moment == _MOMENTS - 1:
                raise
            time.sleep(_MOMENT_S)


_MOMENTS, _MOMENT_S = 3, 0.1
