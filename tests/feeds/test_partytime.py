"""podcast-partytime, with which the Podcast Index reads feeds, understands every element of the podcast: namespace."""

import json
from dataclasses import replace
from typing import Any

import pytest

from feeds.channel import Channel
from feeds.episode import Episode
from feeds.rss import render_feed
from feeds.settings import FeedSettings
from tests.feeds.full import full
from tests.oracles.npm import node

pytestmark = pytest.mark.slow

BASE = "https://example.org/audio/"
TITLE = "Fish & chips < 5 € > \"pub\" 'n' – « déjà »"
GUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"


@pytest.fixture(scope="module")
def read() -> Any:
    """A function that gives what podcast-partytime makes of a feed."""
    return lambda xml: json.loads(node("read_feed.js", input=xml.decode()))


@pytest.fixture
def show(read: Any, settings: FeedSettings, episodes: tuple[Episode, ...]) -> Any:
    """A feed with everything in it, as it was read."""
    settings = replace(
        settings, license="cc-by-4.0", hub="https://hub.example.org/", funding="https://example.org/give"
    )
    channel = Channel(
        TITLE, "News & more", "en", "feed.xml", "index.html", "2023-04/cover.0.jpg", settings, "vivavoce 0.1.0", GUID,
        links=(("next", "feed-1.xml"),),
    )  # fmt: skip
    return read(render_feed(channel, [full(episode) for episode in episodes]))


def test_the_channel_is_read_back(show: Any, settings: FeedSettings) -> None:
    """Guid, lock with its owner, medium, licence, funding, picture, people, hub and next page."""
    assert (show["title"], show["guid"], show["medium"]) == (TITLE, GUID, "podcast")
    assert (show["locked"], show["podcastOwner"], show["explicit"]) == (True, settings.owner_email, False)
    assert show["license"]["identifier"] == "cc-by-4.0"
    assert show["podcastFunding"] == [{"message": "Support", "url": "https://example.org/give"}]
    assert show["podcastImages"][0]["parsed"] == {"url": BASE + "2023-04/cover.0.jpg", "width": 3000}
    assert [person["name"] for person in show["podcastPeople"]] == ["joe", "siwis"]
    assert show["pubsub"] == {
        "self": BASE + "feed.xml",
        "hub": "https://hub.example.org/",
        "next": BASE + "feed-1.xml",
    }
    assert show["podcastSeasons"] == {"7": {"number": 7, "name": 'April "2023" & more'}}


def test_every_episode_is_read_back(show: Any, episodes: tuple[Episode, ...]) -> None:
    """Transcripts with their language, chapters, soundbite, people, season, number, and other formats with hashes."""
    assert len(show["items"]) == len(episodes)
    for item, episode in zip(show["items"], map(full, episodes), strict=True):
        assert (item["guid"], item["title"]) == (episode.guid, episode.title)
        assert [(each["url"], each["type"], each["language"]) for each in item["podcastTranscripts"]] == [
            (BASE + file.path, file.mime_type, episode.language) for file in episode.transcripts
        ]
        assert item["podcastChapters"] == {"url": BASE + episode.chapters_path, "type": "application/json+chapters"}
        assert item["podcastSoundbites"] == [{"startTime": 1.25, "duration": 17.5, "title": "Boats & nets."}]
        assert [(person["role"], person["group"]) for person in item["podcastPeople"]] == [
            ("Author", "Writing"),
            ("Narrator", "Cast"),
            ("Narrator", "Cast"),
        ]
        assert item["podcastSeason"] == {"number": 7, "name": 'April "2023" & more'}
        assert item["podcastEpisode"] == {"number": episode.number}
        same, *others = item["alternativeEnclosures"]
        assert (same["source"][0]["uri"], same["default"]) == (BASE + episode.path, True)
        assert [(other["type"], other["length"], other["bitrate"]) for other in others] == [
            ("audio/mp4", 900_001, 64_000),
            ("audio/ogg", 500_002, 32_000),
        ]
        assert all(each["integrity"]["value"].startswith("sha256-") for each in (same, *others))


def test_what_is_supported_is_supported_in_full(show: Any) -> None:
    """It names the elements that it knows: all that were written are among them."""
    names = {name for phase in show["pc20support"].values() for name in phase}
    assert names >= {
        "locked", "funding", "transcript", "chapters", "soundbite", "person", "season", "episode", "license", "guid",
        "alternateEnclosure", "medium", "images",
    }  # fmt: skip
