"""What RSS 2.0 itself asks (rssboard.org, "RSS 2.0 Specification")."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from feeds.rules.document import (
    FeedDocument,
    Found,
    all_of,
    called,
    is_web_address,
    line_of,
    missing,
    moment_of,
    one_of,
    text_of,
)
from feeds.rules.finding import Rule, Severity


def _channel(feed: FeedDocument) -> Iterator[Found]:
    yield from missing(feed.channel, ("title", "link", "description"), "the channel")


def _encoding(feed: FeedDocument) -> Iterator[Found]:
    if feed.encoding.upper() not in ("UTF-8", "US-ASCII", "ASCII"):
        yield Found(1, f"the file is in {feed.encoding}: podcast apps expect UTF-8")


def _items(feed: FeedDocument) -> Iterator[Found]:
    if not feed.items:
        yield Found(line_of(feed.channel), "the feed has no episode")
    for item in feed.items:
        if not text_of(item, "title") and not text_of(item, "description"):
            yield Found(line_of(item), "an episode has neither title nor description")


def _dates(feed: FeedDocument) -> Iterator[Found]:
    for parent in (feed.channel, *feed.items):
        for tag in ("pubDate", "lastBuildDate"):
            for element in all_of(parent, tag):
                written = (element.text or "").strip()
                if moment_of(written) is None:
                    yield Found(line_of(element), f"<{tag}> “{written}” is no date as e-mail writes it (RFC 5322)")


def _enclosures(feed: FeedDocument) -> Iterator[Found]:
    for item in feed.items:
        enclosures = all_of(item, "enclosure")
        if len(enclosures) > 1:
            yield Found(
                line_of(enclosures[1]), f"{called(item)} has {len(enclosures)} enclosures: apps play one of them"
            )
        for enclosure in enclosures[:1]:
            for name in ("url", "length", "type"):
                if not enclosure.get(name):
                    yield Found(line_of(enclosure), f"the enclosure of {called(item)} has no {name}")
            if (length := enclosure.get("length")) and not (length.isdecimal() and length.strip("0")):
                yield Found(
                    line_of(enclosure), f"the enclosure's length “{length}” of {called(item)} is no number of bytes"
                )


def _addresses(feed: FeedDocument) -> Iterator[Found]:
    for item in (feed.channel, *feed.items):
        for element in (one_of(item, "link"), one_of(item, "enclosure"), one_of(item, "itunes:image")):
            address = (
                None if element is None else element.get("url") or element.get("href") or (element.text or "").strip()
            )
            if element is not None and address and not is_web_address(address):
                yield Found(line_of(element), f"“{address}” is no full web address (http or https, percent-encoded)")


def _guids(feed: FeedDocument) -> Iterator[Found]:
    counted = Counter(text_of(item, "guid") for item in feed.items)
    for item in feed.items:
        guid = text_of(item, "guid")
        if guid and counted[guid] > 1:
            counted[guid] = 0
            yield Found(line_of(item), f"several episodes share the guid {guid}: apps show one of them")


RULES: Final[tuple[Rule[[FeedDocument]], ...]] = (
    Rule("rss/channel", Severity.ERROR, _channel),
    Rule("rss/encoding", Severity.ERROR, _encoding),
    Rule("rss/episodes", Severity.ERROR, _items),
    Rule("rss/dates", Severity.ERROR, _dates),
    Rule("rss/enclosures", Severity.ERROR, _enclosures),
    Rule("rss/addresses", Severity.ERROR, _addresses),
    Rule("rss/guids-differ", Severity.ERROR, _guids),
)
