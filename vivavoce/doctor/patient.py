"""Whom the doctor examines."""

from dataclasses import dataclass
from pathlib import Path

from vivavoce.edition import Edition, newest_issue, openable_issues


@dataclass(frozen=True, slots=True)
class Patient:
    """What is examined: an edition, or where there is none a folder that could become one.

    Of an `archive` every issue is to be built, else the newest.
    """

    root: Path
    edition: Edition | None = None
    archive: bool = False

    def issues(self) -> tuple[str, ...]:
        """The names of the issues that a build would try, the newest last; of an archive, those that can be opened.

        Raises SettingsError where there is none, or the newest cannot be told.
        """
        edition = self.edition
        if edition is None:
            return ()
        plans = openable_issues(edition) if self.archive else []
        if not plans:
            return (newest_issue(edition),)
        return tuple(plan.name for plan in sorted(plans, key=lambda plan: (plan.date, plan.name)))
