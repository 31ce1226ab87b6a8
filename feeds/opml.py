"""Every feed of an edition in one list. Source: "OPML 2.0", Subscription Lists."""

from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree

from feeds.archive import FEED
from feeds.channel import folder_of
from feeds.settings import FeedSettings
from feeds.shelf import IssueCard
from feeds.text import one_line
from feeds.words import language_name

OPML: Final = "opml.xml"


def render_opml(title: str, language: str, settings: FeedSettings, shelf: Sequence[IssueCard]) -> bytes:
    """The list as UTF-8 XML: the edition's feed, then each issue's with those of its languages inside it.

    `title` and `language` are the edition's, `shelf` its issues in the order in which they are listed. An app that
    takes a list subscribes to all that is on it, so a reader of one issue is better served with that issue's feed.
    """
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = one_line(title)
    etree.SubElement(head, "ownerName").text = one_line(settings.owner_name)
    etree.SubElement(head, "docs").text = "http://opml.org/spec2.opml"
    body = etree.SubElement(root, "body")
    if has_feed(shelf):
        _outline(body, settings, title, FEED, "index.html", language)
    for issue in shelf:
        parent = body
        for tongue, path in _feeds(issue):
            name = f"{issue.title} ({language_name(tongue)})" if tongue else issue.title
            added = _outline(parent, settings, name, path, f"{issue.name}/index.html", tongue or language)
            parent = parent if tongue else added
    tree: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return tree


def has_feed(shelf: Sequence[IssueCard]) -> bool:
    """Whether there is anything that the edition's own feed could hold."""
    return any(card.has_episodes for card in shelf)


def _feeds(issue: IssueCard) -> Iterator[tuple[str, str]]:
    # A card of format 1 names no feeds; every issue has this one.
    yield from issue.feeds or (("", f"{issue.name}/feed.xml"),)


def _outline(
    parent: etree._Element, settings: FeedSettings, title: str, feed: str, page: str, language: str
) -> etree._Element:
    text = one_line(title)
    return etree.SubElement(
        parent,
        "outline",
        {
            "type": "rss",
            "text": text,
            "title": text,
            "xmlUrl": settings.address(feed),
            "htmlUrl": settings.address(folder_of(page)),
            "language": language,
            "version": "RSS2",
        },
    )
