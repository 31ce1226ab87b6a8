"""What an app shows below an episode: its standfirst, its contents with times, who wrote and who reads it, and where
to read along.

Plain HTML that apps keep when they clean it: paragraphs, a list, links. Every language is marked, and each link says
by itself where it leads.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from feeds.credits import narrated_by
from feeds.episode import Episode
from feeds.settings import FeedSettings
from feeds.text import clock_text, fit_text, one_line
from feeds.words import words_for


@dataclass(frozen=True, slots=True)
class NoteWords:
    """The words of the notes in one language."""

    contents: str
    read_by: str
    read_along: str
    transcript: str


_ENGLISH: Final = NoteWords("In this article:", "Read by", "Read along", "Transcript")
_FRENCH: Final = NoteWords("Dans cet article\u00a0:", "Lu par", "Lire en écoutant", "Transcription")


def show_notes(episode: Episode, page: str, settings: FeedSettings) -> str:
    """The notes as HTML in the episode's language; `page` is the address of the episode on its page."""
    words = _FRENCH if words_for(episode.language).language == "fr" else _ENGLISH
    parts = [*_introduced(episode), *_contents(episode, words), *_closing(episode, words, page, settings)]
    return f'<div lang="{_escaped(episode.language)}">{"".join(parts)}</div>'


def _introduced(episode: Episode) -> Iterator[str]:
    for line in (episode.kicker, episode.description, episode.author):
        if line.strip():
            yield f"<p>{_escaped(line)}</p>"


def _contents(episode: Episode, words: NoteWords) -> Iterator[str]:
    if len(episode.chapters) > 1:
        yield f"<p>{words.contents}</p><ul>"
        for title, start_s in episode.chapters:
            yield f"<li>{clock_text(start_s)} {_escaped(title)}</li>"
        yield "</ul>"


def _closing(episode: Episode, words: NoteWords, page: str, settings: FeedSettings) -> Iterator[str]:
    if episode.narrators:
        names = ", ".join(narrated_by(name, episode.language) for name in episode.narrators)
        yield f"<p>{words.read_by} {_escaped(names)}</p>"
    title = _escaped(episode.title)
    yield f'<p><a href="{html.escape(page)}">{words.read_along} – {title}</a></p>'
    for file in episode.transcripts:
        if file.mime_type == "text/html":
            address = html.escape(settings.address(file.path))
            yield f'<p><a href="{address}">{words.transcript} – {title}</a></p>'


def _escaped(text: str) -> str:
    return html.escape(one_line(fit_text(text)))
