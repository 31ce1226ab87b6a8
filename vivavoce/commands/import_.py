"""`vivavoce import`: foreign files to canonical Markdown in an issue's folder."""

import contextlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from articles.errors import ExitCode, SettingsError, VivavoceError, plain_line
from articles.files import sweep_partials
from articles.importers.clean import shortened
from articles.importers.record import FOLDER as IMPORTS
from articles.importers.settle import HEAD, Imported, known
from articles.inside import refuse_links_out
from articles.lexicon_file import FOLDER as LEXICONS
from vivavoce.answers import tell_json
from vivavoce.commands import options
from vivavoce.edition import Edition, open_edition
from vivavoce.lock import only_one
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
def command(sources: tuple[Path, ...], issue: str, root: Path, language: str, force: bool, as_json: bool) -> int:
    """Turn foreign files into articles of an issue, and tell what was recognised.

    Text copied from a page, HTML, DOCX, EPUB, PDF, a feed saved with full text, Markdown of other tools. What cannot be
    found is left out; check each file before you build. Importing again changes nothing.
    """
    edition = open_edition(root)
    asked = _language(language, edition)
    if not _ISSUE.fullmatch(issue):
        raise SettingsError(f"“{issue}” cannot be an issue's name", hint="write it like 2023-04")
    refuse_links_out(edition.root, edition.issues_folder, edition.state)
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
        tell_json(_facts(results, failures))
    return max((failure.exit_code for failure in failures), default=ExitCode.DONE)


def _language(asked: str, edition: Edition) -> str:
    if not asked:
        return ""
    languages = edition.settings.languages
    if found := known(asked, languages):
        return found
    raise SettingsError(
        f"--lang {asked}: this edition has {', '.join(languages)}",
        hint="choose one of these, or add it to languages in edition.toml",
    )


@contextlib.contextmanager
def _only_import(edition: Edition) -> Iterator[None]:
    """One import at a time: two would give two articles one number. A build may run meanwhile."""
    folder = edition.state / IMPORTS
    with only_one(folder, "another import into this edition is running"):
        # Half-written articles are of an import that was killed: nobody else writes into issues/, but for lexicons.
        sweep_partials(edition.issues_folder, apart=LEXICONS)
        sweep_partials(folder)
        yield


def _import_all(
    sources: tuple[Path, ...], edition: Edition, issue: str, asked: str, force: bool
) -> Iterator[_Result | VivavoceError]:
    """Each article placed, and each source's error, in the order given; a bar on stderr when there are several."""
    if len(sources) == 1:
        yield from _import_one(sources[0], edition, issue, asked, force)
        return
    with Terminal().stage(f"importing {len(sources)} files", len(sources)) as advance:
        for source in sources:
            yield from _import_one(source, edition, issue, asked, force)
            advance(1)


def _import_one(path: Path, edition: Edition, issue: str, asked: str, force: bool) -> Iterator[_Result | VivavoceError]:
    from articles.importers.formats import import_source
    from articles.importers.place import place
    from articles.importers.record import load_record, save_record, sha256_of
    from articles.importers.source import read_source

    folder = edition.issues_folder / issue
    try:
        source = read_source(path)
        articles = import_source(source, edition.settings.languages, asked)
        sha256 = sha256_of(source.data)
        for article in articles:
            placed = place(article, sha256, folder, load_record(edition.state), force=force)
            save_record(edition.state, placed.record)
            yield _Result(article, str(placed.path.relative_to(edition.root)), placed.outcome, placed.why)
    except VivavoceError as error:
        yield error


def _told(result: _Result) -> list[str]:
    """One article as a few lines for the producer: what was found, with a question mark where it should be checked."""
    article = result.article
    key = f" ({article.key})" if article.key else ""
    lines = [f"{article.source}{key} → {result.file}: {result.outcome}{f' ({result.why})' if result.why else ''}"]
    lines += [_row(note.field, note.text, note.place, sure=note.sure) for note in article.notes]
    lines.append(_row("body", _counts(article)))
    if article.missing:
        lines.append(_row("not found", ", ".join(article.missing)))
    lines += [_row("left out", f"“{shortened(left.text)}”: {left.why}", left.place) for left in article.left_out]
    return [plain_line(line) for line in lines]


def _row(name: str, text: str, place: str = "", *, sure: bool = True) -> str:
    return f"{' ' if sure else '?'} {name:<11} {text}{f' ({place})' if place else ''}"


def _counts(article: Imported) -> str:
    """How many blocks of each kind the body has, and the languages of those that are not the article's."""
    body = [block for block in article.blocks if block.kind not in HEAD]
    counts = [f"{kind} {count}" for kind, count in Counter(str(block.kind) for block in body).items()]
    foreign = Counter(block.language for block in body if block.language != article.language)
    counts += [f"in {language} {count}" for language, count in foreign.items()]
    return ", ".join(counts) or "empty"


def _facts(results: list[_Result], failures: list[VivavoceError]) -> dict[str, object]:
    return {
        "articles": [_article_facts(result) for result in results],
        "failures": [{"message": failure.message, "hint": failure.hint} for failure in failures],
    }


def _article_facts(result: _Result) -> dict[str, object]:
    article = result.article
    fields = {str(block.kind): block.text for block in article.blocks if block.kind in HEAD}
    fields |= {"language": article.language}
    fields |= {"section": article.section} if article.section else {}
    fields |= {"date": article.date.isoformat()} if article.date else {}
    return {
        "source": article.source,
        "key": article.key,
        "file": result.file,
        "outcome": result.outcome,
        "why": result.why,
        "fields": fields,
        "missing": list(article.missing),
        "blocks": dict(Counter(str(block.kind) for block in article.blocks if block.kind not in HEAD)),
        "notes": [asdict(note) for note in article.notes],
        "left_out": [asdict(left) for left in article.left_out],
    }
