"""`vivavoce import`: foreign files to canonical Markdown in an issue's folder."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from articles.errors import ExitCode, SettingsError, VivavoceError
from articles.importers.settle import Imported, known
from vivavoce.commands import options
from vivavoce.edition import Edition, open_edition
from vivavoce.lock import only_build
from vivavoce.terminal import Terminal

_ISSUE = re.compile(r"[^\W_][\w .-]*")


@dataclass(frozen=True, slots=True)
class _Result:
    """One article of one source, and what became of its file."""

    article: Imported
    file: str
    outcome: str
    why: str


@click.command(name="import")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=click.Path(path_type=Path))
@click.option("--issue", required=True, help="The issue to put them in, such as 2023-04; made if it is new.")
@options.folder
@click.option("--lang", "language", default="", help="Their language. [as they declare, else a guess]")
@click.option("--force", is_flag=True, help="Replace files that were edited since they were imported.")
@options.as_json
def command(
    sources: tuple[Path, ...], issue: str, root: Path, language: str, force: bool, as_json: bool
) -> int:
    """Turn foreign files into articles of an issue, and tell what was recognised.

    Text copied from a page, HTML, DOCX, EPUB, PDF, a feed saved with full text, Markdown of other tools. What cannot be
    found is left out; check each file before you build. Importing again changes nothing.
    """
    edition = open_edition(root)
    asked = _language(language, edition)
    if not _ISSUE.fullmatch(issue):
        raise SettingsError(f"“{issue}” cannot be an issue's name", hint="write it like 2023-04")
    results: list[_Result] = []
    failures: list[VivavoceError] = []
    with _only_import(edition):
        for outcome in _import_all(sources, edition, issue, asked, force):
            if isinstance(outcome, VivavoceError):
                failures.append(outcome)
                click.echo(f"not imported: {outcome}", err=True)
                continue
            results.append(outcome)
            if not as_json:
                click.echo("\n".join(_told(outcome)) + "\n")
    if as_json:
        click.echo(json.dumps(_facts(results, failures), ensure_ascii=False, indent=2, default=str))
    return max((failure.exit_code for failure in failures), default=ExitCode.DONE)
