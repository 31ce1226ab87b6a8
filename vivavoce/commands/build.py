"""`vivavoce build`: an issue's audio edition."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

from articles.errors import SettingsError
from vivavoce.answers import tell_json
from vivavoce.archive import build_archive
from vivavoce.archive_table import tell_archive
from vivavoce.casting import cast_of, lexicon_notes, style_of
from vivavoce.commands import options
from vivavoce.edition import Edition, IssuePlan, newest_issue, open_edition, open_issue
from vivavoce.pieces import Build
from vivavoce.pipeline import build_issue
from vivavoce.report import BuildReport, counted, tell_failures, totals
from vivavoce.reproducible import Reproduction
from vivavoce.reproducible import check_reproducible as compared
from vivavoce.terminal import Terminal
from vivavoce.turn import turn
from vivavoce.watch import Watch
from voices.clips import ClipStore
from voices.cluster import open_cluster
from voices.shared_clips import location_of
from voices.studio import Recorder, default_workers, record


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
@click.option(
    "--cluster",
    metavar="ADDRESS",
    default="",
    help="Have a cluster read: tcp://HOST:8786, a Dask scheduler, or local:N, N processes here.",
)
@click.option("--archive", is_flag=True, help="Build every issue that is not up to date, the oldest first.")
@click.option("--no-programme", is_flag=True, help="Leave the whole issue in one file for a later build.")
@click.option("--wait", is_flag=True, help="Where this edition is being built already, wait for that to end.")
def command(
    issues: tuple[str, ...],
    root: Path,
    as_json: bool,
    workers: int,
    no_programme: bool,
    check_reproducible: bool,
    cluster: str,
    archive: bool,
    wait: bool,
) -> int:
    """Build the audio edition of each ISSUE; without one, of the newest.

    What was read before is not read again. Articles that fail are left out and named; the others are built.

    With --archive every issue is built that is not up to date, and a table at the end says what became of them. It may
    be stopped at any point: the same command goes on. ISSUE may then be the folder of all issues.

    With --cluster others read aloud, and --workers mix (docs/cluster.md).

    The same text gives the same samples, on another machine and with other workers too; --check-reproducible shows it
    on up to 40 clips of every voice and article, and exits 1 if any differs.
    """
    if archive and check_reproducible:
        raise SettingsError(
            "--check-reproducible does not go with --archive", hint="name the issues to be checked, without --archive"
        )
    edition = open_edition(root)
    cast, terminal = cast_of(edition), Terminal()
    # One turn for all of them: another build would come between two of a row, and end the rest.
    with turn(edition, terminal.note if wait else None), _recorder(cluster, edition, terminal) as recorder:

        def build(plan: IssuePlan) -> BuildReport:
            style = style_of(edition, plan.name)
            for note in lexicon_notes(cast, style):
                terminal.note(note)
            whole = not no_programme
            return build_issue(edition, plan, cast, style, terminal, workers, whole=whole, recorder=recorder)

        if archive:
            names = _named(edition, issues)
            done = build_archive(edition, cast, terminal, build, names, whole=not no_programme)
            return tell_archive(done, as_json=as_json)

        def proof(plan: IssuePlan) -> Reproduction:
            again = Build(edition, plan, cast, style_of(edition, plan.name), terminal, workers)
            return compared(again, ClipStore(edition.state / "clips"))

        plans = [open_issue(edition, name) for name in issues or (newest_issue(edition),)]
        return _tell_each(plans, build, proof if check_reproducible else None, as_json=as_json)


def _tell_each(
    plans: Sequence[IssuePlan],
    build: Callable[[IssuePlan], BuildReport],
    proof: Callable[[IssuePlan], Reproduction] | None,
    *,
    as_json: bool,
) -> int:
    """Build each issue and tell of it; the gravest exit code."""
    reports: list[BuildReport] = []
    proofs: list[Reproduction] = []
    # The oldest first: an issue's place in the edition's feed is settled when it is first published.
    for plan in sorted(plans, key=lambda plan: (plan.date, plan.name)):
        report = build(plan)
        reports.append(report)
        tell_failures(report.failures)
        if not as_json:
            click.echo("\n".join(report.summary()))
        if proof and report.episodes:
            proofs.append(proof(plan))
            if not as_json:
                click.echo("\n".join(proofs[-1].lines()))
    if as_json:
        proven = {"reproducible": [each.as_json() for each in proofs]} if proof else {}
        tell_json(totals(reports) | proven)
    return max([report.exit_code for report in reports] + [each.exit_code for each in proofs])


@contextlib.contextmanager
def _recorder(address: str, edition: Edition, watch: Watch) -> Iterator[Recorder]:
    """Who reads aloud: this machine's processes, or the cluster at `address`. Raises SettingsError, ClusterError."""
    if not address:
        yield record
        return
    with open_cluster(address, location_of(edition.settings.clips, edition.root)) as cluster:
        watch.note(f"{cluster.name}: {counted(cluster.workers, 'worker')}")
        yield cluster.record


def _named(edition: Edition, issues: Sequence[str]) -> tuple[str, ...]:
    """The names of the issues asked for, which may be given as their folders; none where the folder of all is among
    them. Paths are seen from here or from the edition.
    """
    everything, names = edition.issues_folder.resolve(), []
    for each in issues:
        paths = [path.resolve() for path in (Path(each), edition.root / each)]
        if everything in paths:
            return ()
        names.append(next((path.name for path in paths if path.parent == everything), each))
    return tuple(names)
