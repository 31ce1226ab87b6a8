"""`vivavoce doctor`: what would keep a build from working here, and what mends it."""

from dataclasses import replace
from pathlib import Path

import click

from articles.errors import plain_line
from vivavoce.answers import tell_json
from vivavoce.commands import options
from vivavoce.doctor.advice import typed_here
from vivavoce.doctor.examine import examine
from vivavoce.doctor.finding import Finding, State, build_ends_with
from vivavoce.terminal import Terminal

_COLOURS = {State.OK: "green", State.DOUBTFUL: "yellow", State.WRONG: "red"}


@click.command(name="doctor")
@options.folder
@options.as_json
@click.option("--archive", is_flag=True, help="Read the articles of every issue, not of the newest alone.")
def command(root: Path, as_json: bool, archive: bool) -> int:
    """Examine this computer and the edition in this folder; each line says what is wrong and the command that mends it.

    Every voice that is cast is checked to the last byte and says a word, every format is written once, folders are
    tried. Exits 0 only when a build would work, else with what a build would end with; with --archive, a build of all.
    """
    found = []
    for finding in examine(root, Terminal(), archive=archive):
        found.append(replace(finding, mend=typed_here(finding.mend, root)))
        if not as_json:
            click.echo("\n".join(_lines(found[-1])))
    if as_json:
        tell_json([finding.as_json() for finding in found])
    return build_ends_with(found)


def _lines(finding: Finding) -> list[str]:
    state = click.style(f"{finding.state:9s}", fg=_COLOURS[finding.state])
    lines = [f"{state} {plain_line(f'{finding.name}: {finding.told}')}"]
    return [*lines, plain_line(f"{'':9s} → {finding.mend}")] if finding.mend else lines
