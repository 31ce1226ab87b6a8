"""What the Podcast Standards Project asks (PSP-1, "A Podcast RSS Specification")."""

from collections.abc import Iterator
from typing import Final

from feeds.rules.document import NAMESPACES, FeedDocument, Found, all_of, called, is_web_address, line_of, missing
from feeds.rules.finding import Rule, Severity


def _namespaces(feed: FeedDocument) -> Iterator[Found]:
    for prefix in ("itunes", "podcast", "atom", "content"):
        if NAMESPACES[prefix] not in feed.prefixes:
            yield Found(1, f'the root element does not declare xmlns:{prefix}="{NAMESPACES[prefix]}"')


def _channel(feed: FeedDocument) -> Iterator[Found]:
    required = ("title", "description", "link", "language", "itunes:category", "itunes:explicit", "itunes:image")
    yield from missing(feed.channel, required, "the channel")


def _self(feed: FeedDocument) -> Iterator[Found]:
    own = [link for link in all_of(feed.channel, "atom:link") if link.get("rel") == "self"]
    if not own:
        yield Found(
            line_of(feed.channel), 'the channel has no <atom:link rel="self">: the feed does not say where it lives'
        )
    for link in own:
        if not is_web_address(link.get("href", "")):
            yield Found(line_of(link), f"the feed's own address “{link.get('href')}” is no full web address")


def _items(feed: FeedDocument) -> Iterator[Found]:
    for item in feed.items:
        yield from missing(item, ("title", "enclosure", "guid"), called(item))


def _recommended(feed: FeedDocument) -> Iterator[Found]:
    yield from missing(feed.channel, ("podcast:locked", "podcast:guid", "itunes:author"), "the channel")
    for item in feed.items:
        wanted = ("pubDate", "description", "itunes:duration", "itunes:image", "itunes:explicit", "podcast:transcript")
        yield from missing(item, ("link", *wanted), called(item))


RULES: Final[tuple[Rule[[FeedDocument]], ...]] = (
    Rule("psp-1/namespaces", Severity.WARNING, _namespaces),
    Rule("psp-1/channel", Severity.ERROR, _channel),
    Rule("psp-1/self-link", Severity.ERROR, _self),
    Rule("psp-1/episodes", Severity.ERROR, _items),
    Rule("psp-1/recommended", Severity.WARNING, _recommended),
)
