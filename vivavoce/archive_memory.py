"""From what each issue was last built, and what lay in public/ then: so that an unchanged issue costs milliseconds."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from articles.sealed import keep_sealed, read_sealed
from feeds.built_record import files_of_issue
from vivavoce.edition import Edition
from vivavoce.inputs import digest, issue_inputs, shared_inputs
from voices.cast import Cast

_KIND, _FORMAT = "archive", 4


class _Known(msgspec.Struct):
    """What an issue was built from, and the files that came of it, as hashes."""

    inputs: str
    outputs: str


class ArchiveMemory:
    """A small file for each issue in the edition's state; without them, issues are only looked at more closely.

    The edition's own files in public/ count as the `newest` issue's, which is the last to write them; `whole` says
    whether programmes are made.
    """

    def __init__(self, edition: Edition, cast: Cast, *, whole: bool, newest: str) -> None:
        self._edition = edition
        self._newest = newest
        self._shared = shared_inputs(edition, cast, whole=whole)

    def inputs(self, name: str) -> str:
        """A hash of everything that the issue is made from."""
        return digest([self._shared, *issue_inputs(self._edition, name)])

    def is_up_to_date(self, name: str, inputs: str) -> bool:
        """Whether the issue was built from these very inputs, and all that came of it is still there.

        So must be the record of what was built, of which a build alone can say that it is right: without it, damage
        would never be seen.
        """
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            known = msgspec.json.decode(read_sealed(self._path(name), _KIND, _FORMAT) or b"", type=_Known)
            as_known = known.inputs == inputs and known.outputs == self._outputs(name)
            return as_known and bool(files_of_issue(self._edition.state, name))
        return False

    def keep(self, name: str, inputs: str) -> None:
        """Remember that the issue was built from these inputs. Raises articles.files.WriteError."""
        keep_sealed(self._path(name), _KIND, _FORMAT, msgspec.json.encode(_Known(inputs, self._outputs(name))))

    def _path(self, name: str) -> Path:
        return self._edition.state / "archive" / f"{name}.json"

    def _outputs(self, name: str) -> str:
        """What is published, by name and size: files there hold their content's hash in their names, or name those."""
        public = self._edition.public
        found = list(_sizes(public / name))
        if name == self._newest:
            # By name alone: what is in them changes with every issue.
            found += [entry.name for entry in os.scandir(public) if entry.is_file() and entry.stat().st_size]
        return digest(sorted(found))


def _sizes(folder: Path) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _sizes(Path(entry))
        else:
            yield f"{entry.path} {entry.stat().st_size}"
