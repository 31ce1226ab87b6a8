"""What is to be read: the issues, and the articles of the newest."""

from collections.abc import Sequence

from articles.errors import ExitCode
from feeds.shelf import read_shelf
from vivavoce.casting import cast_of, style_of
from vivavoce.doctor.finding import Findings, failed, fine, wrong
from vivavoce.doctor.patient import Patient
from vivavoce.edition import Edition, IssuePlan, issues_by_date, newest_issue, open_issue
from vivavoce.pieces import Build, read
from vivavoce.report import Failure, counted
from vivavoce.watch import Silent

_MOST_ARTICLES = 5  # that are named; how many more there are is told


def issues(patient: Patient) -> Findings:
    """Whether there is an issue to build, with lexicons that can be read, and articles that can."""
    edition = patient.edition
    if edition is None:
        return
    plan = open_issue(edition, newest_issue(edition))
    failures = _failures(edition, plan)
    for failure in failures[:_MOST_ARTICLES]:
        yield failed("issues", failure.error)
    if more := len(failures[_MOST_ARTICLES:]):
        yield wrong("issues", f"{more} more articles cannot be read", "vivavoce plan", ExitCode.ARTICLE_FAILED)
    if not failures:
        yield fine("issues", f"{len(edition.issue_names())}, the newest {plan.name} with {len(plan.files)} articles")


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
