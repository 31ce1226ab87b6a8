"""The edition's feed in pages: the newest issues in feed.xml, all of them in pages that are then left alone.

RFC 5005, "Feed Paging and Archiving". Apps ask for feed.xml, again and again, so it must stay small: it has the newest
issues, whole, up to 100 items. The archive has pages of as many, counted from the oldest issue on; a page is full when
the next issue no longer fits, and from then on stays as it is but for the link to the page that comes after it, so
that a reader who has it need not ask again. An issue can be in both, under the same guids. Relations of section 4
(archived feeds) lead through the archive; those of section 3 (paged feeds), which is what gPodder and AntennaPod
follow, lead the same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from feeds.shelf import IssueCard

ITEMS: Final = 100
"""How many items a page has at most, unless a single issue has more."""

FEED: Final = "feed.xml"


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A page of the edition's feed: its path in `public/`, its issues with the newest first, and its links to others
    as pairs of a relation and a path.
    """

    path: str
    issues: tuple[IssueCard, ...]
    links: tuple[tuple[str, str], ...] = ()
    archive: bool = False


def feed_pages(shelf: Sequence[IssueCard]) -> tuple[FeedPage, ...]:
    """The pages of the archive from the oldest on, and then feed.xml; `shelf` has the newest issue first."""
    if not shelf:
        return ()
    *full, _growing = _filled(tuple(reversed(shelf)))  # what still grows is in feed.xml anyway
    paths = [f"feed-{number}.xml" for number in range(1, len(full) + 1)]
    around = ["", *paths, FEED]
    archive = tuple(
        FeedPage(path, tuple(reversed(issues)), _archive_links(older, newer, paths[0]), archive=True)
        for older, path, newer, issues in zip(around, paths, around[2:], full, strict=False)
    )
    return (*archive, FeedPage(FEED, _newest(shelf), _feed_links(paths)))


def _feed_links(paths: Sequence[str]) -> tuple[tuple[str, str], ...]:
    if not paths:
        return ()
    return (("first", FEED), ("next", paths[-1]), ("last", paths[0]), ("prev-archive", paths[-1]))


def _archive_links(older: str, newer: str, oldest: str) -> tuple[tuple[str, str], ...]:
    links = (
        ("first", FEED),
        ("previous", newer),
        ("next", older),
        ("last", oldest),
        ("current", FEED),
        ("prev-archive", older),
        ("next-archive", "" if newer == FEED else newer),
    )
    return tuple((relation, path) for relation, path in links if path)


def _filled(oldest_first: Sequence[IssueCard]) -> list[tuple[IssueCard, ...]]:
    """The issues in pages; the last one is not full yet."""
    pages: list[tuple[IssueCard, ...]] = [()]
    for issue in oldest_first:
        if pages[-1] and _items(pages[-1]) + issue.articles > ITEMS:
            pages.append(())
        pages[-1] += (issue,)
    return pages


def _newest(newest_first: Sequence[IssueCard]) -> tuple[IssueCard, ...]:
    chosen: tuple[IssueCard, ...] = ()
    for issue in newest_first:
        if chosen and _items(chosen) + issue.articles > ITEMS:
            break
        chosen += (issue,)
    return chosen


def _items(issues: Sequence[IssueCard]) -> int:
    return sum(issue.articles for issue in issues)
