"""Whom the doctor examines."""

import contextlib
from dataclasses import dataclass
from pathlib import Path

from articles.errors import SettingsError
from vivavoce.edition import Edition, newest_issue, open_issue


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
        edition, plans = self.edition, []
        if edition is None:
            return ()
        for name in edition.issue_names() if self.archive else ():
            with contextlib.suppress(SettingsError):
                plans.append(open_issue(edition, name))
        if not plans:
            return (newest_issue(edition),)
        return tuple(plan.name for plan in sorted(plans, key=lambda plan: (plan.date, plan.name)))
