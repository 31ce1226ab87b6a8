"""Which clips are heard in a sound file that was made before, whatever has become of its article since."""

import contextlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from articles.files import read_file
from articles.sealed import unsealed
from vivavoce.memory import TRACK, TRACK_FORMAT

Keys = tuple[str, ...]


class _Take(msgspec.Struct):
    key: str


class _Placed(msgspec.Struct):
    take: _Take


class _File(msgspec.Struct):
    sha256: str


class _Track(msgspec.Struct):
    """What counts of a remembered track (vivavoce/memory.py)."""

    file: _File
    speech: tuple[_Placed, ...]


def clips_heard(state: Path, files: Iterable[str]) -> dict[str, Keys]:
    """By its hash each of these sound `files` whose track is still remembered, with its clips' keys in order."""
    wanted = set(files)
    found: dict[str, Keys] = {}
    for path in sorted((state / "tracks").glob("*/*.json")) if wanted else ():
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            data = read_file(path)
            if any(sha256.encode() in data for sha256 in wanted):  # a hundred times faster than to decode each
                track = msgspec.json.decode(unsealed(TRACK, TRACK_FORMAT, data) or b"", type=_Track)
                found[track.file.sha256] = tuple(placed.take.key for placed in track.speech)
    return found
