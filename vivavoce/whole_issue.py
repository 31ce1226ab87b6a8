"""The files that hold a whole issue: the programme as one sound, and the book that speaks."""

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from audio.track import Track
from feeds.built_record import files_of_issue
from feeds.episode import Episode
from feeds.epub.book import Book, Spoken
from feeds.epub.write import write_book
from feeds.page.render import Download
from feeds.reading import Reading
from feeds.words import words_for
from vivavoce.edition import Edition, IssuePlan
from vivavoce.mixer import PROGRAMME
from vivavoce.pieces import Build
from vivavoce.publication import file_report, public_path

BOOK_FILE = "issue.epub"

_KINDS = {"m4b": "audiobook", "mp3": "programme"}
"""What the page calls the programme's files, in this order."""

_BOOKS = uuid.UUID("0d9a4cf3-6a0e-5d0b-8f0a-3c6a4c2f7e15")
"""The name space of books' identifiers; a reading system takes a book with another one for another book."""


def write_epub(build: Build, articles: Sequence[tuple[Episode, Reading]], cover: bytes) -> Download | None:
    """The issue's EPUB in public/, as the page offers it; None where the edition wants none. Raises WriteError."""
    edition, plan, settings = build.edition, build.plan, build.edition.settings
    if settings.epub == "none":
        return None
    path = edition.public / plan.name / BOOK_FILE
    book = Book(
        identifier=uuid.uuid5(_BOOKS, f"{settings.id}/{plan.id}").urn,
        title=f"{settings.title} – {plan.title}",
        language=settings.languages[0],
        date=plan.date,
        publisher=settings.feed.author,
        description=plan.description or settings.description,
        cover=cover,
        articles=tuple(_spoken(edition, episode, reading) for episode, reading in articles),
        narrators=tuple(dict.fromkeys(name for episode, _ in articles for name in episode.narrators)),
        synthetic=words_for(settings.languages[0]).synthetic,
        words=settings.epub == "words",
    )
    write_book(book, path)
    return Download("epub", f"{plan.name}/{BOOK_FILE}", path.stat().st_size)


def programme_downloads(edition: Edition, track: Track) -> tuple[Download, ...]:
    """The programme's files as the page offers them: the audiobook with its chapters, and the long MP3."""
    return tuple(
        Download(_KINDS[file.container], public_path(edition, file), file.size_bytes) for file in reversed(track.files)
    )


def programme_before(edition: Edition, plan: IssuePlan) -> tuple[Download, ...]:
    """The programme's files as they were published before; none where one of them is missing."""
    folder, known = edition.public / plan.name / PROGRAMME, files_of_issue(edition.state, plan.name)

    def rank(path: Path) -> tuple[bool, float]:
        # A killed build may have left a newer file of one kind, and none of the other: of two different programmes.
        return path.relative_to(edition.public).as_posix() in known, path.stat().st_mtime

    found = [(kind, max(folder.glob(f"*.{suffix}"), key=rank, default=None)) for suffix, kind in _KINDS.items()]
    downloads = [
        Download(kind, path.relative_to(edition.public).as_posix(), path.stat().st_size) for kind, path in found if path
    ]
    return tuple(downloads) if len(downloads) == len(_KINDS) else ()


def programme_facts(edition: Edition, track: Track) -> dict[str, Any]:
    """What build.json says of the programme."""
    return {
        "seconds": round(track.seconds, 3),
        "chapters": [
            {"title": chapter.title, "start_s": round(chapter.start / track.sample_rate, 3)}
            for chapter in track.chapters
        ],
        "files": [file_report(edition, file).as_json() for file in track.files],
    }


def _spoken(edition: Edition, episode: Episode, reading: Reading) -> Spoken:
    return Spoken(
        title=episode.title,
        language=episode.language,
        reading=reading,
        sound=edition.public / episode.path,
        sha256=episode.sha256,
    )
