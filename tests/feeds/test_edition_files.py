from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import feedparser
import pytest

from feeds.built_record import built_files, remember_built, untouched
from feeds.episode import Episode
from feeds.settings import FeedSettings
from feeds.shelf import CARD_FORMAT, CARD_NAME, IssueCard, card_bytes
from feeds.write import Publication, publish_edition

PAGES = ["feed-1.xml", "feed-2.xml"]


@pytest.fixture
def publication(settings: FeedSettings) -> Publication:
    return Publication("The Quay", "News", "en", settings, "vivavoce 0.1.0", "quay")


def put(public: Path, number: int, episode: Episode) -> None:
    """An issue's card: forty episodes like this one."""
    name, day = f"{number:02}", date(2020, 1, 1) + timedelta(weeks=number)
    card = IssueCard(
        name, name, day, f"{name}/c.jpg", 40, 40.0, CARD_FORMAT, number, ("en",), (("", f"{name}/feed.xml"),)
    )
    some = [replace(episode, guid=f"{name}-{each:02}", number=each) for each in range(1, 41)]
    (public / name).mkdir(parents=True, exist_ok=True)
    (public / name / CARD_NAME).write_bytes(card_bytes(card, some))


@pytest.fixture
def public(tmp_path: Path, episodes: tuple[Episode, ...]) -> Path:
    for number in range(1, 7):
        put(tmp_path / "public", number, episodes[0])
    return tmp_path / "public"


def test_the_archive_has_what_the_feed_no_longer_has(public: Path, publication: Publication) -> None:
    """Six issues of forty: two in the feed, newest first, and in pages of two with each issue in running order."""
    publish_edition(public, publication)
    issues = {
        path: [entry.id.partition("-")[0] for entry in feedparser.parse((public / path).read_bytes()).entries][::40]
        for path in (*PAGES, "feed.xml")
    }
    assert issues == {"feed-1.xml": ["02", "01"], "feed-2.xml": ["04", "03"], "feed.xml": ["06", "05"]}
    feed = feedparser.parse((public / "feed-1.xml").read_bytes())
    assert [entry.itunes_episode for entry in feed.entries[:3]] == ["1", "2", "3"]
    assert not feed.bozo
    guids = {feedparser.parse((public / path).read_bytes()).feed.podcast_guid for path in (*PAGES, "feed.xml")}
    assert len(guids) == 1


def test_only_the_page_that_changed_is_made_anew(
    public: Path, publication: Publication, episodes: tuple[Episode, ...]
) -> None:
    """An old issue that is built again changes its own page of the archive, and no other."""
    publish_edition(public, publication)
    assert publish_edition(public, publication).changed == ()
    put(public, 1, replace(episodes[0], title="Corrected"))
    assert publish_edition(public, publication).changed == ("feed-1.xml",)
    assert b"Corrected" in (public / "feed-1.xml").read_bytes()


def test_another_setting_makes_every_page_anew(public: Path, publication: Publication) -> None:
    """A page of the archive is as the settings are, wherever it was made before."""
    publish_edition(public, publication)
    moved = replace(publication, feed=replace(publication.feed, url="https://example.com/"))
    assert set(publish_edition(public, moved).changed) >= {*PAGES, "feed.xml", "opml.xml"}
    for path in PAGES:
        assert b"example.org/audio" not in (public / path).read_bytes()


def test_a_page_that_was_lost_comes_back(public: Path, publication: Publication) -> None:
    """Byte for byte."""
    publish_edition(public, publication)
    before = (public / "feed-1.xml").read_bytes()
    (public / "feed-1.xml").unlink()
    assert publish_edition(public, publication).changed == ("feed-1.xml",)
    assert (public / "feed-1.xml").read_bytes() == before


def test_a_page_that_somebody_touched_is_made_anew(public: Path, publication: Publication, tmp_path: Path) -> None:
    """It may have been written by a build that was killed before it could remember it: what it holds is looked at."""
    done = publish_edition(public, publication)
    remember_built(tmp_path, public, done.edition)
    assert untouched(tmp_path, public) == set(done.edition)
    page = public / "feed-2.xml"
    right = page.read_bytes()
    page.write_bytes(right.replace(b"<title>", b"<title>!"))
    assert untouched(tmp_path, public) == set(done.edition) - {"feed-2.xml"}
    assert publish_edition(public, publication, untouched=PAGES).unread == ("feed-1.xml", "feed-2.xml")
    done = publish_edition(public, publication, untouched=untouched(tmp_path, public))
    assert (done.changed, done.unread) == (("feed-2.xml",), ("feed-1.xml",))
    assert page.read_bytes() == right


def test_a_page_of_which_nothing_is_known_is_made_anew(public: Path, publication: Publication, tmp_path: Path) -> None:
    """It may be damaged: kept as it lies, it would count as what was built for ever. What is left unread and unknown
    all the same stays unknown.
    """
    publish_edition(public, publication)
    page = public / "feed-1.xml"
    right = page.read_bytes()
    page.write_bytes(right.replace(b"<title>", b"<title>!"))
    done = publish_edition(public, publication, untouched=PAGES)
    remember_built(tmp_path, public, done.edition, unread=done.unread)
    assert not built_files(tmp_path, public).keys() & set(PAGES)
    done = publish_edition(public, publication, untouched=untouched(tmp_path, public))
    assert (done.changed, done.unread) == (("feed-1.xml",), ())
    assert page.read_bytes() == right


def test_an_edition_without_issues_has_a_page_and_a_list(tmp_path: Path, publication: Publication) -> None:
    """There is no feed of nothing, and nothing that leads to one."""
    written = publish_edition(tmp_path, publication).changed
    assert {"index.html", "opml.xml"} < set(written)
    assert not (tmp_path / "feed.xml").exists()
    assert not any("feed.xml" in (tmp_path / path).read_text() for path in ("index.html", "opml.xml"))
