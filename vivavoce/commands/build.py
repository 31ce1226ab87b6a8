"""`vivavoce build`: an issue's audio edition."""

import json
from pathlib import Path

import click

from vivavoce.casting import cast_of, lexicon_notes, style_of
from vivavoce.commands import options
from vivavoce.edition import newest_issue, open_edition, open_issue
from vivavoce.pipeline import build_issue
from vivavoce.report import tell_failures, totals
from vivavoce.terminal import Terminal
from voices.studio import default_workers


@click.command(name="build")
@click.argument("issues", nargs=-1, metavar="[ISSUE]...")
@options.folder
@options.as_json
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=default_workers,
    help="Processes that read at once. [one per core]",
)
@click.option("--no-programme", is_flag=True, help="Leave the whole issue in one file for a later build.")
def command(issues: tuple[str, ...], root: Path, as_json: bool, workers: int, no_programme: bool) -> int:
    """Build the audio edition of each ISSUE; without one, of the newest.

    What was read before is not read again. Articles that fail are left out and named; the others are built.
    """
    edition = open_edition(root)
    cast = cast_of(edition)
    names = issues or (newest_issue(edition),)
    reports = []
    # The oldest first: an issue's place in the edition's feed is settled when it is first published.
    for plan in sorted((open_issue(edition, name) for name in names), key=lambda plan: (plan.date, plan.name)):
        style, terminal = style_of(edition, plan.name), Terminal()
        for note in lexicon_notes(cast, style):
            terminal.note(note)
        report = build_issue(edition, plan, cast, style, terminal, workers, whole=not no_programme)
        reports.append(report)
        tell_failures(report.failures)
        if not as_json:
            click.echo("\n".join(report.summary()))
    if as_json:
        click.echo(json.dumps(totals(reports), ensure_ascii=False, indent=2))
    return max(report.exit_code for report in reports)
