"""An issue's cover, pages and feed written into `public/`, each file whole, the feed last."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from articles.files import write_whole
from feeds.episode import Episode
from feeds.page.render import EditionPage, IssuePage, VoiceCredit, render_edition_page, render_issue_page
from feeds.rss import Channel, render_feed
from feeds.settings import FeedSettings
from feeds.shelf import CARD_NAME, IssueCard, card_bytes, read_shelf

HOME: Final = "index.html"


@dataclass(frozen=True, slots=True)
class Publication:
    """What all issues of an edition share.

    `language` is the edition's first; `generator` names the program and its version.
    """

    title: str
    description: str
    language: str
    feed: FeedSettings
    generator: str


@dataclass(frozen=True, slots=True)
class PublishedIssue:
    """One issue as it is published.

    `name` is its folder in `public/`, `cover` the JPEG's bytes, `episodes` in running order with their sound
    in place. Without a description of its own it has the publication's.
    """

    name: str
    title: str
    date: date
    cover: bytes
    episodes: tuple[Episode, ...]
    credits: tuple[VoiceCredit, ...] = ()
    description: str = ""
    podcast_guid: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did, as paths relative to `public/`.

    `files` are those that now belong to the issue, sound included: what else lies in its folder is no longer
    named by any page or feed. `changed` are those written this time, the edition's page among them.
    """

    files: tuple[str, ...]
    changed: tuple[str, ...]
    feed: str
    page: str


def publish_issue(public: Path, publication: Publication, issue: PublishedIssue) -> Published:
    """Write the issue's cover, card and page, the edition's page, and the feed, in this order; same input, no
    writing.

    The sound must be in place before: the feed names it, and whoever reads the feed fetches it. Raises
    articles.files.WriteError, feeds.shelf.ShelfError, and ValueError when the issue has no episode.
    """
    cover = f"{issue.name}/cover.{hashlib.sha256(issue.cover).hexdigest()[:10]}.jpg"
    feed, page = f"{issue.name}/feed.xml", f"{issue.name}/{HOME}"
    # Everything that can fail on the values comes before the first file.
    feed_xml = render_feed(_channel(publication, issue, cover), issue.episodes)
    page_html = render_issue_page(_issue_page(publication, issue, cover)).encode()
    changed = []

    def write(path: str, data: bytes) -> None:
        if write_whole(public / path, data):
            changed.append(path)

    write(cover, issue.cover)
    write(f"{issue.name}/{CARD_NAME}", card_bytes(_card(issue, cover)))
    write(page, page_html)
    write(HOME, _edition_page(public, publication))
    write(feed, feed_xml)
    sound = tuple(dict.fromkeys(file for episode in issue.episodes for file in (episode.path, episode.image) if file))
    return Published((*sound, cover, f"{issue.name}/{CARD_NAME}", page, feed), tuple(changed), feed, page)


def _channel(publication: Publication, issue: PublishedIssue, cover: str) -> Channel:
    return Channel(
        title=_feed_title(publication.title, issue.title),
        description=issue.description or publication.description,
        language=publication.language,
        path=f"{issue.name}/feed.xml",
        page=f"{issue.name}/{HOME}",
        image=cover,
        settings=publication.feed,
        generator=publication.generator,
        podcast_guid=issue.podcast_guid,
    )


def _feed_title(publication: str, issue: str) -> str:
    # In an app the feed stands among other podcasts: "April 2023" alone would say nothing there.
    return issue if publication.casefold() in issue.casefold() else f"{publication} – {issue}"


def _issue_page(publication: Publication, issue: PublishedIssue, cover: str) -> IssuePage:
    return IssuePage(
        publication=publication.title,
        title=issue.title,
        date=issue.date,
        description=issue.description or publication.description,
        language=publication.language,
        path=f"{issue.name}/{HOME}",
        feed=f"{issue.name}/feed.xml",
        home=HOME,
        cover=cover,
        episodes=issue.episodes,
        credits=issue.credits,
    )


def _card(issue: PublishedIssue, cover: str) -> IssueCard:
    return IssueCard(
        name=issue.name,
        title=issue.title,
        date=issue.date,
        cover=cover,
        articles=len(issue.episodes),
        duration_s=round(sum(episode.duration_s for episode in issue.episodes), 3),
    )


def _edition_page(public: Path, publication: Publication) -> bytes:
    page = EditionPage(
        publication=publication.title,
        description=publication.description,
        language=publication.language,
        path=HOME,
        issues=read_shelf(public),
    )
    return render_edition_page(page).encode()
