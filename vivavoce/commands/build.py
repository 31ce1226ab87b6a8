"""`vivavoce build`: an issue's audio edition."""

import json
from pathlib import Path

import click

from vivavoce.casting import cast_of, lexicon_notes, style_of
from vivavoce.commands import options
from vivavoce.edition import newest_issue, open_edition, open_issue
from vivavoce.pieces import Build
from vivavoce.pipeline import build_issue
from vivavoce.report import BuildReport, tell_failures, totals
from vivavoce.reproducible import Reproduction
from vivavoce.reproducible import check_reproducible as compared
from vivavoce.terminal import Terminal
from voices.clips import ClipStore
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
@click.option(
    "--check-reproducible",
    is_flag=True,
    help="Then read some of the clips again, and compare them bit by bit.",
)
@click.option("--no-programme", is_flag=True, help="Leave the whole issue in one file for a later build.")
def command(
    issues: tuple[str, ...], root: Path, as_json: bool, workers: int, no_programme: bool, check_reproducible: bool
) -> int:
    """Build the audio edition of each ISSUE; without one, of the newest.

    What was read before is not read again. Articles that fail are left out and named; the others are built.

    The same text gives the same samples, on another machine and with other workers too; --check-reproducible shows it
    on up to 40 clips of every voice and article, and exits 1 if any differs.
    """
    edition = open_edition(root)
    cast = cast_of(edition)
    names = issues or (newest_issue(edition),)
    reports: list[BuildReport] = []
    proofs: list[Reproduction] = []
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
        if check_reproducible and report.episodes:
            clips = ClipStore(edition.state / "clips")
            proof = compared(Build(edition, plan, cast, style, terminal, workers), clips)
            proofs.append(proof)
            if not as_json:
                click.echo("\n".join(proof.lines()))
    if as_json:
        proven = {"reproducible": [proof.as_json() for proof in proofs]} if check_reproducible else {}
        click.echo(json.dumps(totals(reports) | proven, ensure_ascii=False, indent=2))
    return max([report.exit_code for report in reports] + [proof.exit_code for proof in proofs])
