"""Where a build writes: whether it may, whether there is room, and whether somebody is at it."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from articles.errors import SettingsError
from articles.files import PARTIAL, WriteError
from articles.importers.record import FOLDER as IMPORTS
from articles.inside import refuse_links_out
from articles.remedies import moved_away, opened_up, remedy
from vivavoce.doctor.finding import Findings, doubtful, failed, fine, wrong
from vivavoce.doctor.patient import Patient
from vivavoce.doctor.places import closed, in_the_way
from vivavoce.edition import Edition
from vivavoce.lock import only_build
from vivavoce.report import counted

_LEAST_FREE = 200e6  # bytes: an issue of an hour in two formats, its clips and what lies there while it is mixed
_SCARCELY_FREE = 2e9


def folders(patient: Patient) -> Findings:
    """Whether what a build writes can be written."""
    edition = patient.edition
    if edition:
        refuse_links_out(edition.root, edition.public, edition.state)
    places = (edition.public, edition.state) if edition else (patient.root,)
    refused = False
    for there in dict.fromkeys(_existing(place) for place in places):
        try:
            with tempfile.TemporaryFile(dir=there) as file:  # without a name: a kill leaves nothing
                file.write(b"0" * 4096)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            # Whose folder it is where there is no edition, nobody knows.
            mend = remedy(error, there, edition.root) if edition else "make an edition where you may: vivavoce new DIR"
            yield wrong("permissions", f"{there}: cannot be written ({error.strerror or error})", mend)
            refused = True
    if refused:
        return
    troubles = list(_troubles(edition, patient.issues() if edition.issue_names() else ())) if edition else []
    yield from (wrong("permissions", told, mend) for told, mend in troubles[:_TOLD])
    if more := troubles[_TOLD:]:
        yield wrong("permissions", f"{len(more)} more of the like", "do the same, and ask once more: vivavoce doctor")
    if not troubles:
        yield fine("permissions", f"{patient.root.resolve()} can be written")


_TOLD = 5
"""Lines on permissions; nobody reads a hundred."""


def _existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.absolute().parents) if path.exists())


def _troubles(edition: Edition, issues: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What a build of these issues could not write below `public/` and the state, and what mends it."""
    for path, trouble in in_the_way(edition, issues):
        yield f"{path}: {trouble}", moved_away(path, edition.root)  # in `public/` it would be published
    for folders in filter(None, closed(edition, issues)):
        more = f", nor can {counted(len(folders) - 1, 'folder')} more" if folders[1:] else ""
        yield f"{folders[0]}: cannot be written{more}", opened_up(Path(os.path.commonpath(folders)), folders)


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
            pass  # a build that begins now would end for want of the lock
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
