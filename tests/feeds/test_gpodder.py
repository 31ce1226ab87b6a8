"""gPodder, a podcast client that people use, takes a whole issue from its feed."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from feeds.episode import Episode
from feeds.leftovers import remove_leftovers
from feeds.settings import FeedSettings
from feeds.write import Publication, PublishedIssue, publish_issue
from tests.clients import GPO, gpo
from tests.feeds.full import full

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(GPO is None, reason="gPodder's gpo is not installed (Debian package gpodder)"),
]


def published(
    public: Path, url: str, settings: FeedSettings, episodes: tuple[Episode, ...], day: date = date(2023, 4, 1)
) -> str:
    """The address of the feed of an issue with these episodes, whose sound is made up."""
    real = []
    for episode in episodes:
        sound = b"\xff\xfb\x90\x00" + episode.path.encode() * 2000
        (public / episode.path).parent.mkdir(parents=True, exist_ok=True)
        (public / episode.path).write_bytes(sound)
        real.append(replace(full(episode), size_bytes=len(sound)))
    publication = Publication("The Quay & Co", "", "en", replace(settings, url=url), "vivavoce 0.1.0", "quay")
    issue = PublishedIssue(f"{day:%Y-%m}", f"Numéro « {day:%m} »", day, b"cover", tuple(real))
    done = publish_issue(public, publication, issue)
    remove_leftovers(public, done)
    return url + done.feed


def test_gpodder_subscribes_and_downloads_every_episode(
    tmp_path: Path, served: tuple[Path, str], settings: FeedSettings, episodes: tuple[Episode, ...]
) -> None:
    """Subscribe, list, download: every episode arrives byte for byte, under its headline."""
    public, url = served
    feed = published(public, url, settings, episodes)
    gpo(tmp_path, "subscribe", feed)
    listed = gpo(tmp_path, "episodes", "--guid", feed)
    for episode in episodes:
        assert episode.guid in listed
        assert episode.title in listed
    assert "3 episodes downloaded" in gpo(tmp_path, "download")
    arrived = {path.name: path.read_bytes() for path in (tmp_path / "downloads").rglob("*.mp3")}
    assert arrived == {Path(episode.path).name: (public / episode.path).read_bytes() for episode in episodes}


def test_gpodder_keeps_an_episode_whose_sound_changed(
    tmp_path: Path, served: tuple[Path, str], settings: FeedSettings, episodes: tuple[Episode, ...]
) -> None:
    """After an article is read anew, its episode is still the same one: none is new, none is doubled."""
    public, url = served
    feed = published(public, url, settings, episodes)
    gpo(tmp_path, "subscribe", feed)
    gpo(tmp_path, "download")
    first, *others = episodes
    changed = replace(first, path="2023-04/episodes/01-harbour.aaaaaaaaaa.mp3", title="A newer harbour")
    assert published(public, url, settings, (changed, *others)) == feed
    # Last-Modified counts in whole seconds, and the two builds of this test can fall into one.
    later = (public / "2023-04" / "feed.xml").stat().st_mtime + 5
    os.utime(public / "2023-04" / "feed.xml", (later, later))
    gpo(tmp_path, "update")
    listed = gpo(tmp_path, "episodes", "--guid", feed)
    assert listed.count("harbour") == listed.count("A newer harbour") == 1
    assert listed.count(first.guid) == 1


def test_gpodder_downloads_what_changed_and_keeps_what_was_withdrawn_out(
    tmp_path: Path, served: tuple[Path, str], settings: FeedSettings, episodes: tuple[Episode, ...]
) -> None:
    """A listener who comes after the change gets the new sound, and nothing of the article that was withdrawn."""
    public, url = served
    published(public, url, settings, episodes)
    first, gone, last = episodes
    changed = replace(first, path="2023-04/episodes/01-harbour.aaaaaaaaaa.mp3")
    feed = published(public, url, settings, (changed, last))
    gpo(tmp_path, "subscribe", feed)
    assert "2 episodes downloaded" in gpo(tmp_path, "download")
    assert gone.guid not in gpo(tmp_path, "episodes", "--guid", feed)
    arrived = {path.name for path in (tmp_path / "downloads").rglob("*.mp3")}
    assert arrived == {"01-harbour.aaaaaaaaaa.mp3", Path(last.path).name}
    assert not (public / gone.path).exists()


def test_gpodder_reads_the_whole_archive(
    tmp_path: Path, served: tuple[Path, str], settings: FeedSettings, episodes: tuple[Episode, ...]
) -> None:
    """From the edition's feed it follows the pages: 130 episodes of five issues, of which feed.xml has 78."""
    public, url = served
    guids = set()
    for month in range(1, 6):
        issue = f"2023-{month:02}"
        some = [
            replace(episodes[0], guid=f"{issue}-{number:02}", number=number, path=f"{issue}/episodes/{number}.0.mp3")
            for number in range(1, 27)
        ]
        guids |= {episode.guid for episode in some}
        published(public, url, settings, tuple(some), date(2023, month, 1))
    assert (public / "feed.xml").read_text().count("<item>") == 78
    gpo(tmp_path, "subscribe", url + "feed.xml")
    listed = gpo(tmp_path, "episodes", "--guid", url + "feed.xml")
    assert [guid for guid in sorted(guids) if listed.count(guid) != 1] == []
