"""The files that hold a whole issue: the programme as one sound, and the book that speaks."""

import uuid
from collections.abc import Sequence
from typing import Any

from audio.track import Track
from feeds.epub.book import Book, Spoken
from feeds.epub.write import write_book
from feeds.page.render import Download
from feeds.words import words_for
from vivavoce.edition import Edition
from vivavoce.pieces import Build
from vivavoce.publication import Finished, file_report, public_path, voices_of

BOOK_FILE = "issue.epub"

_BOOKS = uuid.UUID("0d9a4cf3-6a0e-5d0b-8f0a-3c6a4c2f7e15")
"""The name space of books' identifiers; a reading system takes a book with another one for another book."""


def write_epub(build: Build, finished: Sequence[Finished], cover: bytes) -> Download | None:
    """The issue's EPUB in public/, as the page offers it; None where the edition wants none. Raises WriteError."""
    edition, plan, settings = build.edition, build.plan, build.edition.settings
    if settings.epub == "none":
        return None
    path = edition.public / plan.name / BOOK_FILE
    book = Book(
        identifier=uuid.uuid5(_BOOKS, f"{settings.id}/{plan.name}").urn,
        title=f"{settings.title} – {plan.title}",
        language=settings.languages[0],
        date=plan.date,
        publisher=settings.feed.author,
        description=plan.description or settings.description,
        cover=cover,
        articles=tuple(_spoken(each) for each in finished),
        narrators=voices_of([each.piece for each in finished]),
        synthetic=words_for(settings.languages[0]).synthetic,
        words=settings.epub == "words",
    )
    write_book(book, path)
    return Download("epub", f"{plan.name}/{BOOK_FILE}", path.stat().st_size)


def programme_downloads(edition: Edition, track: Track) -> tuple[Download, ...]:
    """The programme's files as the page offers them: the audiobook with its chapters, and the long MP3."""
    kinds = {"m4b": "audiobook", "mp3": "programme"}
    return tuple(
        Download(kinds[file.container], public_path(edition, file), file.size_bytes) for file in reversed(track.files)
    )


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


def _spoken(finished: Finished) -> Spoken:
    article, track = finished.piece.article, finished.track
    return Spoken(
        title=article.headline,
        language=article.language,
        reading=finished.reading,
        sound=track.path,
        sha256=track.sha256,
    )
