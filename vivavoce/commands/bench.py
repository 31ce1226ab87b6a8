"""`vivavoce bench`: how fast this computer makes an edition, beside other programs that read with the same voice."""

import tempfile
from pathlib import Path

import click

import vivavoce
from articles.errors import ExitCode, SettingsError
from articles.files import write_whole
from vivavoce.answers import tell_json
from vivavoce.bench.page import page_of, tables_of
from vivavoce.bench.plot import plot_of
from vivavoce.bench.rounds import Wish, measure_all
from vivavoce.bench.stage import open_source
from vivavoce.commands import options
from vivavoce.edition import EDITION_FILE
from vivavoce.terminal import Terminal

_EXAMPLES = Path(vivavoce.__file__).parents[1] / "examples"


@click.command(name="bench")
@click.option(
    "-C",
    "root",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="The edition whose newest issue is measured. [the example that comes with the source]",
)
@click.option("--quick", is_flag=True, help="Read a few sentences only, in under a minute: to see that all works.")
@click.option("--only", metavar="NAME", multiple=True, help="Measure only what has NAME in its name; may be repeated.")
@click.option("--rounds", type=click.IntRange(1, 99), help="How often everybody runs. [3; 1 with --quick]")
@click.option(
    "--write",
    "page",
    metavar="FILE.md",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the results as a page too, with a plot beside it (FILE.svg).",
)
@options.as_json
def command(
    root: Path | None, quick: bool, only: tuple[str, ...], rounds: int | None, page: Path | None, as_json: bool
) -> int:
    """Measure vivavoce, and other programs that read the same text in the same voice, side by side.

    Everybody runs in a process of their own, in a scratch folder (set TMPDIR to choose its disk), in turn and several
    times; medians are shown. The edition itself is left as it is. With all of it, it takes an hour or more on two
    cores: --only example leaves out the generated issue of 25 articles.
    """
    wish = Wish(quick, rounds or (1 if quick else 3), only)
    source = open_source(root or _examples())
    with tempfile.TemporaryDirectory(prefix="vivavoce-bench-") as scratch:
        results = measure_all(source, wish, Path(scratch), Terminal())
    if page:
        write_whole(page.with_suffix(".svg"), plot_of(results))
        write_whole(page, page_of(results, page.with_suffix(".svg").name).encode())
    if as_json:
        tell_json(results.as_json())
    else:
        click.echo(tables_of(results))
    return ExitCode.ARTICLE_FAILED if results.failed else ExitCode.DONE


def _examples() -> Path:
    if not (_EXAMPLES / EDITION_FILE).exists():
        raise SettingsError("the example edition is not here", hint="name an edition of your own with -C DIR")
    return _EXAMPLES
