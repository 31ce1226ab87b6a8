from collections.abc import Callable

import pytest

from feeds.rules.check import RULE_NAMES, check_feed

GOOD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
  xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:atom="http://www.w3.org/2005/Atom"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>La Gazette</title>
<description>Town life.</description>
<link>https://example.org/</link>
<language>fr</language>
<atom:link rel="self" href="https://example.org/feed.xml"/>
<itunes:author>The newsroom</itunes:author>
<itunes:category text="News"/>
<itunes:explicit>false</itunes:explicit>
<itunes:image href="https://example.org/cover.jpg"/>
<itunes:type>serial</itunes:type>
<podcast:guid>ead4c236-bf58-58c6-a2c6-a6b28d128cb6</podcast:guid>
<podcast:locked owner="audio@example.org">yes</podcast:locked>
<podcast:medium>podcast</podcast:medium>
<item>
<title>The harbour</title>
<link>https://example.org/1</link>
<description>Boats.</description>
<guid isPermaLink="false">one</guid>
<pubDate>Sun, 01 Nov 2026 05:00:00 +0000</pubDate>
<enclosure url="https://example.org/a.mp3" length="1000" type="audio/mpeg"/>
<itunes:duration>60</itunes:duration>
<itunes:episode>1</itunes:episode>
<itunes:episodeType>full</itunes:episodeType>
<itunes:explicit>false</itunes:explicit>
<itunes:image href="https://example.org/a.jpg"/>
<podcast:season name="November">1</podcast:season>
<podcast:person role="narrator">en_US-joe-medium</podcast:person>
<podcast:transcript url="https://example.org/a.vtt" type="text/vtt" language="en"/>
<podcast:chapters url="https://example.org/a.json" type="application/json+chapters"/>
<podcast:soundbite startTime="2.0" duration="10.0">Boats</podcast:soundbite>
<podcast:alternateEnclosure type="audio/ogg" length="9"><podcast:source uri="https://example.org/a.opus"/>
<podcast:integrity type="sri" value="sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="/></podcast:alternateEnclosure>
</item>
<item>
<title>The market</title>
<link>https://example.org/2</link>
<description>Stalls.</description>
<guid isPermaLink="false">two</guid>
<pubDate>Sun, 01 Nov 2026 05:01:00 +0000</pubDate>
<enclosure url="https://example.org/b.mp3" length="1000" type="audio/mpeg"/>
<itunes:duration>1:30</itunes:duration>
<itunes:episode>2</itunes:episode>
<itunes:explicit>false</itunes:explicit>
<itunes:image href="https://example.org/a.jpg"/>
<podcast:transcript url="https://example.org/b.vtt" type="text/vtt"/>
</item>
</channel></rss>
"""


def rules(feed: str) -> set[str]:
    return {finding.rule for finding in check_feed(feed.encode(), "feed.xml").findings}


def test_a_good_feed_has_no_finding() -> None:
    """Nothing is asked that no standard asks."""
    assert check_feed(GOOD.encode(), "feed.xml").findings == ()


def swap(old: str, new: str) -> Callable[[str], str]:
    def swapped(feed: str) -> str:
        assert old in feed
        return feed.replace(old, new, 1)

    return swapped


BROKEN = {
    "rss/channel": swap("<description>Town life.</description>", ""),
    "rss/encoding": swap('encoding="UTF-8"', 'encoding="ISO-8859-1"'),
    "rss/episodes": lambda feed: feed[: feed.index("<item>")] + "</channel></rss>",
    "rss/dates": swap("Sun, 01 Nov 2026 05:00:00 +0000", "2026-11-01"),
    "rss/enclosures": swap('length="1000"', 'length="about 1 MB"'),
    "rss/addresses": swap("https://example.org/a.jpg", "a.jpg"),
    "rss/guids-differ": swap(">two</guid>", ">one</guid>"),
    "rss/feed": lambda feed: feed[:-20],
    "apple/required": swap('<itunes:image href="https://example.org/cover.jpg"/>', ""),
    "apple/recommended": swap("<itunes:duration>60</itunes:duration>", ""),
    "apple/explicit": swap("<itunes:explicit>false", "<itunes:explicit>no"),
    "apple/category": swap('text="News"', 'text="Newses"'),
    "apple/type": swap("<itunes:episode>2</itunes:episode>", ""),
    "apple/numbers": swap("<itunes:episode>2<", "<itunes:episode>0<"),
    "apple/media-types": swap("a.mp3", "a.ogg"),
    "apple/duration": swap(">60<", ">a minute<"),
    "apple/description-length": swap("Boats.", "é" * 2001),
    "apple/order": swap("05:01:00", "04:01:00"),
    "psp-1/namespaces": swap('xmlns:content="http://purl.org/rss/1.0/modules/content/"', ""),
    "psp-1/channel": swap("<language>fr</language>", ""),
    "psp-1/self-link": swap('rel="self"', 'rel="alternate"'),
    "psp-1/episodes": swap('<guid isPermaLink="false">one</guid>', ""),
    "psp-1/recommended": swap("<podcast:locked", "<podcast:unlocked").__call__,
    "podcasting-2.0/guid": swap("ead4c236-bf58-58c6", "ead4c236-bf58-48c6"),
    "podcasting-2.0/locked": swap(">yes</podcast:locked>", ">true</podcast:locked>"),
    "podcasting-2.0/medium": swap(">podcast<", ">magazine<"),
    "podcasting-2.0/transcripts": swap('type="text/vtt" language', 'type="vtt" language'),
    "podcasting-2.0/chapters": swap("application/json+chapters", "text/xml"),
    "podcasting-2.0/persons": swap(">en_US-joe-medium<", "><"),
    "podcasting-2.0/numbers": swap('name="November">1<', 'name="November">one<'),
    "podcasting-2.0/soundbites": swap('startTime="2.0"', 'startTime="55.0"'),
    "podcasting-2.0/alternate-enclosures": swap("sha256-47DE", "sha256-47D"),
}
BROKEN["psp-1/recommended"] = swap('<podcast:locked owner="audio@example.org">yes</podcast:locked>', "")


@pytest.mark.parametrize("rule", BROKEN)
def test_each_rule_finds_what_it_is_for(rule: str) -> None:
    """A good feed with one thing broken is told by that rule's name."""
    assert rule in rules(BROKEN[rule](GOOD))


def test_every_rule_for_any_feed_is_tried_here() -> None:
    """A rule that nobody ever broke may be one that finds nothing."""
    assert set(BROKEN) == {name for name in RULE_NAMES if not name.startswith("vivavoce/")}


def test_a_finding_names_the_line() -> None:
    """The line is that of the element in the file."""
    feed = BROKEN["apple/explicit"](GOOD)
    found = check_feed(feed.encode(), "feed.xml").findings[0]
    assert "itunes:explicit" in feed.splitlines()[found.line - 1]
    assert "true or false" in found.message


def test_entities_and_outside_files_are_not_read() -> None:
    """A feed made to swell, or to read this machine's files, is data that does neither."""
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    outside = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    for prologue in (bomb, outside):
        feed = GOOD.replace("?>\n", f"?>\n{prologue}\n", 1).replace("La Gazette", "x&a;y")
        messages = " ".join(finding.message for finding in check_feed(feed.encode(), "feed.xml").findings)
        assert "aaaaaaaaaa" not in messages


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"<html/>", b"not a feed", "\ufeff".encode(), b"<rss/>"])
def test_what_is_no_feed_is_one_finding(data: bytes) -> None:
    """Whatever the file holds, it is told in one line."""
    assert [finding.rule for finding in check_feed(data, "feed.xml").findings] == ["rss/feed"]


@pytest.mark.parametrize("length", ["0", "00", "-1", "1.5", "²"])
def test_a_length_is_a_number_of_bytes(length: str) -> None:
    """Nothing, and what only looks like a number, is found."""
    assert "rss/enclosures" in rules(GOOD.replace('length="1000"', f'length="{length}"', 1))


def test_seasons_may_come_in_any_order() -> None:
    """An older issue that is published later is no finding; two episodes of one season the wrong way round are."""
    one, two = "Sun, 01 Nov 2026 05:00:00 +0000", "Sun, 01 Nov 2026 05:01:00 +0000"
    assert one in GOOD
    assert two in GOOD
    other_way = GOOD.replace(one, "@").replace(two, one).replace("@", two)
    assert "apple/order" in rules(other_way)
    # Its first item is then of a season of its own, the second of none.
    seasons = other_way.replace("<pubDate>", "<itunes:season>2</itunes:season><pubDate>", 1)
    assert "apple/order" not in rules(seasons)
