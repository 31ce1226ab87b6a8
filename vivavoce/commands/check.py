"""`vivavoce check`: whether apps will take what was built, and whether it is what it says."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from articles.errors import ExitCode, SettingsError, plain_line
from feeds.archive import FEED
from feeds.built_record import built_files
from feeds.opml import OPML
from feeds.rules.check import RULE_NAMES, Checked, check_feed, check_folder
from feeds.rules.finding import Finding, Severity
from feeds.shelf import CARD_NAME
from vivavoce.answers import tell, tell_json
from vivavoce.commands import options
from vivavoce.edition import EDITION_FILE, newest_issue, open_edition, open_issue
from vivavoce.report import counted, tell_failures
from vivavoce.terminal import Terminal
from voices.assets import voices_dir

if TYPE_CHECKING:
    from vivavoce.clip_check import ClipCheck
    from vivavoce.listening import Heard


@click.command(name="check")
@click.argument("what", required=False, metavar="[ISSUE|FOLDER|FEED]")
@options.folder
@options.as_json
@click.option("--clips", "clips_too", is_flag=True, help="Examine every clip again: which sentences to listen to.")
@click.option("--listen", "listen_too", is_flag=True, help="Let a local recogniser write down what it hears.")
@click.option("--rules", "list_rules", is_flag=True, help="List the rules and check nothing.")
def command(what: str | None, root: Path, as_json: bool, clips_too: bool, listen_too: bool, list_rules: bool) -> int:
    """Check what was built against Apple's, PSP-1's, Podcasting 2.0's and our own rules.

    Without a name: all of public/. ISSUE is one of its issues; FOLDER and FEED can be anybody's. With --clips, every
    sentence of ISSUE (else the newest) is examined for holes, noise and a wrong length. With --listen, its episodes are
    heard, and the words that came out differently are told. Exits 1 when there is an error or another text is heard;
    warnings alone exit 0.
    """
    if list_rules:
        click.echo("\n".join(RULE_NAMES))
        return ExitCode.DONE
    checked = _check(what, root)
    clips = _examine(what, root) if clips_too else None
    if clips:
        checked = replace(checked, findings=(*checked.findings, *clips.findings()))
    heard = _listen(what, root) if listen_too else None
    if as_json:
        facts = _facts(checked) | ({"clips": clips.as_json()} if clips else {})
        facts |= {"listening": heard.as_json()} if heard else {}
        tell_json(facts)
    else:
        _show(checked)
        if clips:
            tell(*clips.lines())
        if heard:
            tell(*heard.lines())
    return ExitCode.ARTICLE_FAILED if checked.errors or (heard and heard.wrong) else ExitCode.DONE


@dataclass(frozen=True, slots=True)
class _Listening:
    """What was heard of an issue, and by which recogniser."""

    recogniser: str
    articles: "tuple[Heard, ...]"

    @property
    def wrong(self) -> bool:
        return any(article.wrong for article in self.articles)

    def lines(self) -> list[str]:
        return [*(line for article in self.articles for line in article.lines()), f"heard by {self.recogniser}"]

    def as_json(self) -> dict[str, Any]:
        return {"recogniser": self.recogniser, "articles": [article.as_json() for article in self.articles]}


def _listen(what: str | None, root: Path) -> _Listening:
    # First, because the extra or its model may not be there; and what else it takes is heavy to import.
    from audio.listening.models import listening_model
    from audio.listening.recogniser import open_recogniser

    recogniser = open_recogniser(listening_model(), voices_dir())
    from vivavoce.listening import built, hear

    edition = open_edition(root)
    tracks = built(edition, what or newest_issue(edition))
    with Terminal().stage("listening", sum(track.seconds for _, track in tracks)) as advance:
        return _Listening(recogniser.identity, tuple(hear(edition, tracks, recogniser, advance)))


def _examine(what: str | None, root: Path) -> "ClipCheck":
    from vivavoce.casting import cast_of, style_of
    from vivavoce.clip_check import check_clips
    from vivavoce.pieces import Build
    from vivavoce.watch import Silent

    edition = open_edition(root)
    plan = open_issue(edition, what or newest_issue(edition))
    build = Build(edition, plan, cast_of(edition), style_of(edition, plan.name), Silent(), workers=1)
    found = check_clips(build)
    tell_failures(build.failures)
    return found


def _check(what: str | None, root: Path) -> Checked:
    try:
        if what and Path(what).is_file():
            return check_feed(Path(what).read_bytes(), what)
        if what and Path(what).is_dir():
            return _some(_check_folder(Path(what).resolve()), what)
        if what and not (root / EDITION_FILE).exists():
            hint = "give a feed file or a folder that is there, or an issue's name inside an edition (or with -C)"
            raise SettingsError(f"{what}: there is no such file or folder", hint=hint)
        edition = open_edition(root)
        public = edition.public
        if what and not (public / what).is_dir():
            raise SettingsError(
                f"{what}: neither a file, nor a folder, nor an issue in {public}",
                hint=f"run vivavoce build {what} first, if it is one of the edition's issues",
            )
        return _some(check_folder(public, what or "", built_files(edition.state, public)), str(public / (what or "")))
    except OSError as error:
        raise SettingsError(
            f"{error.filename}: cannot be read ({error.strerror})", hint="check its permissions"
        ) from error


def _check_folder(folder: Path) -> Checked:
    # An issue's own folder links to what lies beside it, so it is looked at as a part of the whole.
    if (folder / CARD_NAME).is_file() and (folder.parent / FEED).is_file():
        return check_folder(folder.parent, folder.name)
    return check_folder(folder)


def _some(checked: Checked, where: str) -> Checked:
    # An edition whose last issue was withdrawn has a list of feeds, with none in it.
    if not checked.feeds and not Path(where, OPML).is_file():
        raise SettingsError(f"{where}: there is no feed in it", hint="run vivavoce build first")
    return checked


def _show(checked: Checked) -> None:
    console = Console(highlight=False, markup=False)
    if console.is_terminal and checked.findings:
        console.print(_table(checked))
    elif checked.findings:
        for each in checked.findings:
            click.echo(f"{_where(each)}: {each.severity}: {each.message} [{each.rule}]")
    warnings = len(checked.findings) - checked.errors
    looked = f"{counted(len(checked.feeds), 'feed')}, {counted(len(checked.pages), 'page')}, {len(RULE_NAMES)} rules"
    click.echo(f"{looked}: {counted(checked.errors, 'error')}, {counted(warnings, 'warning')}")


def _table(checked: Checked) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("", "where", "rule", "what"):
        table.add_column(name, overflow="fold")
    for finding in checked.findings:
        style = "red" if finding.severity is Severity.ERROR else "yellow"
        # Text, not markup: a feed's own words must not colour the table.
        table.add_row(Text(finding.severity, style), Text(_where(finding)), Text(finding.rule), Text(finding.message))
    return table


def _where(finding: Finding) -> str:
    return plain_line(f"{finding.file}:{finding.line}" if finding.line else finding.file)


def _facts(checked: Checked) -> dict[str, Any]:
    return {
        "feeds": list(checked.feeds),
        "pages": list(checked.pages),
        "rules": list(RULE_NAMES),
        "errors": checked.errors,
        "warnings": len(checked.findings) - checked.errors,
        "findings": [
            {
                "rule": finding.rule,
                "severity": str(finding.severity),
                "file": finding.file,
                "line": finding.line,
                "message": finding.message,
            }
            for finding in checked.findings
        ],
    }
