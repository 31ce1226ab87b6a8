"""The packages that the program needs: whether each is here, in a version that is asked for, as it was installed."""

import base64
import contextlib
import csv
import hashlib
import importlib.metadata
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from vivavoce.doctor.finding import Findings, doubtful, fine, wrong
from vivavoce.last_words import PACKAGES_AGAIN

PACKAGE: Final = "vivavoce"


def packages() -> Findings:
    """Whether every package is here that the program needs, or one of these, in the versions asked for, to the last
    byte.
    """
    try:
        here = importlib.metadata.distribution(PACKAGE)
    except PackageNotFoundError:
        yield doubtful("packages", "vivavoce runs from a folder and is not installed", "pip install --editable .")
        return
    whole, problems, doubts = 0, list[str](), list[str]()
    for name, needed in _with_all_it_needs(here):
        problem = needed if isinstance(needed, str) else _damage(needed)
        if not problem:
            whole += 1
        elif isinstance(needed, str) or _keeps_its_record(needed):
            problems.append(f"{name}: {problem}")
        else:
            doubts.append(f"{name}: {problem}")
    if problems:
        yield wrong("packages", "; ".join(problems), PACKAGES_AGAIN)
    elif doubts:
        yield doubtful("packages", "; ".join(doubts), PACKAGES_AGAIN)
    else:
        yield fine("packages", f"{PACKAGE} {_version(here)} and the {whole - 1} packages that it needs, whole")


def _with_all_it_needs(package: Distribution) -> Iterator[tuple[str, Distribution | str]]:
    """The package and all that it needs, and what these need, each with its name; a sentence for what is missing, or in
    another version than is asked for.
    """
    yield PACKAGE, package
    seen, asked, waiting = {PACKAGE}, set[str](), [(package, "")]
    while waiting:
        asking, extra = waiting.pop()
        for wanted in _requirements(asking):
            if str(wanted) in asked or (wanted.marker and not wanted.marker.evaluate({"extra": extra})):
                continue
            asked.add(str(wanted))
            name = canonicalize_name(wanted.name)
            try:
                here = importlib.metadata.distribution(name)
            except PackageNotFoundError:
                yield name, "is missing"
                continue
            if (version := _version(here)) and not wanted.specifier.contains(version, prereleases=True):
                yield name, f"this is {version}, and {wanted.specifier} is needed"
            if name not in seen:
                seen.add(name)
                yield name, here
            waiting += [(here, each) for each in ("", *wanted.extras)]


def _requirements(package: Distribution) -> list[Requirement]:
    """What it asks for; nothing where the file that says so is damaged, which is told as damage."""
    with contextlib.suppress(ValueError, OSError):  # of which some libraries raise one where a file is empty
        return [Requirement(line) for line in package.requires or ()]
    return []


def _version(package: Distribution) -> str:
    with contextlib.suppress(ValueError, KeyError, TypeError, OSError):
        return str(Version(package.version or ""))
    return ""


def _keeps_its_record(package: Distribution) -> bool:
    """Whether the list of its files is true of them; operating systems' packages are changed after it is written."""
    try:
        return (package.read_text("INSTALLER") or "").strip() in ("pip", "uv")
    except ValueError:
        return True


def _damage(package: Distribution) -> str:
    """What is wrong with its files, or nothing."""
    try:
        spoilt = list(_spoilt(package))
    except (ValueError, TypeError, csv.Error):  # which may be anything once a byte of it is another
        return "its list of files (RECORD) is damaged"
    return f"{len(spoilt)} of its files are missing or changed, such as {spoilt[0]}" if spoilt else ""


def _spoilt(package: Distribution) -> Iterator[Path]:
    """Its files that are not what was installed, by the hashes in its RECORD (the specification of recording installed
    projects). Raises ValueError, TypeError and csv.Error for a list that is damaged.

    Read here, since importlib.metadata's `files` leaves out those that are missing from Python 3.12 on. Commands and
    manuals, which lie elsewhere, and tests are in no build's way.
    """
    listed = list(csv.reader((package.read_text("RECORD") or "").splitlines()))
    if not listed:
        raise ValueError("no file is listed")
    for name, digest, _ in listed:
        if not digest or name.startswith(("../", "/")) or "/tests/" in name:  # without one is what Python compiles
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
