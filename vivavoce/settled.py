"""An issue of which nothing is left to do, told by all that it was built from and every byte that came of it."""

import contextlib
from collections.abc import Mapping
from dataclasses import replace
from math import inf
from pathlib import Path

import msgspec

from articles.files import sha256_of
from articles.sealed import keep_sealed, read_sealed
from feeds.built_record import files_of_issue, is_as_built
from vivavoce.edition import Edition, IssuePlan
from vivavoce.inputs import digest, issue_inputs, shared_inputs
from vivavoce.report import BuildReport
from voices.cast import Cast
from voices.shared_clips import location_of

_KIND, _FORMAT = "settled", 1


class _Known(msgspec.Struct):
    """A build's hashes, and what it reported, as it would be reported were nothing left to do."""

    inputs: str
    outputs: str
    report: BuildReport


class Settled:
    """What is remembered of an issue's last build. To be made before anything is read: what is changed while a build
    runs must count as changed. `whole` says whether programmes are made.
    """

    def __init__(self, edition: Edition, plan: IssuePlan, cast: Cast, *, whole: bool) -> None:
        self._edition = edition
        self._issue = plan.name
        self._path = edition.state / "settled" / f"{plan.name}.json"
        shared = shared_inputs(edition, cast, whole=whole, read_whole=inf)
        facts = (location_of(edition.settings.clips, edition.root), repr(replace(plan, files=())))
        order = (file.name for file in plan.files)
        self._inputs = digest([shared, *facts, *order, *issue_inputs(edition, plan.name, inf)])

    def report(self) -> BuildReport | None:
        """What there is to tell, where another build would change nothing; None where that is not certain."""
        data = read_sealed(self._path, _KIND, _FORMAT)
        with contextlib.suppress(msgspec.MsgspecError, OSError):
            known = msgspec.json.decode(data or b"", type=_Known)
            report = known.report  # which may have been told in another folder, and of the edition in another one
            files, picture = self._files(), self._edition.state / report.picture
            as_before = known.inputs == self._inputs and known.outputs == self._outputs(files, picture)
            if as_before and is_as_built(self._edition.public, self._issue, files):
                return replace(report, public=str(self._edition.public), picture=str(picture))
        return None

    def keep(self, report: BuildReport, segments: int) -> None:
        """Remember a build whose episodes have so many segments. Raises articles.files.WriteError.

        One that left something to do or to tell again, such as an article that failed, is not remembered.
        """
        if not report.episodes or report.failures or report.standing or report.waiting:
            return
        picture = Path(report.picture)
        outputs = self._outputs(self._files(), picture)
        report = replace(
            report,
            episodes=tuple(replace(episode, changed=False) for episode in report.episodes),
            segments_read=0,
            segments_reused=segments,
            segments_read_again=0,
            audio_seconds_read=0.0,
            picture=picture.relative_to(self._edition.state).as_posix(),
        )
        keep_sealed(self._path, _KIND, _FORMAT, msgspec.json.encode(_Known(self._inputs, outputs, report)))

    def _files(self) -> dict[str, str]:
        return files_of_issue(self._edition.state, self._issue)

    def _outputs(self, files: Mapping[str, str], picture: Path) -> str:
        """A hash of what was published as `files`, of the issues beside this one too, and of the picture."""
        built = [f"{path} {sha256}" for path, sha256 in files.items()]
        cards = [f"{path.parent.name} {sha256_of(path)}" for path in sorted(self._edition.public.glob("*/card.json"))]
        return digest([*built, *cards, sha256_of(picture)])
