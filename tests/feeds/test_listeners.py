"""newsboat and podget, which people follow feeds with, take an issue from its feed and see what changes."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from feeds.episode import Episode
from feeds.leftovers import remove_leftovers
from feeds.settings import FeedSettings
from feeds.write import Publication, Published, PublishedIssue, publish_issue
from tests.feeds.full import full
from tests.listeners import newsboat, podget

pytestmark = pytest.mark.slow

TITLES = ("Fish & chips < 5 € > \"pub\" 'n' grub", "🎙️ « Été »", "mot " * 74 + "fini", "🎙️ « Été »")


@pytest.fixture
def spoken(episodes: tuple[Episode, ...]) -> tuple[Episode, ...]:
    """Episodes with awkward titles, two of them the same, and everything else that an episode can have."""
    four = (*episodes, replace(episodes[0], guid="another", number=4, path="2023-04/episodes/04-other.0123456789.mp3"))
    return tuple(replace(full(episode), title=title) for episode, title in zip(four, TITLES, strict=True))


def published(public: Path, url: str, settings: FeedSettings, episodes: tuple[Episode, ...]) -> Published:
    """The issue with made-up sound, and without what an earlier build left."""
    real = []
    for episode in episodes:
        sound = b"\xff\xfb\x90\x00" + episode.path.encode() * 2000
        (public / episode.path).parent.mkdir(parents=True, exist_ok=True)
        (public / episode.path).write_bytes(sound)
        real.append(replace(episode, size_bytes=len(sound)))
    publication = Publication("The Quay & Co", "", "en", replace(settings, url=url), "vivavoce 0.1.0", "quay")
    issue = PublishedIssue("2023-04", "Avril « 2023 »", date(2023, 4, 1), b"cover", tuple(real))
    done = publish_issue(public, publication, issue)
    remove_leftovers(public, done)
    return done


@pytest.mark.parametrize("feed", ["2023-04/feed.xml", "feed.xml"])
def test_newsboat_reads_every_episode(
    feed: str, tmp_path: Path, served: tuple[Path, str], settings: FeedSettings, spoken: tuple[Episode, ...]
) -> None:
    """Titles letter for letter, guids, sound, and the notes as HTML; twins stay two."""
    public, url = served
    published(public, url, settings, spoken)
    entries = newsboat(tmp_path, url + feed)
    found = {(entry.guid, entry.title, entry.enclosure) for entry in entries}
    assert found == {(episode.guid, episode.title, url + episode.path) for episode in spoken}
    assert all("<li>1:02 A &amp; B &lt; C</li>" in entry.notes for entry in entries)


def test_newsboat_knows_a_changed_episode_again(
    tmp_path: Path, served: tuple[Path, str], settings: FeedSettings, spoken: tuple[Episode, ...]
) -> None:
    """After one article was changed there are as many episodes as before, under the same guids."""
    public, url = served
    feed = url + published(public, url, settings, spoken).feed
    before = newsboat(tmp_path, feed)
    first, *others = spoken
    changed = replace(first, title="Corrected", path="2023-04/episodes/01-harbour.aaaaaaaaaa.mp3")
    published(public, url, settings, (changed, *others))
    # Last-Modified counts in whole seconds, and the two builds of this test can fall into one.
    later = (public / "2023-04" / "feed.xml").stat().st_mtime + 5
    os.utime(public / "2023-04" / "feed.xml", (later, later))
    after = newsboat(tmp_path, feed)
    assert {entry.guid for entry in after} == {entry.guid for entry in before}
    assert [entry.title for entry in after if entry.guid == first.guid] == ["Corrected"]


def test_podget_downloads_every_episode_once(
    tmp_path: Path, served: tuple[Path, str], settings: FeedSettings, spoken: tuple[Episode, ...]
) -> None:
    """Byte for byte, the enclosure only and none of its other formats; and after a change only the changed one."""
    public, url = served
    feed = url + published(public, url, settings, spoken).feed
    arrived = podget(tmp_path, feed)
    assert arrived == {Path(episode.path).name: (public / episode.path).read_bytes() for episode in spoken}
    first, *others = spoken
    changed = replace(first, path="2023-04/episodes/01-harbour.aaaaaaaaaa.mp3")
    published(public, url, settings, (changed, *others))
    assert podget(tmp_path, feed).keys() - arrived.keys() == {"01-harbour.aaaaaaaaaa.mp3"}
