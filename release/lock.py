"""The packages of a lock file: names, versions, hashes. It holds no address: which index they come from, pip knows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

LOCKED = Path("requirements/runtime.txt")
"""What an installed vivavoce is made of; seen from the repository's root."""

_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class LockError(Exception):
    """A line that pins nothing, or a package without hashes; the text says which."""


@dataclass(frozen=True, slots=True)
class Locked:
    """One version of a package; `marker` says where it is installed, empty for everywhere. `sha256` are its files'."""

    name: str
    version: str
    marker: str
    sha256: tuple[str, ...]


def locked(path: Path = LOCKED) -> tuple[Locked, ...]:
    """The packages that `path` pins, in its order. Raises LockError for what is not pinned to a version and hashes."""
    return tuple(_entries(path.read_text(encoding="utf-8")))


def _entries(text: str) -> Iterator[Locked]:
    for line in text.replace("\\\n", " ").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        wanted, *options = re.split(r"\s(?=--)", line.strip())
        hashes = tuple(found[1] for option in options if (found := _HASH.fullmatch(option.strip())))
        try:
            requirement = Requirement(wanted.strip())
        except ValueError as error:
            raise LockError(f"“{wanted.strip()}” is no pinned package") from error
        pins = [each.version for each in requirement.specifier if each.operator == "=="]
        if len(pins) != 1 or requirement.url or not hashes or len(hashes) != len(options):
            raise LockError(f"{requirement.name} is not pinned to one version and the sha256 of its files")
        yield Locked(requirement.name, pins[0], str(requirement.marker or ""), hashes)
