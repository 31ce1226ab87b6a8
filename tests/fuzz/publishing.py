"""What is published, under test: `check` on anybody's feeds, and texts as feeds and pages show them."""

from lxml import etree, html

from feeds.rules.check import check_feed, check_folder
from feeds.text import description_text, fit_text, one_line
from tests.fuzz.trying import HERE, any_text, written


def feed_rules(data: bytes) -> None:
    """Any bytes as a feed of its own; then as one in a folder with the files that it names."""
    for found in check_feed(data, "feed.xml").findings:
        assert found.message
    written("public/feed.xml", data)
    written("public/index.html", data)
    written("public/build.json", data)
    check_folder(HERE / "public")


def beside_feed(data: bytes) -> None:
    """A feed that is in order, with a transcript, chapters, a picture and a build record that are anything."""
    for name in ("t.vtt", "t.srt", "t.json", "c.json", "cover.jpg", "page.html", "i/build.json", "i/e.mp3"):
        written(f"beside/{name}", data)
    written("beside/feed.xml", _FEED)
    check_folder(HERE / "beside")


_FEED = b"""<?xml version="1.0"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>A</title>
<atom:link rel="self" href="http://a.example/feed.xml"/><itunes:image href="http://a.example/cover.jpg"/>
<item><title>B</title><enclosure url="http://a.example/i/e.mp3" length="1" type="audio/mpeg"/>
<podcast:transcript url="http://a.example/t.vtt" type="text/vtt"/>
<podcast:transcript url="http://a.example/t.srt" type="application/x-subrip"/>
<podcast:transcript url="http://a.example/t.json" type="application/json"/>
<podcast:chapters url="http://a.example/c.json" type="application/json+chapters"/></item></channel></rss>
"""


def shown(data: bytes) -> None:
    """Any text as feeds and pages show it is well-formed, and holds no element but paragraphs."""
    text = any_text(data)
    for text_shown in (description_text(text), one_line(text), fit_text(text)):
        element = etree.Element("x")
        element.text = text_shown
        etree.fromstring(etree.tostring(element))
    described = html.fromstring(f"<div>{description_text(text)}</div>")
    assert {element.tag for element in described.iter()} <= {"div", "p"}, description_text(text)
