"""Every issue of an edition, the oldest first: what is up to date is passed over, and a broken issue stops no other."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from articles.errors import ExitCode, VivavoceError
from articles.files import WriteError
from feeds.shelf import read_card
from vivavoce.archive_memory import ArchiveMemory
from vivavoce.edition import Edition, IssuePlan, open_issue
from vivavoce.report import BuildReport, Failure
from vivavoce.watch import Watch
from voices.cast import Cast
from voices.cluster.errors import ClusterError
from voices.places.errors import PlaceError

_ENDS_ALL = (WriteError, ClusterError, PlaceError)
"""A full disk, a cluster or a shared store that is gone: no other issue would fare better."""


@dataclass(frozen=True, slots=True)
class Archived:
    """What became of one issue: `state` is built, unchanged, or broken when nothing of it could be built.

    `articles` and `seconds` (of sound) are what is published of it; `read` and `reused` count segments, `took_s` is how
    long the build took. Of a build's report only these figures are kept: an archive has thousands.
    """

    name: str
    state: str
    articles: int = 0
    seconds: float = 0.0
    read: int = 0
    reused: int = 0
    took_s: float = 0.0
    failures: tuple[Failure, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """0, or the gravest of the failures."""
        return max((failure.error.exit_code for failure in self.failures), default=ExitCode.DONE)

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "issue": self.name,
            "state": self.state,
            "articles": self.articles,
            "audio_seconds": round(self.seconds, 3),
            "segments_read": self.read,
            "segments_reused": self.reused,
            "wall_seconds": round(self.took_s, 3),
            "failures": [failure.as_json() for failure in self.failures],
        }


def build_archive(
    edition: Edition,
    cast: Cast,
    watch: Watch,
    build: Callable[[IssuePlan], BuildReport],
    names: Sequence[str] = (),
    *,
    whole: bool = True,
) -> Iterator[Archived]:
    """Each issue (or each of `names`) as it is done with, the oldest first; `build` is called for those that need it.

    Stopped at any point, the next run passes over what was done; `whole` says whether programmes belong to that. Issues
    that cannot be opened come first. Raises WriteError, ClusterError and PlaceError, with which nothing could go on.
    """
    plans: list[IssuePlan] = []
    for name in names or edition.issue_names():
        try:
            plans.append(open_issue(edition, name))
        except VivavoceError as error:
            yield _broken(name, error)
    plans.sort(key=lambda plan: (plan.date, plan.name))
    memory = ArchiveMemory(edition, cast, whole=whole, newest=plans[-1].name if plans and not names else "")
    ahead = _Ahead(len(plans))
    for plan in plans:
        inputs = memory.inputs(plan.name)
        if memory.is_up_to_date(plan.name, inputs):
            ahead.done(built=False)
            yield _published(edition, plan.name)
            continue
        watch.note(ahead.line(plan.name))
        try:
            report = build(plan)
            if report.exit_code is ExitCode.DONE and not report.waiting:
                memory.keep(plan.name, inputs)
            yield _published(edition, plan.name, report)
        except _ENDS_ALL:
            raise
        except VivavoceError as error:
            yield _broken(plan.name, error)
        ahead.done(built=True)


class _Ahead:
    """How far the work has come, and how long the rest will take if its issues are like those that were built."""

    def __init__(self, issues: int) -> None:
        self._issues = issues
        self._passed = self._built = 0
        self._began = time.monotonic()

    def done(self, *, built: bool) -> None:
        """One more issue is behind us."""
        self._passed += 1
        self._built += built

    def line(self, name: str) -> str:
        """What is next, for people."""
        said = f"issue {self._passed + 1} of {self._issues}: {name}"
        if not self._built:
            return said
        left = (time.monotonic() - self._began) / self._built * (self._issues - self._passed)
        return f"{said}, at most {_span(left)} left"


def _span(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60:02d} min" if minutes >= 60 else f"{max(1, minutes)} min"


def _broken(name: str, error: VivavoceError) -> Archived:
    return Archived(name, "broken", failures=(Failure(name, error),))


def _published(edition: Edition, name: str, report: BuildReport | None = None) -> Archived:
    card = read_card(edition.public, name)
    articles, seconds = (card.articles, card.duration_s) if card else (0, 0.0)
    if report is None:
        return Archived(name, "unchanged", articles, seconds)
    return Archived(
        name,
        "built",
        articles,
        seconds,
        read=report.segments_read,
        reused=report.segments_reused,
        took_s=report.wall_seconds,
        failures=report.failures,
    )
