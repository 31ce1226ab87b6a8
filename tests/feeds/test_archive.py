from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from feeds.archive import ITEMS, FeedPage, feed_pages
from feeds.shelf import IssueCard


def shelf(sizes: Iterable[int]) -> tuple[IssueCard, ...]:
    """Issues of so many articles, given from the oldest on, as a shelf has them."""
    cards = [
        IssueCard(f"{number:04}", "", date(2000, 1, 1) + timedelta(days=number), "", size, 1.0)
        for number, size in enumerate(sizes)
    ]
    return tuple(reversed(cards))


def names(page: FeedPage) -> list[str]:
    return [issue.name for issue in page.issues]


def test_a_small_edition_has_one_feed() -> None:
    """Up to a hundred items there is feed.xml, the newest issue first, and no link to anything else."""
    assert feed_pages(()) == ()
    (page,) = feed_pages(shelf([20] * 5))
    assert (page.path, page.links, page.archive) == ("feed.xml", (), False)
    assert names(page) == ["0004", "0003", "0002", "0001", "0000"]


@pytest.mark.parametrize("sizes", [[20] * 6, [7] * 100, [100, 1, 100], [250, 250], [1] * 500, [99, 2, 99, 2, 3]])
def test_every_issue_is_reached_and_no_page_is_too_long(sizes: list[int]) -> None:
    """From feed.xml over the archive's links every issue is found; pages hold whole issues, and at most 100 items
    unless one issue alone has more.
    """
    pages = {page.path: page for page in feed_pages(shelf(sizes))}
    for relation in ("prev-archive", "next"):
        path, reached = "feed.xml", list[str]()
        while path:
            reached += [name for name in names(pages[path]) if name not in reached]
            path = dict(pages[path].links).get(relation, "")
        assert reached == [card.name for card in shelf(sizes)]
    for page in pages.values():
        assert len(page.issues) == 1 or sum(issue.articles for issue in page.issues) <= ITEMS


def test_a_full_page_is_never_made_anew_but_for_its_follower() -> None:
    """A newer issue changes feed.xml; an archive's page changes once more, when the next page begins."""
    seen: dict[str, list[FeedPage]] = {}
    for count in range(1, 40):
        for page in feed_pages(shelf([20] * count)):
            if page.archive and seen.setdefault(page.path, [page])[-1] != page:
                seen[page.path].append(page)
    assert len(seen) == 7
    for versions in seen.values():
        assert len(versions) <= 2
        assert {page.issues for page in versions} == {versions[0].issues}


def test_links_lead_both_ways() -> None:
    """Newer, older, first, last and current, in the words of RFC 5005, sections 3 and 4."""
    pages = feed_pages(shelf([50] * 7))
    assert [page.path for page in pages] == ["feed-1.xml", "feed-2.xml", "feed-3.xml", "feed.xml"]
    assert dict(pages[1].links) == {
        "first": "feed.xml",
        "previous": "feed-3.xml",
        "next": "feed-1.xml",
        "last": "feed-1.xml",
        "current": "feed.xml",
        "prev-archive": "feed-1.xml",
        "next-archive": "feed-3.xml",
    }
    assert dict(pages[3].links)["prev-archive"] == "feed-3.xml"
    assert dict(pages[2].links)["previous"] == "feed.xml"
    assert "next-archive" not in dict(pages[2].links)
    assert "next" not in dict(pages[0].links)
