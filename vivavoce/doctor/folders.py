"""Where a build writes: whether it may, whether there is room, and whether somebody is at it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from articles.errors import SettingsError
from articles.files import PARTIAL, WriteError
from articles.inside import refuse_links_out
from vivavoce.doctor.finding import Findings, doubtful, failed, fine, wrong
from vivavoce.doctor.patient import Patient
from vivavoce.edition import Edition, newest_issue
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
    troubles = list(_troubles(edition)) if edition else []
    for path, trouble, mend in troubles[:_TOLD]:
        yield wrong("permissions", f"{path}: {trouble}", mend)
    if not troubles:
        yield fine("permissions", f"{patient.root.resolve()} can be written")


_TOLD = 5  # of the same trouble: whoever mends it mends them all


def _existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.absolute().parents) if path.exists())


def _troubles(edition: Edition) -> Iterator[tuple[Path, str, str]]:
    """What a build of the newest issue could not write below `public/` and the state: path, reason, remedy."""
    issue = edition.public / newest_issue(edition) if edition.issue_names() else edition.public
    for folder in (*edition.state.glob("*"), issue, *issue.glob("*"), *(edition.state / "clips").glob("*")):
        if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
            yield folder, "cannot be written", f"chown or chmod it: ls -ld {folder}"
    places = [edition.state / name for name in STATE_FOLDERS]
    for folder in (edition.public, edition.state, issue, *places):
        if folder.exists() and not folder.is_dir():
            yield folder, "is a file where a folder belongs", f"move it away: mv {folder} {folder}.old"
    for file in (parent / name for parent in (edition.public, issue) for name in _FILES):
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
        with only_build(edition.state):
            pass  # and let go at once: a build that begins now would end for want of the lock
    except SettingsError as busy:
        yield wrong("other builds", busy.message, "wait for it, or have the next one wait: vivavoce build --wait")
        return
    except WriteError as error:
        yield failed("other builds", error)
        return
    left = [path for folder in (edition.state, edition.public) for path in folder.rglob(f"{PARTIAL}*")]
    told = f"; {len(left)} files that a killed one left, which the next one removes" if left else ""
    yield fine("other builds", f"none is running{told}")
