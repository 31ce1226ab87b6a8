from dataclasses import replace
from datetime import date

from lxml import etree

from feeds.opml import render_opml
from feeds.settings import FeedSettings
from feeds.shelf import IssueCard

CARD = IssueCard(
    "2023-04", "April & « mai »", date(2023, 4, 1), "2023-04/c.jpg", 3, 9.5, 2,
    feeds=(("", "2023-04/feed.xml"), ("en", "2023-04/feed.en.xml"), ("fr", "2023-04/feed.fr.xml")),
)  # fmt: skip


def test_the_list_has_every_feed(settings: FeedSettings) -> None:
    """The edition's first, then each issue's with its languages inside it: title, feed, page, language."""
    old = replace(CARD, name="2023-03", title="March", feeds=())
    body = etree.fromstring(render_opml("The Quay & Co", "en", settings, [CARD, old])).find("body")
    assert body is not None
    base = "https://example.org/audio/"
    facts = [(each.get("text"), each.get("xmlUrl"), each.get("language")) for each in body.iter("outline")]
    assert facts == [
        ("The Quay & Co", base + "feed.xml", "en"),
        ("April & « mai »", base + "2023-04/feed.xml", "en"),
        ("April & « mai » (English)", base + "2023-04/feed.en.xml", "en"),
        ("April & « mai » (français)", base + "2023-04/feed.fr.xml", "fr"),
        ("March", base + "2023-03/feed.xml", "en"),
    ]
    assert [len(outline) for outline in body] == [0, 2, 0]
    assert {each.get("type") for each in body.iter("outline")} == {"rss"}
    assert [each.get("htmlUrl") for each in body] == [base, base + "2023-04/", base + "2023-03/"]
