import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urljoin

import feedparser
import pytest
from lxml import etree

from articles.files import WriteError
from feeds.episode import Episode
from feeds.page.render import VoiceCredit
from feeds.settings import FeedSettings
from feeds.write import Publication, PublishedIssue, publish_issue

COVER = b"\xff\xd8 the bytes of a cover"


@pytest.fixture
def publication(settings: FeedSettings) -> Publication:
    return Publication("The Quay", "News from the harbour", "en", settings, "vivavoce 0.1.0")


@pytest.fixture
def issue(episodes: tuple[Episode, ...]) -> PublishedIssue:
    return PublishedIssue(
        "2023-04", "April 2023", date(2023, 4, 1), COVER, episodes, (VoiceCredit("joe", "en", "Joe", "CC0"),)
    )


@pytest.fixture
def public(tmp_path: Path, episodes: tuple[Episode, ...]) -> Path:
    for episode in episodes:
        path = tmp_path / "public" / episode.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"sound")
    return tmp_path / "public"


def test_an_issue_becomes_cover_card_pages_and_feed(
    public: Path, publication: Publication, issue: PublishedIssue
) -> None:
    """What is written is what is reported, the feed last; the cover's name carries its hash."""
    done = publish_issue(public, publication, issue)
    cover = f"2023-04/cover.{hashlib.sha256(COVER).hexdigest()[:10]}.jpg"
    assert done.changed == (
        cover,
        "2023-04/card.json",
        "2023-04/index.html",
        "index.html",
        "2023-04/feed.xml",
    )
    assert (done.feed, done.page) == ("2023-04/feed.xml", "2023-04/index.html")
    assert (public / cover).read_bytes() == COVER
    on_disk = {path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file()}
    assert on_disk == {*done.files, "index.html"}


def test_every_link_resolves_inside_public(public: Path, publication: Publication, issue: PublishedIssue) -> None:
    """Each address on the pages and in the feed leads to a file that is there."""
    done = publish_issue(public, publication, issue)
    for page in (done.page, "index.html"):
        tree = etree.fromstring((public / page).read_bytes(), etree.HTMLParser(encoding="utf-8"))
        for name in ("src", "href"):
            for element in tree.iterfind(f".//*[@{name}]"):
                target, _, anchor = str(element.get(name)).partition("#")
                assert (public / unquote(urljoin(page, target))).is_file(), target
                assert not anchor or tree.find(f".//*[@id='{anchor}']") is not None
    base = publication.feed.url
    feed = feedparser.parse((public / done.feed).read_bytes())
    found = [feed.feed.image.href, *(entry.enclosures[0].href for entry in feed.entries)]
    for address in (*found, *(link.href for link in feed.feed.links if link.rel == "self")):
        assert address.startswith(base)
        assert (public / unquote(address.removeprefix(base))).is_file()
    assert feed.feed.link == f"{base}2023-04/"
    assert [entry.link.partition("#")[2] for entry in feed.entries] == [episode.guid for episode in issue.episodes]


def test_a_second_time_nothing_is_written(public: Path, publication: Publication, issue: PublishedIssue) -> None:
    """The same issue again changes nothing, not even a file's time."""
    publish_issue(public, publication, issue)
    before = {path: path.stat().st_mtime_ns for path in public.rglob("*")}
    again = publish_issue(public, publication, issue)
    assert again.changed == ()
    assert {path: path.stat().st_mtime_ns for path in public.rglob("*")} == before


def test_changed_sound_changes_feed_and_page(public: Path, publication: Publication, issue: PublishedIssue) -> None:
    """A new file for one article, of the same length, shows in the page and the feed, and nowhere else."""
    publish_issue(public, publication, issue)
    first, *others = issue.episodes
    new = replace(first, path="2023-04/episodes/01-harbour.aaaaaaaaaa.mp3")
    done = publish_issue(public, publication, replace(issue, episodes=(new, *others)))
    assert done.changed == ("2023-04/index.html", "2023-04/feed.xml")
    assert new.path in done.files
    assert first.path not in done.files


def test_a_changed_cover_has_a_new_name(public: Path, publication: Publication, issue: PublishedIssue) -> None:
    """Apps keep artwork by its address: other bytes get another one, in feed and pages."""
    publish_issue(public, publication, issue)
    done = publish_issue(public, publication, replace(issue, cover=COVER + b"!"))
    (cover,) = [path for path in done.changed if path.endswith(".jpg")]
    for path in (done.feed, done.page, "index.html"):
        assert Path(cover).name in (public / path).read_text()
    assert set(done.changed) == {cover, "2023-04/card.json", done.page, "index.html", done.feed}


def test_the_editions_page_lists_every_issue(public: Path, publication: Publication, issue: PublishedIssue) -> None:
    """A second issue joins the first on the edition's page, newest first; the first one's own files stay as
    they are.
    """
    first = publish_issue(public, publication, issue)
    files = {path: (public / path).stat().st_mtime_ns for path in first.files}
    publish_issue(public, publication, replace(issue, name="2023-05", title="May 2023", date=date(2023, 5, 1)))
    tree = etree.fromstring((public / "index.html").read_bytes(), etree.HTMLParser(encoding="utf-8"))
    links = [link.get("href") for link in tree.iterfind(".//main//a")]
    assert links == ["2023-05/index.html", "2023-04/index.html"]
    assert {path: (public / path).stat().st_mtime_ns for path in first.files} == files


def test_the_feeds_title_names_the_publication(public: Path, publication: Publication, issue: PublishedIssue) -> None:
    """Among other podcasts "April 2023" says nothing; a title that has the name already does not get it
    twice.
    """
    for title, expected in (("April 2023", "The Quay – April 2023"), ("the quay no 4", "the quay no 4")):
        done = publish_issue(public, publication, replace(issue, title=title))
        assert feedparser.parse((public / done.feed).read_bytes()).feed.title == expected


def test_an_issues_own_description_comes_first(public: Path, publication: Publication, issue: PublishedIssue) -> None:
    """Without one the publication's stands in, since Apple requires a description."""
    for own, expected in (("", "News from the harbour"), ("The vote", "The vote")):
        done = publish_issue(public, publication, replace(issue, description=own))
        assert feedparser.parse((public / done.feed).read_bytes()).feed.description == expected


def test_the_feed_comes_last(public: Path, publication: Publication, issue: PublishedIssue) -> None:
    """When a page cannot be written, the feed that is out there stays as it was."""
    done = publish_issue(public, publication, issue)
    old = (public / done.feed).read_bytes()
    (public / "index.html").unlink()
    (public / "index.html" / "in the way").mkdir(parents=True)
    with pytest.raises(WriteError, match=r"index\.html"):
        publish_issue(public, publication, replace(issue, title="Another", cover=COVER + b"!"))
    assert (public / done.feed).read_bytes() == old


def test_an_issue_without_episodes_writes_nothing(
    public: Path, publication: Publication, issue: PublishedIssue
) -> None:
    """There is no feed of nothing, and no page that announces one."""
    with pytest.raises(ValueError, match="at least one episode"):
        publish_issue(public, publication, replace(issue, episodes=()))
    assert not (public / "index.html").exists()
    assert not list(public.rglob("cover*"))
