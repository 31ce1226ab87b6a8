"""An edition of two thousand issues with twenty articles each: what it costs to publish one more."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from feeds.archive import ITEMS
from feeds.episode import Episode
from feeds.rules.check import check_folder
from feeds.settings import FeedSettings
from feeds.shelf import CARD_FORMAT, CARD_NAME, IssueCard, card_bytes
from feeds.write import Publication, publish_edition
from tests.feeds.full import full
from tests.limits import PEAK_BYTES

pytestmark = pytest.mark.slow

ISSUES, ARTICLES = 2_000, 20


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cards of the whole edition, and nothing else: 40,000 episodes of which everything is known."""
    folder = tmp_path_factory.mktemp("scale") / "public"
    for number in range(ISSUES):
        put(folder, number)
    return folder


def put(folder: Path, number: int) -> None:
    name, day = f"{number:04}", date(1985, 1, 1) + timedelta(weeks=number)
    card = IssueCard(
        name, f"Issue {number}", day, f"{name}/cover.0123456789.jpg", ARTICLES, 300.0 * ARTICLES, CARD_FORMAT,
        number + 1, ("en",), (("", f"{name}/feed.xml"),),
    )  # fmt: skip
    (folder / name).mkdir(parents=True)
    (folder / name / CARD_NAME).write_bytes(card_bytes(card, tuple(episodes_of(name, day, number + 1))))


def episodes_of(issue: str, day: date, season: int) -> Iterator[Episode]:
    for number in range(1, ARTICLES + 1):
        episode = Episode(
            guid=f"{issue}-{number:02}",
            title=f"Article {number} of {issue}",
            description="What it is about, in a sentence or two of the length that an editor writes. " * 3,
            language="en",
            number=number,
            published=datetime(day.year, day.month, day.day, 5, number, tzinfo=UTC),
            path=f"{issue}/episodes/{number:02}-article.0123456789.mp3",
            size_bytes=3_600_000,
            duration_s=300.0,
        )
        yield full(episode, issue, season)


@pytest.fixture
def publication(settings: FeedSettings) -> Publication:
    return Publication("The Quay", "News from the harbour", "en", settings, "vivavoce 0.1.0", "quay")


def test_everything_is_in_the_feeds_once_and_no_more_than_needed_is_made_anew(
    public: Path, publication: Publication
) -> None:
    """Each of 40,000 episodes is in the archive, feed.xml stays small, and a new issue touches four files."""
    written = publish_edition(public, publication).changed
    pages = [path for path in written if path.startswith("feed-")]
    assert len(pages) == ISSUES * ARTICLES // ITEMS - 1
    found: list[str] = []
    for path in (*pages, "feed.xml"):
        channel = etree.parse(public / path).find("channel")
        assert channel is not None
        found += [str(item.findtext("guid")) for item in channel.iterfind("item")]
    assert len(found) == len(set(found)) == ISSUES * ARTICLES
    assert len(feedparser.parse((public / "feed.xml").read_bytes()).entries) == ITEMS
    listed = etree.parse(public / "opml.xml").findall("body/outline")
    assert len(listed) == ISSUES + 1
    assert publish_edition(public, publication, untouched=pages).unread == tuple(pages)
    put(public, ISSUES)
    again = publish_edition(public, publication, untouched=pages)
    new, *rest = (path for path in again.changed if path.startswith("feed-"))
    assert (new, rest) == (f"feed-{len(pages)}.xml", [f"feed-{len(pages) + 1}.xml"])


def test_memory_does_not_grow_with_the_archive(public: Path) -> None:
    """All of it is written by a process that never takes 200 MB more than one that has only started."""
    program = f"""{PEAK_BYTES}
from pathlib import Path
from feeds.settings import FeedSettings
from feeds.write import Publication, publish_edition
before = peak_bytes()
settings = FeedSettings("https://other.example.org/", "A", "A", "a@example.org")
publish_edition(Path(sys.argv[1]), Publication("Other", "", "en", settings, "x"))
print(peak_bytes() - before)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(public)], capture_output=True, text=True, timeout=600, check=True
    )
    assert int(done.stdout) < 200_000_000


def test_the_whole_archive_can_be_checked(public: Path, publication: Publication) -> None:
    """Forty thousand episodes in four hundred feeds are held to every standard; all that is missing is the files."""
    publish_edition(public, publication)
    checked = check_folder(public)
    assert len(checked.feeds) == len([*public.glob("feed*.xml")]) >= ISSUES * ARTICLES // ITEMS
    assert {finding.rule for finding in checked.findings} == {"vivavoce/links", "vivavoce/page-links"}
