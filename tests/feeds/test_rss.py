import io
from calendar import timegm
from dataclasses import replace
from datetime import UTC, datetime

import feedparser
import podcastparser
import pytest
from lxml import etree

from feeds.credits import credited
from feeds.episode import Episode
from feeds.rss import Channel, render_feed
from feeds.settings import FeedSettings, ShowType
from feeds.text import one_line
from tests.feeds.full import full

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://example.org/audio/"

AWKWARD = (
    "Fish & chips < 5 € > \"pub\" 'n' <b>grub</b>",
    "</title><script>alert(1)</script> ]]> &amp; &eacute;",
    "Été à l’œuvre : « 12\u202f000 € » – déjà\u00a0!",
    "🎙️👩‍🚀 emoji, עברית, 日本語, Ω",
    "mot " * 74 + "fini",
)


@pytest.fixture
def channel(settings: FeedSettings) -> Channel:
    return Channel(
        title="The Quay – April 2023",
        description="The harbour vote & the fish market.",
        language="en",
        path="2023-04/feed.xml",
        page="2023-04/index.html",
        image="2023-04/cover.0123456789.jpg",
        settings=settings,
        generator="vivavoce 0.1.0",
    )


def parsed(xml: bytes) -> etree._Element:
    channel = etree.fromstring(xml).find("channel")
    assert channel is not None
    return channel


def test_the_channel_has_every_tag_that_apple_requires(channel: Channel, episodes: tuple[Episode, ...]) -> None:
    """Title, description, link, language, category, explicit, artwork, author, owner: each once, with its
    value.
    """
    show = parsed(render_feed(channel, episodes))
    for path, text in {
        "title": "The Quay – April 2023",
        "description": "The harbour vote & the fish market.",
        "link": BASE + "2023-04/",
        "language": "en",
        "copyright": "© 2023 The Quay",
        "generator": "vivavoce 0.1.0",
        f"{ITUNES}explicit": "false",
        f"{ITUNES}author": "The Quay & Co",
        f"{ITUNES}owner/{ITUNES}name": "Hélène Lœuillet",
        f"{ITUNES}owner/{ITUNES}email": "editor@example.org",
        f"{ITUNES}type": "serial",
        f"{PODCAST}medium": "podcast",
    }.items():
        assert [element.text for element in show.findall(path)] == [text], path
    assert [image.get("href") for image in show.findall(f"{ITUNES}image")] == [BASE + "2023-04/cover.0123456789.jpg"]
    assert [category.get("text") for category in show.iterfind(f".//{ITUNES}category")] == [
        "Business",
        "Non-Profit",
    ]
    assert [dict(link.attrib) for link in show.findall(f"{ATOM}link")] == [
        {"href": BASE + "2023-04/feed.xml", "rel": "self", "type": "application/rss+xml"}
    ]


def test_each_item_has_what_apps_need(channel: Channel, episodes: tuple[Episode, ...]) -> None:
    """Title, description, guid, date, number, type, length, author, explicit, artwork and enclosure of each
    article.
    """
    items = parsed(render_feed(channel, episodes)).findall("item")
    assert [item.findtext("title") for item in items] == [episode.title for episode in episodes]
    item, french, bare = items
    guid, enclosure, image = item.find("guid"), item.find("enclosure"), item.find(f"{ITUNES}image")
    assert guid is not None and enclosure is not None and image is not None  # noqa: PT018
    assert (guid.text, guid.get("isPermaLink")) == (episodes[0].guid, "false")
    assert dict(enclosure.attrib) == {
        "url": BASE + "2023-04/episodes/01-harbour.0123456789.mp3",
        "length": "1234561",
        "type": "audio/mpeg",
    }
    assert image.get("href") == BASE + "2023-04/cover.0123456789.jpg"
    assert item.findtext("description") == "The council votes on Thursday."
    assert item.findtext("pubDate") == "Sat, 01 Apr 2023 05:00:00 +0000"
    assert item.findtext("link") == f"{BASE}2023-04/#{episodes[0].guid}"
    for name, text in {
        "author": "Jane Doe",
        "duration": "126",
        "episode": "1",
        "episodeType": "full",
        "explicit": "false",
    }.items():
        assert item.findtext(ITUNES + name) == text
    assert french.findtext("pubDate") == "Sat, 01 Apr 2023 05:01:00 +0000"
    assert french.findtext(f"{ITUNES}episode") == "2"
    assert bare.findtext("description") == bare.findtext("title")
    assert bare.findtext(f"{ITUNES}author") == "The Quay & Co"


def test_feedparser_reads_every_field_back(channel: Channel, episodes: tuple[Episode, ...]) -> None:
    """The reader behind many apps finds no fault, and every value that was put in."""
    feed = feedparser.parse(render_feed(channel, episodes))
    assert not feed.bozo
    show = feed.feed
    assert (show.title, show.link, show.language) == (channel.title, BASE + "2023-04/", "en")
    assert (show.author, show.image.href) == ("The Quay & Co", BASE + channel.image)
    assert (show.publisher_detail.name, show.publisher_detail.email) == (
        "Hélène Lœuillet",
        "editor@example.org",
    )
    assert [tag.term for tag in show.tags] == ["Business", "Non-Profit"]
    assert (show.itunes_type, show.rights) == ("serial", "© 2023 The Quay")
    assert show.itunes_explicit is None  # what feedparser makes of Apple's `false`: no warning
    assert show.updated_parsed == feed.entries[-1].published_parsed
    for entry, episode in zip(feed.entries, episodes, strict=True):
        assert (entry.title, entry.id, entry.guidislink) == (episode.title, episode.guid, False)
        assert entry.summary == (episode.description or episode.title)
        assert timegm(entry.published_parsed) == episode.published.timestamp()
        assert (entry.itunes_episode, entry.itunes_episodetype) == (str(episode.number), "full")
        assert entry.itunes_duration == str(round(episode.duration_s))
        assert entry.author == (credited(episode.author) or "The Quay & Co")
        assert entry.image.href == BASE + channel.image
        (enclosure,) = entry.enclosures
        assert (enclosure.href, enclosure.type) == (BASE + episode.path, "audio/mpeg")
        assert enclosure.length == str(episode.size_bytes)


def test_podcastparser_reads_every_field_back(channel: Channel, episodes: tuple[Episode, ...]) -> None:
    """So does gPodder's parser."""
    show = podcastparser.parse(BASE + channel.path, io.BytesIO(render_feed(channel, episodes)))
    assert (show["title"], show["description"]) == (channel.title, channel.description)
    assert (show["link"], show["cover_url"]) == (BASE + "2023-04/", BASE + channel.image)
    assert (show["itunes_author"], show["type"], show["explicit"]) == ("The Quay & Co", "serial", False)
    assert show["itunes_owner"] == {"name": "Hélène Lœuillet", "email": "editor@example.org"}
    assert (show["language"], show["generator"]) == ("en", "vivavoce 0.1.0")
    by_guid = {entry["guid"]: entry for entry in show["episodes"]}
    assert len(by_guid) == len(episodes)
    for episode in episodes:
        entry = by_guid[episode.guid]
        assert (entry["title"], entry["number"], entry["type"]) == (episode.title, episode.number, "full")
        assert entry["description"] == (episode.description or episode.title)
        assert entry["published"] == episode.published.timestamp()
        assert entry["total_time"] == round(episode.duration_s)
        assert (entry["explicit"], entry["episode_art_url"]) == (False, BASE + channel.image)
        assert entry["itunes_author"] == (credited(episode.author) or "The Quay & Co")
        assert entry["enclosures"] == [
            {"url": BASE + episode.path, "file_size": episode.size_bytes, "mime_type": "audio/mpeg"}
        ]


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_titles_come_back_as_they_were(channel: Channel, episodes: tuple[Episode, ...], text: str) -> None:
    """Markup, quotes, French spacing, emoji, other scripts and 300 characters: both readers show the same
    letters.
    """
    xml = render_feed(replace(channel, title=text), [replace(episodes[0], title=text, author=text)])
    show = feedparser.parse(xml)
    assert not show.bozo
    assert (show.feed.title, show.entries[0].title, show.entries[0].author) == (text, text, text)
    (entry,) = podcastparser.parse(BASE, io.BytesIO(xml))["episodes"]
    assert entry["title"] == podcastparser.squash_whitespace(text)


@pytest.mark.parametrize("text", [*AWKWARD, "if a<b then c>d", "&copy; is a sign"])
def test_awkward_descriptions_are_shown_letter_for_letter(
    channel: Channel, episodes: tuple[Episode, ...], text: str
) -> None:
    """A reader that takes descriptions for HTML, as most do, shows what was written, and runs nothing."""
    (entry,) = feedparser.parse(render_feed(channel, [replace(episodes[0], description=text)])).entries
    shown = etree.fromstring(f"<div>{entry.summary}</div>", etree.HTMLParser())
    assert "".join(str(part) for part in shown.itertext()) == text
    assert not shown.findall(".//script")


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_show_notes_are_shown_letter_for_letter(
    channel: Channel, episodes: tuple[Episode, ...], text: str
) -> None:
    """Readers get the notes as HTML, with every text in it as it was written, and nothing in it that runs."""
    episode = replace(full(episodes[0]), title=text, kicker=text, author=text, chapters=(("Start", 0.0), (text, 62.5)))
    xml = render_feed(channel, [episode])
    (entry,) = feedparser.parse(xml).entries
    (notes,) = (content.value for content in entry.content if content.type == "text/html")
    (other,) = podcastparser.parse(BASE, io.BytesIO(xml))["episodes"]
    for html in (notes, other["description_html"]):
        shown = etree.fromstring(f"<div>{html}</div>", etree.HTMLParser())
        texts = ["".join(map(str, element.itertext())) for element in shown.iter("p", "li")]
        assert texts.count(one_line(text)) == 2
        assert f"1:02 {one_line(text)}" in texts
        assert not shown.findall(".//script")


def test_articles_with_the_same_headline_are_two_episodes(channel: Channel, episodes: tuple[Episode, ...]) -> None:
    """Both readers keep them apart by their guids."""
    twins = [replace(episode, title="Letters") for episode in episodes[:2]]
    xml = render_feed(channel, twins)
    expected = {(episode.guid, "Letters") for episode in twins}
    assert {(entry.id, entry.title) for entry in feedparser.parse(xml).entries} == expected
    shows = podcastparser.parse(BASE, io.BytesIO(xml))["episodes"]
    assert {(entry["guid"], entry["title"]) for entry in shows} == expected


def test_an_item_knows_its_season_section_and_page(channel: Channel, episodes: tuple[Episode, ...]) -> None:
    """In the edition's feed each item leads to its own issue's page."""
    episode = replace(full(episodes[0]), page="2023-04/index.html", image="2023-04/c.jpg")
    (item,) = parsed(render_feed(replace(channel, page="index.html"), [episode])).findall("item")
    assert item.findtext("link") == f"{BASE}2023-04/#{episode.guid}"
    assert item.findtext(f"{ITUNES}season") == "7"
    assert item.findtext("category") == "Town & country"


def test_control_characters_do_not_break_the_feed(channel: Channel, episodes: tuple[Episode, ...]) -> None:
    """What XML cannot hold is left out of every text (settings with it are refused), and titles become one line."""
    dirty = "A\x00B\x1b \ud800C\ufffe\nD\x0b"
    settings = replace(channel.settings, author="AB C\nD", owner_name="AB\tC", copyright="AB\nC")
    xml = render_feed(
        replace(channel, title=dirty, description=dirty, settings=settings),
        [replace(episodes[0], title=dirty, description=dirty, author=dirty)],
    )
    show = parsed(xml)
    assert show.findtext("title") == show.findtext("item/title") == "AB C D"
    assert show.findtext("item/description") == "AB C\nD"
    assert show.findtext(f"item/{ITUNES}author") == show.findtext(f"{ITUNES}author") == "AB C D"


def test_the_same_input_gives_the_same_bytes(channel: Channel, episodes: tuple[Episode, ...]) -> None:
    """No clock and no chance: lastBuildDate is the newest episode's date."""
    xml = render_feed(channel, episodes)
    assert render_feed(channel, episodes) == xml
    assert parsed(xml).findtext("lastBuildDate") == "Sat, 01 Apr 2023 05:02:00 +0000"


def test_enclosure_addresses_are_percent_encoded(channel: Channel, episodes: tuple[Episode, ...]) -> None:
    """A file name with spaces, accents or signs becomes an address that any client can ask for."""
    odd = replace(episodes[0], path="n° 4/épisodes/a b#c?d%e:f&g.mp3", image="n° 4/é.png")
    (item,) = parsed(render_feed(channel, [odd])).findall("item")
    enclosure, image = item.find("enclosure"), item.find(f"{ITUNES}image")
    assert enclosure is not None and image is not None  # noqa: PT018
    assert enclosure.get("url") == BASE + "n%C2%B0%204/%C3%A9pisodes/a%20b%23c%3Fd%25e%3Af%26g.mp3"
    assert image.get("href") == BASE + "n%C2%B0%204/%C3%A9.png"


def test_settings_reach_the_feed(channel: Channel, episodes: tuple[Episode, ...]) -> None:
    """Explicit, type, site, and the podcast's own guid are as set; without a subcategory there is none."""
    settings = replace(
        channel.settings,
        explicit=True,
        type=ShowType.EPISODIC,
        link="https://example.org/",
        subcategory="",
        copyright="",
    )
    guid = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    show = parsed(render_feed(replace(channel, settings=settings, podcast_guid=guid), episodes))
    assert {element.text for element in show.iter(f"{ITUNES}explicit")} == {"true"}
    assert len(list(show.iter(f"{ITUNES}explicit"))) == 1 + len(episodes)
    assert show.findtext(f"{ITUNES}type") == "episodic"
    assert show.findtext("link") == "https://example.org/"
    assert show.findtext(f"{PODCAST}guid") == guid
    assert len(list(show.iter(f"{ITUNES}category"))) == 1
    assert show.find("copyright") is None


def test_what_cannot_be_a_feed_is_refused(channel: Channel, episodes: tuple[Episode, ...]) -> None:
    """No episode, or a time without a zone, is an error and not a feed with the clock's time in it."""
    with pytest.raises(ValueError, match="at least one episode"):
        render_feed(channel, [])
    naive = datetime(2023, 4, 1, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="timezone"):
        render_feed(channel, [replace(episodes[0], published=naive)])
