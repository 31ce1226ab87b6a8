"""An issue and an edition as HTML pages; the only file that imports Jinja2.

A page has its sound, pictures, style and script beside it, every address relative, and a Content-Security-Policy
that lets nothing else in. So it works from a disk, below any path, and tells nobody who listens.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from feeds.credits import credited
from feeds.episode import Episode
from feeds.naming import relative_address
from feeds.page.apps import app_links
from feeds.page.article import Text, text_of
from feeds.page.assets import FOLDER, script, style
from feeds.page.files import sounds_of, texts_of
from feeds.page.player_words import player_words
from feeds.page.qr import qr_svg
from feeds.reading import Reading
from feeds.shelf import IssueCard
from feeds.shown import shown
from feeds.words import duration_text, file_kind, language_name, long_date, size_text, words_for

SPEEDS: Final = (0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2)
"""How fast the player can go."""

_TEMPLATES: Final = Path(__file__).with_name("templates")

_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "img-src 'self'",
        "media-src 'self'",
        "style-src 'self'",
        "script-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)


@dataclass(frozen=True, slots=True)
class VoiceCredit:
    """Who lent a voice: its name, its language, and the line and licence its publisher asks to be shown."""

    name: str
    language: str
    credit: str
    licence: str


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the whole issue or edition: `kind` is epub, audiobook, programme or opml.

    `path` is relative to `public/`.
    """

    kind: str
    path: str
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class IssuePage:
    """What an issue's page shows. `path`, `feed`, `home` and `cover` are files relative to `public/`.

    `language` is the edition's first: the page's own words are in it (French, else English), and so are the
    names of the publication and the issue; each article is marked with its own. `readings` has the text of each
    episode, or None; without any, the page has no text. `feed_url` and `page_url` are where the feed and the page
    will be on the web; without them there are no links into apps, and no QR code. `audiobook` is the manifest of the
    issue as a W3C audiobook. `language_feeds` are pairs of a language and the feed of the articles in it alone, where
    there are several.
    """

    publication: str
    title: str
    date: date
    description: str
    language: str
    path: str
    feed: str
    home: str
    cover: str
    episodes: tuple[Episode, ...]
    credits: tuple[VoiceCredit, ...]
    readings: tuple[Reading | None, ...] = ()
    feed_url: str = ""
    page_url: str = ""
    downloads: tuple[Download, ...] = ()
    audiobook: str = ""
    language_feeds: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EditionPage:
    """What the edition's page shows: `issues` in the order given; the rest as in IssuePage.

    Without a `feed` of the edition's own there is nothing on it to follow.
    """

    publication: str
    description: str
    language: str
    path: str
    issues: tuple[IssueCard, ...]
    feed: str = ""
    feed_url: str = ""
    page_url: str = ""
    downloads: tuple[Download, ...] = ()


def render_issue_page(page: IssuePage) -> str:
    """The listening page: the articles in running order, each with its player and text, and the voices' credits.

    Raises ValueError when there are readings, but not one for each episode.
    """
    readings = page.readings or (None,) * len(page.episodes)
    languages = {episode.language for episode in page.episodes}
    return _render(
        "issue.html",
        page,
        articles=[
            (episode, text_of(reading) if reading else Text((), {}, (), estimated=False))
            for episode, reading in zip(page.episodes, readings, strict=True)
        ],
        marked=len(languages | {page.language}) > 1,
        duration_s=sum(episode.duration_s for episode in page.episodes),
        speeds=SPEEDS,
    )


def render_edition_page(page: EditionPage) -> str:
    """The edition's page: its issues, each with its cover and a link to its own page, and how to follow it."""
    return _render("edition.html", page)


def _render(template: str, page: IssuePage | EditionPage, **values: object) -> str:
    words = words_for(page.language)
    says = player_words(words.language)
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "beside": lambda file: relative_address(file, page.path),
        "long_date": lambda day: long_date(day, words),
        "duration": lambda seconds: duration_text(seconds, words),
        "size": lambda size_bytes: size_text(size_bytes, words),
        "kind": lambda kind: file_kind(kind, words),
        "language_name": language_name,
        "apps": app_links,
        "qr": qr_svg,
        "chapters": _chapters,
        "credited": credited,
        "texts": lambda episode: texts_of(episode, says),
        "sounds": sounds_of,
    }
    html = environment.get_template(template).render(
        page=page,
        words=words,
        says=says,
        policy=_POLICY,
        assets=f"{FOLDER}/",
        style=style().name,
        script=script().name,
        **values,
    )
    return shown(html)


def _chapters(episode: Episode) -> str:
    chapters = [(title, round(start_s, 2)) for title, start_s in episode.chapters]
    return json.dumps(chapters, ensure_ascii=False, separators=(",", ":"))
