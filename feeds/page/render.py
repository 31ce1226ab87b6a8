"""An issue and an edition as HTML pages; the only file that imports Jinja2.

A page is one file: its style inside it, its sound and pictures beside it, every address relative, no script,
and a Content-Security-Policy that lets nothing else in. So it works from a disk, below any path, and tells
nobody who listens.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from feeds.episode import Episode
from feeds.shelf import IssueCard
from feeds.text import fit_text
from feeds.words import Words, duration_text, language_name, long_date, size_text, words_for

_TEMPLATES: Final = Path(__file__).with_name("templates")


@dataclass(frozen=True, slots=True)
class VoiceCredit:
    """Who lent a voice: its name, its language, and the line and licence its publisher asks to be shown."""

    name: str
    language: str
    credit: str
    licence: str


@dataclass(frozen=True, slots=True)
class IssuePage:
    """What an issue's page shows. `path`, `feed`, `home` and `cover` are files relative to `public/`.

    `language` is the edition's first: the page's own words are in it (French, else English), and so are the
    names of the publication and the issue; each article is marked with its own.
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


@dataclass(frozen=True, slots=True)
class EditionPage:
    """What the edition's page shows: `issues` in the order given; `path` as in IssuePage."""

    publication: str
    description: str
    language: str
    path: str
    issues: tuple[IssueCard, ...]


def render_issue_page(page: IssuePage) -> str:
    """The listening page: the articles in running order, each with its player, and the voices' credits."""
    languages = {episode.language for episode in page.episodes}
    return _render(
        "issue.html",
        page.path,
        words_for(page.language),
        page=page,
        marked=len(languages | {page.language}) > 1,
        duration_s=sum(episode.duration_s for episode in page.episodes),
    )


def render_edition_page(page: EditionPage) -> str:
    """The edition's page: its issues, each with its cover and a link to its own page."""
    return _render("edition.html", page.path, words_for(page.language), page=page)


def _render(template: str, path: str, words: Words, **values: object) -> str:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style = (_TEMPLATES / "page.css").read_text(encoding="utf-8")
    environment.filters["beside"] = lambda file: _relative(file, path)
    environment.filters["long_date"] = lambda day: long_date(day, words)
    environment.filters["duration"] = lambda seconds: duration_text(seconds, words)
    environment.filters["size"] = lambda size_bytes: size_text(size_bytes, words)
    environment.filters["language_name"] = language_name
    html = environment.get_template(template).render(words=words, style=style, policy=_policy(style), **values)
    return fit_text(html)


def _relative(file: str, page: str) -> str:
    """The address of one file in `public/` from another, percent-encoded."""
    here = PurePosixPath(page).parent
    up = 0
    while not PurePosixPath(file).is_relative_to(here):
        here, up = here.parent, up + 1
    return "../" * up + quote(str(PurePosixPath(file).relative_to(here)), safe="/")


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        "default-src 'none'; img-src 'self'; media-src 'self'; "
        f"style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
