"""Where a build writes: whether it may, whether there is room, and whether somebody is at it."""

import os
import shutil
import tempfile

from articles.errors import SettingsError
from articles.files import PARTIAL, WriteError
from articles.inside import refuse_links_out
from vivavoce.doctor.finding import Findings, doubtful, failed, fine, wrong
from vivavoce.doctor.patient import Patient
from vivavoce.lock import only_build

_LEAST_FREE = 200e6  # bytes: an issue of an hour in two formats, its clips and what lies there while it is mixed
_SCARCELY_FREE = 2e9


def folders(patient: Patient) -> Findings:
    """Whether what a build writes can be written."""
    edition = patient.edition
    if edition:
        refuse_links_out(edition.root, edition.public, edition.state)
    for folder in (edition.public, edition.state) if edition else (patient.root,):
        there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
        try:
            with tempfile.NamedTemporaryFile(prefix=PARTIAL, dir=there) as file:
                file.write(b"0" * 4096)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            reason = f"{folder}: cannot be written ({error.strerror or error})"
            yield wrong("permissions", reason, f"chown or chmod it, or the disk: ls -ld {there}; mount")
            return
    yield fine("permissions", f"{patient.root.resolve()} can be written")


def disk(patient: Patient) -> Findings:
    """Whether there is room for an issue."""
    free = shutil.disk_usage(patient.root).free
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
            left = [path for folder in (edition.state, edition.public) for path in folder.rglob(f"{PARTIAL}*")]
    except SettingsError as busy:
        yield doubtful("other builds", busy.message, busy.hint)
        return
    except WriteError as error:
        yield failed("other builds", error)
        return
    told = f"; {len(left)} files that a killed one left, which the next one removes" if left else ""
    yield fine("other builds", f"none is running{told}")
