"""The edition's own files, made from the cards of its published issues: its page, its feed, and the list of feeds."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

from feeds.archive import FEED, FeedPage, feed_pages
from feeds.channel import Channel
from feeds.opml import OPML, has_feed, render_opml
from feeds.page.assets import FOLDER, page_assets
from feeds.page.render import Download, EditionPage, render_edition_page
from feeds.podcasting.guid import podcast_guid
from feeds.publication import HOME, Publication
from feeds.rss import render_feed
from feeds.shelf import CARD_NAME, IssueCard, read_episodes

_FORMAT: Final = 2
"""Raised when the same cards and settings give another feed than the last release did: archives are then made anew."""


def render_edition_page_files(publication: Publication, shelf: Sequence[IssueCard]) -> Iterator[tuple[str, bytes]]:
    """The page and what it needs, in the order of writing: paths relative to `public/`, and their content."""
    for asset in page_assets():
        yield f"{FOLDER}/{asset.name}", asset.data
    opml = _opml(publication, shelf)
    page = EditionPage(
        publication=publication.title,
        description=publication.description,
        language=publication.language,
        path=HOME,
        issues=tuple(shelf),
        feed=FEED if has_feed(shelf) else "",
        feed_url=publication.feed.address(FEED) if has_feed(shelf) else "",
        page_url=publication.feed.address(""),
        downloads=(Download("opml", OPML, len(opml)),),
    )
    yield HOME, render_edition_page(page).encode()


def render_edition_feeds(
    public: Path, publication: Publication, shelf: Sequence[IssueCard], untouched: Collection[str] = ()
) -> Iterator[tuple[str, bytes | None]]:
    """The feed's archive from its oldest page on, then the feed and the list of feeds, one in memory at a time.

    A page of the archive that lies in `public`, `untouched` since it was built, and is made from the same already comes
    without content: an archive of thousands of issues is not made anew for each. Episodes are read from the cards in
    `public`; issues whose cards have none, being of an older format, are left out. Raises feeds.shelf.ShelfError.
    """
    for page in feed_pages([card for card in shelf if card.has_episodes]):
        channel = _channel(publication, page)
        stamp = _stamp(public, channel, page)
        if page.archive and page.path in untouched and _has_stamp(public / page.path, stamp):
            yield page.path, None
            continue
        episodes = [episode for card in page.issues for episode in read_episodes(public, card.name)]
        xml = render_feed(channel, episodes)
        yield page.path, _stamped(xml, stamp) if page.archive else xml
    yield OPML, _opml(publication, shelf)


def _stamp(public: Path, channel: Channel, page: FeedPage) -> bytes:
    """A comment with a hash of everything that the page is made from."""
    made_from = hashlib.sha256(f"{_FORMAT}{channel}".encode())
    for card in page.issues:
        made_from.update((public / card.name / CARD_NAME).read_bytes())
    return f"<!-- {made_from.hexdigest()} -->\n".encode()


def _stamped(xml: bytes, stamp: bytes) -> bytes:
    declaration, _, rest = xml.partition(b"\n")
    return declaration + b"\n" + stamp + rest


def _has_stamp(path: Path, stamp: bytes) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        file.readline()
        return file.readline() == stamp


def _opml(publication: Publication, shelf: Sequence[IssueCard]) -> bytes:
    return render_opml(publication.title, publication.language, publication.feed, shelf)


def _channel(publication: Publication, page: FeedPage) -> Channel:
    return Channel(
        title=publication.title,
        description=publication.description,
        language=publication.language,
        path=page.path,
        page=HOME,
        # A page of the archive keeps its picture when a newer issue comes out.
        image=page.issues[0].cover,
        settings=publication.feed,
        generator=publication.generator,
        podcast_guid=podcast_guid(publication.id) if publication.id else "",
        links=page.links,
        archive=page.archive,
        whole=not page.links,
    )


def without_episodes(shelf: Sequence[IssueCard]) -> tuple[str, ...]:
    """The issues that are missing from the edition's feed until they are built again."""
    return tuple(card.name for card in shelf if not card.has_episodes)
