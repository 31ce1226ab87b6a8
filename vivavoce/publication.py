"""From finished tracks to what the feeds room publishes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from articles.issue import Article, BlockKind
from audio.tags import Tags
from audio.track import SoundFile, Track
from feeds.built_record import untouched
from feeds.episode import Enclosure, Episode, episode_guid, publication_times
from feeds.page.render import Download, VoiceCredit
from feeds.publication import Publication, PublishedIssue
from feeds.reading import Reading
from feeds.words import words_for
from feeds.write import Published, publish_issue
from vivavoce import __version__
from vivavoce.edition import Edition, IssuePlan, issues_by_date
from vivavoce.pieces import Build, Piece
from vivavoce.report import EpisodeReport, FileReport
from vivavoce.standing import Standing
from voices.catalogue import find


@dataclass(frozen=True, slots=True)
class Finished:
    """A piece, its track and its timed text; `changed` when this build made the track."""

    piece: Piece
    track: Track
    reading: Reading
    changed: bool


def tags_of(edition: Edition, plan: IssuePlan, piece: Piece, cover: bytes) -> Tags:
    """What the episode's file says about itself."""
    article = piece.article
    return Tags(
        title=article.headline,
        artist=edition.settings.title,
        album=_album(edition, plan),
        track=piece.number,
        language=article.language,
        date=article.date or plan.date,
        comment=_comment([piece], article.language),
        cover=cover,
    )


def programme_tags(edition: Edition, plan: IssuePlan, pieces: Sequence[Piece], cover: bytes) -> Tags:
    """What the whole issue's file says about itself."""
    language = edition.settings.languages[0]
    return Tags(
        title=_album(edition, plan),
        artist=edition.settings.title,
        album=_album(edition, plan),
        track=1,
        language=language,
        date=plan.date,
        comment=_comment(pieces, language),
        cover=cover,
    )


def publish(
    build: Build,
    finished: Sequence[Finished],
    stand: Sequence[Standing],
    cover: bytes,
    downloads: Sequence[Download],
) -> tuple[Published, tuple[EpisodeReport, ...]]:
    """The issue in public/ and what was made of it. Raises WriteError, and ShelfError for a damaged card."""
    edition, plan = build.edition, build.plan
    made = episodes_of(build, finished)
    pairs = _in_order([*zip(made, (each.reading for each in finished), strict=True), *map(_pair, stand)])
    episodes = tuple(episode for episode, _ in pairs)
    published = publish_issue(
        edition.public,
        publication_of(edition),
        PublishedIssue(
            name=plan.name,
            title=plan.title,
            date=plan.date,
            cover=cover,
            episodes=episodes,
            id=plan.id,
            credits=_credits(episodes),
            description=plan.description,
            readings=tuple(reading for _, reading in pairs),
            season=int(plan.number) if plan.number.isdecimal() and len(plan.number) < 10 else 0,
            complete=len(episodes) == len(plan.files),
            downloads=tuple(downloads),
        ),
        untouched(edition.state, edition.public),
    )
    return published, tuple(map(partial(_report, edition), finished, made))


def told(build: Build, finished: Sequence[Finished], stand: Sequence[Standing]) -> tuple[tuple[Episode, Reading], ...]:
    """Every episode of the issue whose timed text is known, in running order: what a book is made from."""
    made = zip(episodes_of(build, finished), (each.reading for each in finished), strict=True)
    pairs = _in_order([*made, *map(_pair, stand)])
    return tuple((episode, reading) for episode, reading in pairs if reading)


def _pair(stand: Standing) -> tuple[Episode, Reading | None]:
    return stand.episode, stand.reading


def _in_order(pairs: Sequence[tuple[Episode, Reading | None]]) -> list[tuple[Episode, Reading | None]]:
    return sorted(pairs, key=lambda pair: pair[0].number)


def publication_of(edition: Edition) -> Publication:
    """What all issues of the edition share. Raises SettingsError where two have the same id."""
    settings = edition.settings
    return Publication(
        title=settings.title,
        description=settings.description,
        language=settings.languages[0],
        feed=settings.feed,
        generator=f"vivavoce {__version__}",
        id=settings.id,
        issues=tuple((plan.id, plan.name) for plan in issues_by_date(edition)),
    )


def episodes_of(build: Build, finished: Sequence[Finished]) -> tuple[Episode, ...]:
    """The issue's episodes, in running order."""
    times = publication_times(build.plan.date, len(build.plan.files))
    return tuple(_episode(build.edition, build.plan, each, times[each.piece.number - 1]) for each in finished)


def guid_of(edition: Edition, plan: IssuePlan, article: Article) -> str:
    """What the article's episode is known by for ever."""
    return episode_guid(edition.settings.id, plan.id, article.slug, article.language)


def description_of(article: Article) -> str:
    """What is shown of an article in a list: its standfirst, else its first paragraph."""
    first = next((block.text for block in article.blocks if block.kind is BlockKind.PARAGRAPH), "")
    return article.standfirst or first


def voices_of(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """The names of all voices that are heard, in order of appearance."""
    return tuple(dict.fromkeys(order.voice for piece in pieces for order in piece.all_orders))


def _album(edition: Edition, plan: IssuePlan) -> str:
    return f"{edition.settings.title} – {plan.title}"


def _comment(pieces: Sequence[Piece], language: str) -> str:
    credits = (voice.credit for voice in map(find, sorted(voices_of(pieces))))
    return " ".join([words_for(language).synthetic, *(f"{credit}." for credit in credits)])


def _episode(edition: Edition, plan: IssuePlan, finished: Finished, published: datetime) -> Episode:
    article, track = finished.piece.article, finished.track
    return Episode(
        guid=guid_of(edition, plan, article),
        title=article.headline,
        description=description_of(article),
        language=article.language,
        number=finished.piece.number,
        published=published,
        path=public_path(edition, track.file),
        size_bytes=track.size_bytes,
        duration_s=track.seconds,
        author=article.byline,
        kicker=article.kicker,
        mime_type=track.file.mime_type,
        chapters=tuple((chapter.title, chapter.start / track.sample_rate) for chapter in track.chapters),
        alternates=tuple(
            Enclosure(public_path(edition, each), each.size_bytes, each.mime_type, each.bitrate_kbps, each.sha256)
            for each in track.alternates
        ),
        narrators=voices_of([finished.piece]),
        section=article.section,
        sha256=track.sha256,
        lufs=round(track.lufs, 2),
        article=finished.piece.file,
    )


def public_path(edition: Edition, file: SoundFile) -> str:
    """Where the file is, relative to public/."""
    return file.path.relative_to(edition.public).as_posix()


def _credits(episodes: Sequence[Episode]) -> tuple[VoiceCredit, ...]:
    names = dict.fromkeys(name for episode in episodes for name in episode.narrators)
    return tuple(VoiceCredit(v.name, v.language, v.credit, v.licence) for v in map(find, names))


def file_report(edition: Edition, file: SoundFile) -> FileReport:
    """What reports tell of a sound file."""
    return FileReport(public_path(edition, file), file.size_bytes, file.sha256, file.lufs, file.true_peak_db)


def _report(edition: Edition, finished: Finished, episode: Episode) -> EpisodeReport:
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
        voices=tuple(sorted(voices_of([piece]))),
        segments=len(piece.orders),
        characters_spoken=piece.script.characters_spoken,
        characters_skipped=piece.script.characters_skipped,
        skipped=piece.script.skipped,
        changed=finished.changed,
        formats=tuple(file_report(edition, file) for file in track.alternates),
    )
