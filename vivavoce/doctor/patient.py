"""Whom the doctor examines."""

from dataclasses import dataclass
from pathlib import Path

from vivavoce.edition import Edition


@dataclass(frozen=True, slots=True)
class Patient:
    """What is examined: an edition, or where there is none a folder that could become one.

    Of an `archive` every issue is to be built, else the newest.
    """

    root: Path
    edition: Edition | None = None
    archive: bool = False
