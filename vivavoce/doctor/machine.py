"""The computer, whatever edition is to be built: Python, cores, encoders, clock."""

import importlib.metadata
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from packaging.specifiers import SpecifierSet

import vivavoce
from articles.errors import VivavoceError, system_reason
from articles.files import WriteError
from articles.remedies import NO_SCRATCH
from audio.containers import Container
from audio.encode.trial import try_encoding
from vivavoce.doctor.finding import Findings, doubtful, fine, wrong
from vivavoce.last_words import PACKAGES_AGAIN
from voices.studio import default_workers

_PACKAGE = "vivavoce"
_DAY_S = 24 * 60 * 60


def python() -> Findings:
    """Whether this Python is one that the program is made for."""
    here = platform.python_version()
    wanted = _metadata("Requires-Python")
    if wanted and not SpecifierSet(wanted).contains(here, prereleases=True):
        yield wrong("Python", f"this is {here}, and {wanted} is needed", "install a newer Python, then vivavoce again")
    else:
        yield fine("Python", f"{here}, {sys.executable}")


def encoders() -> Findings:
    """Whether a second of sound can be written in each format."""
    try:
        folder = tempfile.TemporaryDirectory()
    except OSError as error:
        yield wrong("encoders", f"they cannot be tried: {system_reason(error)}", NO_SCRATCH)
        return
    try:
        with folder:
            failures = list(_failures(Path(folder.name)))
    except WriteError as error:  # a build writes sound elsewhere: whether it may is told of the edition
        yield doubtful("encoders", f"they cannot be tried: {error.message}", NO_SCRATCH)
        return
    if failures:
        yield wrong("encoders", "; ".join(failures), PACKAGES_AGAIN)
    else:
        yield fine("encoders", ", ".join(Container))


def _failures(folder: Path) -> Iterator[str]:
    """A line for each format that cannot be written. Raises WriteError where the disk refuses."""
    for container in Container:
        try:
            try_encoding(container, folder)
        except WriteError:
            raise
        except (VivavoceError, OSError) as error:
            yield f"{container}: {error}"


def clock() -> Findings:
    """Whether the clock is behind the program's own files, or years ahead of them: voices and stores are reached over
    TLS, which asks it.
    """
    newest = max(path.stat().st_mtime for path in Path(vivavoce.__file__).parent.glob("*.py"))
    trouble = ""
    if newest > time.time() + _DAY_S:
        trouble = "which is before this program was installed"
    elif time.time() > max(newest, _WRITTEN_S) + _LONG_S:
        trouble = "which is more than ten years after this program was installed"
    if trouble:
        mend = "set the clock, or let it be set: timedatectl set-ntp true"
        yield doubtful("clock", f"it says {time.strftime('%Y-%m-%d')}, {trouble}", mend)
    else:
        yield fine("clock", time.strftime("%Y-%m-%d %H:%M %Z"))


_LONG_S = 10 * 365 * _DAY_S
_WRITTEN_S = 1_767_225_600  # 2026-01-01: it is no older, though some systems date all that they install from 1970


def cores() -> Findings:
    """How many voices can read at once, and in how much memory."""
    number = default_workers()
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
    told = f"{platform.machine()}, {number} core{'s' * (number > 1)}, {memory / 1e9:.0f} GB of memory"
    if 0 < memory < number * _MEMORY_FOR_A_WORKER:
        workers = max(1, int(memory / _MEMORY_FOR_A_WORKER))
        yield doubtful("computer", f"{told}: little for {number} workers", f"vivavoce build --workers {workers}")
    else:
        yield fine("computer", told)


_MEMORY_FOR_A_WORKER = 600e6
"""In bytes: a worker that reads with both kinds of voices, as measured (docs/decisions/0023-closer-to-the-limit.md)."""


def _metadata(field: str) -> str:
    try:
        return str(importlib.metadata.metadata(_PACKAGE)[field] or "")
    except (importlib.metadata.PackageNotFoundError, KeyError):
        return ""
