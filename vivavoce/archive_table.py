"""What became of an archive's issues, told at the end: a table for people, JSON for programs."""

from collections.abc import Iterable, Sequence

from articles.errors import ExitCode, VivavoceError, plain_line
from vivavoce.answers import tell_json
from vivavoce.archive import Archived
from vivavoce.report import counted, tell_failures

_HEADINGS = ("issue", "articles", "minutes", "read", "reused", "took", "")


def tell_archive(issues: Iterable[Archived], *, as_json: bool) -> int:
    """Take the issues as they come, and print the table when the last has come; the gravest exit code.

    An error that ends the work is raised again when what was done before it has been told.
    """
    done: list[Archived] = []
    try:
        for issue in issues:
            if not done or [str(each.error) for each in issue.failures] != _told(done[-1]):
                tell_failures(issue.failures)
            done.append(issue)
    except VivavoceError:
        _tell(done, as_json=as_json)
        raise
    _tell(done, as_json=as_json)
    return max((issue.exit_code for issue in done), default=ExitCode.DONE)


def _told(issue: Archived) -> list[str]:
    return [str(each.error) for each in issue.failures]


def _tell(issues: Sequence[Archived], *, as_json: bool) -> None:
    if as_json:
        tell_json([issue.as_json() for issue in issues])
    else:
        _print_table(issues)


def _print_table(issues: Sequence[Archived]) -> None:
    """What was built or is broken, an issue a line, and a line for all together."""
    from rich.console import Console
    from rich.table import Table

    told = [issue for issue in issues if issue.state != "unchanged"]
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:  # a file or a pipe has no edge to cut a table at
        console.width = 160
    if told:
        table = Table(box=None, pad_edge=False)
        for heading in _HEADINGS:
            table.add_column(heading, justify="left" if heading in ("issue", "") else "right", overflow="fold")
        for issue in told:
            table.add_row(*_row(issue))
        console.print(table)
    minutes = sum(issue.seconds for issue in issues) / 60
    broken = sum(issue.exit_code is not ExitCode.DONE for issue in issues)
    states = [f"{len(issues) - len(told)} unchanged", f"{len(told)} built or tried", f"{broken} with failures"]
    articles = counted(sum(issue.articles for issue in issues), "article")
    console.print(f"{counted(len(issues), 'issue')}: {', '.join(states)}; {articles}, {minutes:.0f} min")


def _row(issue: Archived) -> tuple[str, ...]:
    if issue.state == "broken":
        return (plain_line(issue.name), "", "", "", "", "", "not built")
    return (
        plain_line(issue.name),
        str(issue.articles),
        f"{issue.seconds / 60:.1f}",
        str(issue.read),
        str(issue.reused),
        f"{issue.took_s:.1f} s",
        f"{len(issue.failures)} not built" if issue.failures else "",
    )
