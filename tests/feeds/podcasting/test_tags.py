import base64
from dataclasses import replace

import feedparser
import pytest
from lxml import etree

from feeds.channel import Channel
from feeds.episode import Episode
from feeds.podcasting.show import VOICES
from feeds.rss import render_feed
from feeds.settings import FeedSettings
from tests.feeds.full import SHA256, full

PODCAST = "{https://podcastindex.org/namespace/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
BASE = "https://example.org/audio/"


@pytest.fixture
def channel(settings: FeedSettings) -> Channel:
    return Channel(
        "The Quay", "News", "fr", "feed.xml", "index.html", "2023-04/cover.0.jpg", settings, "vivavoce 0.1.0"
    )


def parsed(channel: Channel, *episodes: Episode) -> etree._Element:
    found = etree.fromstring(render_feed(channel, episodes)).find("channel")
    assert found is not None
    return found


def test_licence_funding_hub_and_frequency_are_written_where_they_are_set(
    channel: Channel, episodes: tuple[Episode, ...]
) -> None:
    """Each setting makes its element, and an edition that sets none has none of them."""
    bare = parsed(channel, *episodes)
    for name in ("license", "funding", "updateFrequency"):
        assert bare.find(PODCAST + name) is None
    settings = replace(
        channel.settings,
        license="CC-BY-4.0",
        hub="https://hub.example.org/",
        funding="https://example.org/give",
        frequency="quarterly",
        locked=False,
    )
    show = parsed(replace(channel, settings=settings), *episodes)
    assert show.findtext(PODCAST + "license") == "cc-by-4.0"
    funding, often = show.find(PODCAST + "funding"), show.find(PODCAST + "updateFrequency")
    assert funding is not None and often is not None  # noqa: PT018
    assert (funding.get("url"), funding.text) == ("https://example.org/give", "Soutenir")
    assert (often.get("rrule"), often.text) == ("FREQ=MONTHLY;INTERVAL=3", "Quatre fois par an")
    assert [link.get("href") for link in show.findall(f"{ATOM}link[@rel='hub']")] == ["https://hub.example.org/"]
    assert (bare.findtext(PODCAST + "locked"), show.findtext(PODCAST + "locked")) == ("yes", "no")


def test_a_whole_issue_says_so(channel: Channel, episodes: tuple[Episode, ...]) -> None:
    """No more articles come (Podcasting 2.0), every one is in the feed (RFC 5005) so that a withdrawn one is gone; but
    apps are not told to stop asking, for a correction may come.
    """
    show = parsed(replace(channel, whole=True, complete=True), *episodes)
    often = show.find(PODCAST + "updateFrequency")
    assert often is not None
    assert (often.get("complete"), often.text) == ("true", "Numéro complet")
    assert show.find(HISTORY + "complete") is not None
    assert not [element for element in show.iter("{*}complete") if "itunes" in str(element.tag)]


def test_pages_of_a_feed_are_linked(channel: Channel, episodes: tuple[Episode, ...]) -> None:
    """Relations become absolute links, and an archive is marked as one."""
    links = (("next", "feed-2.xml"), ("prev-archive", "feed-2.xml"))
    xml = render_feed(replace(channel, links=links, archive=True), episodes)
    found = {link.rel: link.href for link in feedparser.parse(xml).feed.links}
    assert found["next"] == found["prev-archive"] == BASE + "feed-2.xml"
    assert found["self"] == BASE + "feed.xml"
    assert etree.fromstring(xml).find(f"channel/{HISTORY}archive") is not None


def test_integrity_is_the_files_own_hash(channel: Channel, episodes: tuple[Episode, ...]) -> None:
    """The enclosure comes first, as the default, then the other formats; each hash decodes to the file's sha256."""
    (item,) = parsed(channel, full(episodes[0])).findall("item")
    others = item.findall(PODCAST + "alternateEnclosure")
    assert [other.get("type") for other in others] == ["audio/mpeg", "audio/mp4", "audio/ogg"]
    assert [other.get("default") for other in others] == ["true", None, None]
    enclosure, source = item.find("enclosure"), others[0].find(PODCAST + "source")
    assert enclosure is not None and source is not None  # noqa: PT018
    assert source.get("uri") == enclosure.get("url")
    hashes = []
    for other in others:
        integrity = other.find(PODCAST + "integrity")
        assert integrity is not None
        assert integrity.get("type") == "sri"
        digest = str(integrity.get("value")).removeprefix("sha256-")
        hashes.append(base64.b64decode(digest, validate=True).hex())
    assert hashes == [SHA256, "1a" * 32, "2b" * 32]


def test_no_element_is_written_for_what_is_not_known(channel: Channel, episodes: tuple[Episode, ...]) -> None:
    """An episode without transcript, chapters, formats and season has no empty elements in their place."""
    (item,) = parsed(channel, episodes[2]).findall("item")
    names = [element.tag.removeprefix(PODCAST) for element in item if element.tag.startswith(PODCAST)]
    assert names == ["episode", "txt"]


def test_every_voice_is_declared_synthetic(channel: Channel, episodes: tuple[Episode, ...]) -> None:
    """On the channel and each item, for programs, and where each narrator's address leads, for people."""
    show = parsed(channel, *map(full, episodes))
    marks = [show.find(PODCAST + "txt"), *(item.find(PODCAST + "txt") for item in show.findall("item"))]
    assert [(mark.get("purpose"), mark.text) for mark in marks if mark is not None] == [("ai-content", "true")] * 4
    about = {person.get("href") for person in show.iterfind(f".//{PODCAST}person[@role='narrator']")}
    assert about == {f"{BASE}#{VOICES}"}
    authors = [item.findtext(f"{PODCAST}person[@role='author']") for item in show.findall("item")]
    assert authors == ["Jane Doe", "Zoé", "Ann Example & Co"]


def test_a_narrator_has_one_name_everywhere(channel: Channel, episodes: tuple[Episode, ...]) -> None:
    """In a channel and in items of any language, in the feed of each language too: apps group people by their names."""
    names = {
        tuple(str(person.text) for person in parent.findall(f"{PODCAST}person[@role='narrator']"))
        for language in ("en", "fr")
        for show in [parsed(replace(channel, language=language), *map(full, episodes))]
        for parent in (show, *show.findall("item"))
    }
    assert names == {("joe", "siwis")}


def test_each_author_is_a_person(channel: Channel, episodes: tuple[Episode, ...]) -> None:
    """By their names alone, so that an app can list all that each of them wrote; who took the pictures is none."""
    byline = "Par Claire Fontanel, Luc Brun et Zoé ; photos : Ann Bell"
    (item,) = parsed(channel, replace(episodes[1], author=byline)).findall("item")
    people = [(person.text, person.get("group")) for person in item.findall(f"{PODCAST}person[@role='author']")]
    assert people == [("Claire Fontanel", "writing"), ("Luc Brun", "writing"), ("Zoé", "writing")]


def test_names_are_cut_to_what_the_namespace_allows(channel: Channel, episodes: tuple[Episode, ...]) -> None:
    """128 characters, beyond which apps may cut where they like."""
    long = "mot " * 74 + "fini"
    odd = replace(full(episodes[0]), author=long, season_name=long, soundbite=(0.0, 20.0, long))
    (item,) = parsed(channel, odd).findall("item")
    season = item.find(PODCAST + "season")
    assert season is not None
    assert len(str(season.get("name"))) == 128
    assert len(str(item.findtext(PODCAST + "soundbite"))) == 128
    assert len(str(item.findtext(PODCAST + "person"))) == 128
