"""From finished tracks to what the feeds room publishes, and to build.json."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from articles.files import write_whole
from articles.issue import Article, BlockKind
from audio.track import Tags, Track
from feeds.episode import Episode, episode_guid, publication_times
from feeds.page.render import VoiceCredit
from feeds.words import words_for
from feeds.write import Publication, Published, PublishedIssue, publish_issue
from vivavoce import __version__
from vivavoce.edition import Edition, IssuePlan
from vivavoce.pieces import Build, Piece
from vivavoce.report import EpisodeReport
from voices.catalogue import find

BUILD_FILE = "build.json"


@dataclass(frozen=True, slots=True)
class Finished:
    """A piece and its track; `changed` when this build made it."""

    piece: Piece
    track: Track
    changed: bool


def tags_of(edition: Edition, plan: IssuePlan, piece: Piece, cover: bytes) -> Tags:
    """What the episode's file says about itself."""
    article = piece.article
    credits = (voice.credit for voice in map(find, sorted({order.voice for order in piece.orders})))
    return Tags(
        title=article.headline,
        artist=edition.settings.title,
        album=f"{edition.settings.title} – {plan.title}",
        track=piece.number,
        tracks=len(plan.files),
        language=article.language,
        date=article.date or plan.date,
        comment=" ".join([words_for(article.language).synthetic, *(f"{credit}." for credit in credits)]),
        cover=cover,
    )


def publish(build: Build, finished: Sequence[Finished], cover: bytes) -> tuple[Published, tuple[EpisodeReport, ...]]:
    """The issue in public/ and what is in it. Raises WriteError."""
    edition, plan, settings = build.edition, build.plan, build.edition.settings
    times = publication_times(plan.date, len(plan.files))
    episodes = tuple(_episode(edition, plan, each, times[each.piece.number - 1]) for each in finished)
    published = publish_issue(
        edition.public,
        Publication(
            title=settings.title,
            description=settings.description,
            language=settings.languages[0],
            feed=settings.feed,
            generator=f"vivavoce {__version__}",
        ),
        PublishedIssue(
            name=plan.name,
            title=plan.title,
            date=plan.date,
            cover=cover,
            episodes=episodes,
            credits=_credits(finished),
            description=plan.description,
        ),
    )
    reports = tuple(map(_report, finished, episodes))
    return published, reports


def write_build_file(build: Build, reports: Sequence[EpisodeReport], wall_seconds: float) -> None:
    """build.json beside the issue: what was built, from what, how loud, what was skipped, what failed.

    It is left alone when all but the time taken is as it was. Raises WriteError.
    """
    path = build.edition.public / build.plan.name / BUILD_FILE
    facts: dict[str, Any] = {
        "format": 1,
        "generator": f"vivavoce {__version__}",
        "issue": build.plan.name,
        "title": build.plan.title,
        "episodes": [report.as_json() for report in reports],
        "failures": [failure.as_json() for failure in build.failures],
    }
    if _without_times(path) != facts:
        facts["built"] = {"segments_read": build.segments_read, "wall_seconds": round(wall_seconds, 3)}
        write_whole(path, json.dumps(facts, ensure_ascii=False, indent=2).encode() + b"\n")


def remove_leftovers(build: Build, published: Published) -> None:
    """Remove the sound and covers of earlier builds that the feed, already in place, no longer names."""
    folder = build.edition.public / build.plan.name
    kept = {build.edition.public / file for file in published.files}
    for leftover in (*folder.glob("episodes/*.mp3"), *folder.glob("cover.*.jpg")):
        if leftover not in kept:
            leftover.unlink(missing_ok=True)


def _without_times(path: Path) -> object:
    try:
        facts = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return {name: value for name, value in facts.items() if name != "built"} if isinstance(facts, dict) else None


def _episode(edition: Edition, plan: IssuePlan, finished: Finished, published: datetime) -> Episode:
    article, track = finished.piece.article, finished.track
    return Episode(
        guid=episode_guid(edition.settings.id, plan.name, article.slug, article.language),
        title=article.headline,
        description=article.standfirst or _first_paragraph(article),
        language=article.language,
        number=finished.piece.number,
        published=published,
        path=track.path.relative_to(edition.public).as_posix(),
        size_bytes=track.size_bytes,
        duration_s=track.seconds,
        author=article.byline,
        kicker=article.kicker,
        chapters=tuple((chapter.title, chapter.start / track.sample_rate) for chapter in track.chapters),
    )


def _first_paragraph(article: Article) -> str:
    return next((block.text for block in article.blocks if block.kind is BlockKind.PARAGRAPH), "")


def _credits(finished: Sequence[Finished]) -> tuple[VoiceCredit, ...]:
    names = dict.fromkeys(order.voice for each in finished for order in each.piece.orders)
    return tuple(VoiceCredit(v.name, v.language, v.credit, v.licence) for v in map(find, names))


def _report(finished: Finished, episode: Episode) -> EpisodeReport:
    piece, track = finished.piece, finished.track
    return EpisodeReport(
        number=piece.number,
        article=piece.file,
        title=episode.title,
        language=episode.language,
        guid=episode.guid,
        path=episode.path,
        seconds=episode.duration_s,
        size_bytes=track.size_bytes,
        sha256=track.sha256,
        lufs=track.lufs,
        true_peak_db=track.true_peak_db,
        voices=tuple(sorted({order.voice for order in piece.orders})),
        segments=len(piece.orders),
        characters_spoken=piece.script.characters_spoken,
        characters_skipped=piece.script.characters_skipped,
        skipped=piece.script.skipped,
        changed=finished.changed,
    )
