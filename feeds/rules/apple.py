"""What Apple asks (Apple, "A Podcaster's Guide to RSS" and "Podcast RSS feed requirements")."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Final

from feeds.categories import check_category
from feeds.rules.document import (
    Element,
    FeedDocument,
    Found,
    all_of,
    called,
    line_of,
    missing,
    moment_of,
    one_of,
    path_in,
    seconds_of,
    text_of,
    whole_number,
)
from feeds.rules.finding import Rule, Severity

_MEDIA: Final = {
    "audio/x-m4a": (".m4a",),
    "audio/mp4": (".m4a", ".m4b"),
    "audio/mpeg": (".mp3",),
    "video/quicktime": (".mov",),
    "video/mp4": (".mp4",),
    "video/x-m4v": (".m4v",),
    "application/pdf": (".pdf",),
    "application/epub+zip": (".epub",),
}
_LONGEST_DESCRIPTION_BYTES: Final = 4000


def _required(feed: FeedDocument) -> Iterator[Found]:
    yield from missing(
        feed.channel,
        ("title", "description", "itunes:image", "language", "itunes:category", "itunes:explicit"),
        "the channel",
    )
    for item in feed.items:
        yield from missing(item, ("title", "enclosure"), called(item))


def _recommended(feed: FeedDocument) -> Iterator[Found]:
    yield from missing(feed.channel, ("itunes:author", "link"), "the channel")
    for item in feed.items:
        yield from missing(item, ("guid", "pubDate", "description", "itunes:duration"), called(item))


def _explicit(feed: FeedDocument) -> Iterator[Found]:
    for parent in (feed.channel, *feed.items):
        for element in all_of(parent, "itunes:explicit"):
            if (element.text or "").strip() not in ("true", "false"):
                yield Found(line_of(element), f"<itunes:explicit> is “{element.text}”: write true or false")


def _category(feed: FeedDocument) -> Iterator[Found]:
    for element in all_of(feed.channel, "itunes:category"):
        inner = one_of(element, "itunes:category")
        try:
            check_category(element.get("text", ""), inner.get("text", "") if inner is not None else "")
        except ValueError as error:
            yield Found(line_of(element), str(error))


def _type(feed: FeedDocument) -> Iterator[Found]:
    element = one_of(feed.channel, "itunes:type")
    kind = (element.text or "").strip() if element is not None else ""
    if element is not None and kind not in ("episodic", "serial"):
        yield Found(line_of(element), f"<itunes:type> is “{kind}”: write episodic or serial")
    if kind == "serial":
        for item in feed.items:
            if not text_of(item, "itunes:episode"):
                yield Found(line_of(item), f"{called(item)} has no <itunes:episode>: a serial show needs its number")


def _numbers(feed: FeedDocument) -> Iterator[Found]:
    for item in feed.items:
        for tag in ("itunes:episode", "itunes:season"):
            for element in all_of(item, tag):
                number = (element.text or "").strip()
                if not whole_number(number):
                    yield Found(
                        line_of(element), f"<{tag}> of {called(item)} is “{number}”: write a whole number from 1"
                    )
        kind = text_of(item, "itunes:episodeType")
        if kind and kind not in ("full", "trailer", "bonus"):
            yield Found(
                line_of(item), f"<itunes:episodeType> of {called(item)} is “{kind}”: write full, trailer or bonus"
            )


def _media(feed: FeedDocument) -> Iterator[Found]:
    for item in feed.items:
        enclosure = one_of(item, "enclosure")
        if enclosure is None:
            continue
        kind, suffix = enclosure.get("type", ""), PurePosixPath(path_in(enclosure.get("url", ""))).suffix
        if kind not in _MEDIA:
            yield Found(line_of(enclosure), f"{called(item)} is of type “{kind}”, which Apple does not play")
        elif suffix.lower() not in _MEDIA[kind]:
            yield Found(line_of(enclosure), f"{called(item)} is said to be {kind}, but its address ends in “{suffix}”")


def _duration(feed: FeedDocument) -> Iterator[Found]:
    for item in feed.items:
        for element in all_of(item, "itunes:duration"):
            if not seconds_of(element.text or ""):
                yield Found(line_of(element), f"<itunes:duration> of {called(item)} is “{element.text}”: write seconds")


def _descriptions(feed: FeedDocument) -> Iterator[Found]:
    for parent in (feed.channel, *feed.items):
        size = len(text_of(parent, "description").encode())
        if size > _LONGEST_DESCRIPTION_BYTES:
            yield Found(
                line_of(parent), f"a description has {size} bytes: Apple cuts it at {_LONGEST_DESCRIPTION_BYTES}"
            )


def _order(feed: FeedDocument) -> Iterator[Found]:
    """A serial show's numbers and dates agree within each season, or two apps play it in two orders.

    Seasons may be published in any order, such as an older one that was recorded later.
    """
    if text_of(feed.channel, "itunes:type") != "serial":
        return
    for before, after in pairwise(sorted(filter(None, map(_place, feed.items)), key=lambda place: place[:2])):
        if after[0] == before[0] and after[2] < before[2]:
            yield Found(line_of(after[3]), f"{called(after[3])} comes after {called(before[3])} but is dated before it")


def _place(item: Element) -> tuple[int, int, float, Element] | None:
    season, number = whole_number(text_of(item, "itunes:season") or "0"), whole_number(text_of(item, "itunes:episode"))
    moment = moment_of(text_of(item, "pubDate"))
    if moment is None or season is None or number is None:
        return None
    return season, number, moment, item


RULES: Final[tuple[Rule[[FeedDocument]], ...]] = (
    Rule("apple/required", Severity.ERROR, _required),
    Rule("apple/recommended", Severity.WARNING, _recommended),
    Rule("apple/explicit", Severity.ERROR, _explicit),
    Rule("apple/category", Severity.ERROR, _category),
    Rule("apple/type", Severity.ERROR, _type),
    Rule("apple/numbers", Severity.ERROR, _numbers),
    Rule("apple/media-types", Severity.ERROR, _media),
    Rule("apple/duration", Severity.ERROR, _duration),
    Rule("apple/description-length", Severity.WARNING, _descriptions),
    Rule("apple/order", Severity.WARNING, _order),
)
