"""What is to be read: the issues, and their articles."""

import shlex
from collections.abc import Sequence

from articles.errors import ExitCode, VivavoceError
from feeds.shelf import read_shelf
from vivavoce.casting import cast_of, style_of
from vivavoce.doctor.finding import Findings, failed, fine, wrong
from vivavoce.doctor.patient import Patient
from vivavoce.edition import Edition, IssuePlan, issues_by_date, open_issue
from vivavoce.pieces import Build, read
from vivavoce.report import Failure, counted
from vivavoce.watch import Silent

_MOST_ARTICLES = 5  # that are named; how many more there are is told


def issues(patient: Patient) -> Findings:
    """Whether there is an issue to build, with lexicons that can be read, and articles that can.

    The newest, which is what a build takes that is told nothing else; each one where the patient is an archive.
    """
    edition = patient.edition
    if edition is None:
        return
    if not patient.archive:
        (newest,) = patient.issues()
        yield from _issue(edition, newest, "issues", f"{len(edition.issue_names())}, the newest {newest}")
        return
    for name in edition.issue_names() or patient.issues():
        try:
            yield from _issue(edition, name, f"issue {name}", "read")
        except VivavoceError as error:
            yield failed(f"issue {name}", error)


def _issue(edition: Edition, name: str, label: str, told: str) -> Findings:
    """Whether the issue can be opened, and each of its articles read, found under `label`; `told` is what to say of it
    when it is fine.
    """
    plan = open_issue(edition, name)
    failures = _failures(edition, plan)
    for failure in failures[:_MOST_ARTICLES]:
        yield failed(label, failure.error)
    if more := len(failures[_MOST_ARTICLES:]):
        advice = f"vivavoce plan {shlex.quote(name)}"
        yield wrong(label, f"{more} more articles cannot be read", advice, ExitCode.ARTICLE_FAILED)
    if not failures:
        yield fine(label, f"{told} with {counted(len(plan.files), 'article')}")


def shelf(patient: Patient) -> Findings:
    """Whether the cards of what is published can be read, and no two issues have one id."""
    edition = patient.edition
    if edition is None:
        return
    issues_by_date(edition)
    yield fine("shelf", f"{counted(len(read_shelf(edition.public)), 'issue')} published")


def _failures(edition: Edition, plan: IssuePlan) -> Sequence[Failure]:
    """The articles that no voice could read; those that only lack theirs are told where voices are examined."""
    build = Build(edition, plan, cast_of(edition), style_of(edition, plan.name), Silent(), workers=1)
    for _ in read(build):
        pass
    return [failure for failure in build.failures if failure.error.exit_code is not ExitCode.MISSING_VOICE]
