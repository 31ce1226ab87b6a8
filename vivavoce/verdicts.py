"""What was found wrong with clips, kept from build to build so that none is examined twice."""

import contextlib
from pathlib import Path

import msgspec

from articles.sealed import keep_sealed, read_sealed
from audio.quality import CHECKER, Fault

Faults = tuple[Fault, ...]

_KIND, _FORMAT = "verdicts", 1


class Verdicts:
    """The faults of an issue's clips by their keys, in one file; a lost or an older checker's file tells nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, Faults] = _kept(path)

    def get(self, key: str) -> Faults | None:
        """The faults of the clip of this key, or None when it was not examined."""
        return self._known.get(key)

    def add(self, key: str, faults: Faults) -> None:
        """Remember a verdict until it is saved."""
        self._known[key] = faults

    def forget(self) -> None:
        """Know nothing: each clip is examined when it is asked for."""
        self._known.clear()

    def save(self) -> None:
        """Write down what is known; a file that says so already is left alone. Raises WriteError."""
        facts = msgspec.json.encode(_File(CHECKER, dict(sorted(self._known.items()))))
        keep_sealed(self._path, _KIND, _FORMAT, facts + b"\n")


class _File(msgspec.Struct):
    checker: int
    clips: dict[str, Faults]


def _kept(path: Path) -> dict[str, Faults]:
    with contextlib.suppress(msgspec.MsgspecError):
        file = msgspec.json.decode(read_sealed(path, _KIND, _FORMAT) or b"", type=_File)
        if file.checker == CHECKER:
            return file.clips
    return {}
