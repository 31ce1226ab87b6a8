"""What a book is made from, and what its parts are called."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from feeds.reading import Reading


@dataclass(frozen=True, slots=True)
class Spoken:
    """One article of the book: `sound` is its MP3 (audio/mpeg is a core media type), `sha256` that file's hash."""

    title: str
    language: str
    reading: Reading
    sound: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Book:
    """An issue as a book.

    `identifier` is a URN that never changes, `cover` the JPEG's bytes, `narrators` the voices' names, `publisher` the
    edition's author. With `words` the overlay follows every word, else every sentence.
    """

    identifier: str
    title: str
    language: str
    date: date
    publisher: str
    description: str
    cover: bytes
    articles: tuple[Spoken, ...]
    narrators: tuple[str, ...]
    synthetic: str
    words: bool = False

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language of its articles, the book's own first."""
        return tuple(dict.fromkeys([self.language, *(article.language for article in self.articles)]))


def name_of(number: int) -> str:
    """What the files of the article at this place (from 1) are called, without suffix."""
    return f"article-{number:03d}"


def fingerprint(parts: dict[str, bytes], book: Book) -> str:
    """A hash (64 hex digits) of all that the book's file holds."""
    digest = hashlib.sha256()
    for name, data in sorted(parts.items()):
        digest.update(f"{name}\n{len(data)}\n".encode() + data)
    for article in book.articles:
        digest.update(f"{article.sha256}\n".encode())
    return digest.hexdigest()
