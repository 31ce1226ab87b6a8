"""The packages that the program needs: whether each is here, in a version that it allows, and as it was installed."""

import base64
import csv
import hashlib
import importlib.metadata
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement

import vivavoce
from vivavoce.doctor.finding import Findings, doubtful, fine, wrong
from vivavoce.last_words import PACKAGES_AGAIN

PACKAGE: Final = "vivavoce"


def packages() -> Findings:
    """Whether every package that the program needs is here, in a version that it allows, to the last byte."""
    try:
        wanted = [Requirement(line) for line in importlib.metadata.requires(PACKAGE) or []]
    except PackageNotFoundError:
        yield doubtful("packages", "vivavoce runs from a folder and is not installed", "pip install --editable .")
        return
    needed = [each for each in wanted if each.marker is None or each.marker.evaluate({"extra": ""})]
    problems = [problem for each in needed if (problem := _problem(each))]
    if problems:
        yield wrong("packages", "; ".join(problems), PACKAGES_AGAIN)
    else:
        yield fine("packages", f"vivavoce {vivavoce.__version__} and the {len(needed)} packages that it needs, whole")


def _problem(wanted: Requirement) -> str:
    """What is wrong with the package, or nothing."""
    try:
        here = importlib.metadata.distribution(wanted.name)
    except PackageNotFoundError:
        return f"{wanted.name} is missing"
    if not wanted.specifier.contains(here.version, prereleases=True):
        return f"{wanted.name} is {here.version}, and {wanted.specifier} is needed"
    if spoilt := list(_spoilt(here)):
        return f"{wanted.name}: {len(spoilt)} of its files are missing or changed, such as {spoilt[0]}"
    return ""


def _spoilt(package: Distribution) -> Iterator[Path]:
    """Its files that are not what was installed, by the hashes in its RECORD (the specification of recording installed
    projects); none where it has no such list, as an operating system's own packages may not.

    Read here, since importlib.metadata's `files` leaves out those that are missing from Python 3.12 on.
    """
    for name, digest, *_ in csv.reader((package.read_text("RECORD") or "").splitlines()):
        if not digest:  # as of what Python compiles
            continue
        method, _, wanted = digest.partition("=")
        path = Path(str(package.locate_file(name)))
        try:
            found = hashlib.new(method, path.read_bytes()).digest()
        except OSError:
            yield path
            continue
        if base64.urlsafe_b64encode(found).decode().rstrip("=") != wanted:
            yield path
