"""`vivavoce plan`: what a build would read, in which language and why, before any time is spent."""

from pathlib import Path
from typing import Any

import click

from articles.errors import ExitCode, plain_line
from articles.segments import ARTICLE, Segment
from audio.jingle import open_jingles
from vivavoce.answers import tell_json
from vivavoce.casting import cast_of, style_of
from vivavoce.changes import (
    change_facts,
    change_lines,
    changes,
    orphan_lines,
    orphans,
    programme_made,
    tracks_made,
)
from vivavoce.commands import options
from vivavoce.edition import newest_issue, open_edition, open_issue
from vivavoce.pictures import issue_picture, save_picture
from vivavoce.pieces import Build, Piece, read
from vivavoce.report import tell_failures
from vivavoce.watch import Silent
from voices.clips import ClipStore
from voices.studio import Order


@click.command(name="plan")
@click.argument("issue", required=False)
@options.folder
@options.as_json
@click.option(
    "--picture",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Draw the issue's timeline into this file, .svg or .png.",
)
def command(issue: str | None, root: Path, as_json: bool, picture: Path | None) -> int:
    """Show what a build of ISSUE would read; without a name, of the newest.

    For each article: what is not read yet, every change of language and why, and what is skipped and by which rule.
    Then what would change for listeners: new, changed and withdrawn episodes, against what was published last (what
    was built last, where nothing is published). With --picture, the issue's timeline:
    voices, jingles, chapters and loudness, estimated where nothing is built yet.
    """
    edition = open_edition(root)
    plan = open_issue(edition, issue or newest_issue(edition))
    build = Build(edition, plan, cast_of(edition), style_of(edition, plan.name), Silent(), workers=1)
    pieces = list(read(build))
    clips = ClipStore(edition.state / "clips")
    jingles = open_jingles(edition.settings.sound, edition.root)
    tracks = tracks_made(build, pieces, jingles)
    found = changes(build, pieces, tracks)
    if picture:
        programme = programme_made(build, pieces, jingles)
        save_picture(issue_picture(build, pieces, tracks, jingles, programme), picture)
    if as_json:
        facts = {
            "issue": plan.name,
            "articles": [_facts(piece, clips) for piece in pieces],
            "compared_with": str(found.before),
            "published": change_facts(found),
            "not_in_issues": list(orphans(edition)),
            "failures": [failure.as_json() for failure in build.failures],
        }
        tell_json(facts)
    else:
        for piece in pieces:
            click.echo("\n".join(map(plain_line, _lines(piece, clips))))
        told = [*change_lines(found), *orphan_lines(orphans(edition))]
        click.echo("\n".join(map(plain_line, told)))
    tell_failures(build.failures)
    return max((failure.error.exit_code for failure in build.failures), default=ExitCode.DONE)


def _unread(piece: Piece, clips: ClipStore) -> list[tuple[Segment, Order]]:
    pairs = zip(piece.script.segments, piece.orders, strict=True)
    missing = clips.missing(order.key for order in piece.orders)
    return [(segment, order) for segment, order in pairs if order.key in missing]


def _switches(piece: Piece) -> list[Segment]:
    """Segments that are not in their article's language; an announcement always is."""
    return [s for s in piece.script.segments if s.language != piece.article.language and s.reason != ARTICLE]


def _lines(piece: Piece, clips: ClipStore) -> list[str]:
    unread = _unread(piece, clips)
    voices = ", ".join(dict.fromkeys(order.voice for order in piece.orders))
    return [
        f"{piece.number:2d}  {piece.file}: {len(piece.orders)} segments, {len(unread)} to read, by {voices}",
        *(f"      line {s.line}: read “{_short(s.written or s.spoken)}”" for s, _ in unread),
        *(f"      line {s.line}: in {s.language}, {s.reason}: “{_short(s.written)}”" for s in _switches(piece)),
        *(f"      line {s.line}: skipped, {s.rule}: “{_short(s.text)}”" for s in piece.script.skipped),
    ]


def _facts(piece: Piece, clips: ClipStore) -> dict[str, Any]:
    return {
        "article": piece.file,
        "language": piece.article.language,
        "segments": len(piece.orders),
        "to_read": [
            {"segment": segment.index, "line": segment.line, "text": segment.written, "voice": order.voice}
            for segment, order in _unread(piece, clips)
        ],
        "switches": [
            {"segment": s.index, "line": s.line, "language": s.language, "reason": s.reason, "text": s.written}
            for s in _switches(piece)
        ],
        "skipped": [{"line": s.line, "rule": s.rule, "text": s.text} for s in piece.script.skipped],
    }


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0] + " …"
