"""What can be taken away of one article beside its MP3: its text as files, and its sound in other formats."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from feeds.episode import Episode
from feeds.page.player_words import PlayerWords

_SOUNDS: Final = {"audio/mpeg": "MP3", "audio/mp4": "M4A (AAC)", "audio/ogg": "Opus"}


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """A file as the page offers it: `path` relative to `public/`, its name, and its size in bytes, 0 where unknown.

    One that is `kept` is for another program; any other is to be read where it is.
    """

    path: str
    name: str
    mime_type: str
    size_bytes: int = 0
    kept: bool = True


def texts_of(episode: Episode, words: PlayerWords) -> tuple[ArticleFile, ...]:
    """The episode's transcripts, the one that people read first."""
    files = tuple(_texts(episode, words))
    return tuple(sorted(files, key=lambda file: file.kept))


def sounds_of(episode: Episode) -> tuple[ArticleFile, ...]:
    """The episode's sound in its other formats."""
    return tuple(
        ArticleFile(other.path, _SOUNDS.get(other.mime_type, other.mime_type), other.mime_type, other.size_bytes)
        for other in episode.alternates
    )


def _texts(episode: Episode, words: PlayerWords) -> Iterator[ArticleFile]:
    names = {
        "text/html": words.transcript_page,
        "text/vtt": words.transcript_captions,
        "application/json": words.transcript_data,
    }
    for file in episode.transcripts:
        name = names.get(file.mime_type, file.mime_type)
        yield ArticleFile(file.path, name, file.mime_type, kept=file.mime_type != "text/html")
