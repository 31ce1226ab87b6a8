import json
from collections.abc import Callable
from pathlib import Path

import pytest

from articles.importers.place import place
from articles.importers.record import Record, save_record
from articles.importers.settle import Imported
from articles.importers.source import ImportRefused

Importing = Callable[..., list[Imported]]

BODY = (
    "<p>Pourquoi acheter une perceuse&nbsp;?</p><figure><img src='http://127.0.0.1:9/x.jpg'><figcaption lang='en'>"
    "The wash house, seen from here.</figcaption></figure><script>steal()</script><p>C’est la question du docteur.</p>"
)
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>La Gazette</title><language>fr</language>
<item><title>Le lavoir &amp;amp; ses outils</title><guid>g1</guid><dc:creator>Jeanne Carrel</dc:creator>
<pubDate>Fri, 07 Apr 2023 00:30:00 +0200</pubDate><category>Vie locale</category>
<content:encoded><![CDATA[{body}]]></content:encoded></item>
<item><title>En bref</title><description>Un résumé seulement…</description></item>
</channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>La Gazette</title>
<entry><title>Le lavoir</title><id>g1</id><author><name>Jeanne Carrel</name></author>
<published>2023-04-07T00:30:00+02:00</published><content type="html">{body}</content></entry></feed>"""


def parts(article: Imported) -> list[tuple[str, str, str]]:
    return [(str(block.kind), block.language, block.text) for block in article.blocks]


EXPECTED = [
    ("byline", "fr", "Jeanne Carrel"),
    ("paragraph", "fr", "Pourquoi acheter une perceuse\u00a0?"),
    ("caption", "en", "The wash house, seen from here."),
    ("paragraph", "fr", "C’est la question du docteur."),
]


def test_an_rss_entry_is_an_article(importing: Importing) -> None:
    """Title, author, day, category and full text are taken; a script in it is not; a summary is named, not imported."""
    (article,) = importing("feed.xml", RSS.format(body=BODY))
    assert parts(article) == [("headline", "fr", "Le lavoir & ses outils"), *EXPECTED]
    assert (article.key, article.section, str(article.date)) == ("g1", "Vie locale", "2023-04-07")
    assert any(note.field == "entries" and "En bref" in note.text for note in article.notes)


def test_an_atom_entry_is_an_article(importing: Importing) -> None:
    """Atom gives the same article as RSS."""
    body = BODY.replace("&", "&amp;").replace("<", "&lt;")
    (article,) = importing("feed.atom", ATOM.format(body=body))
    assert parts(article) == [("headline", "fr", "Le lavoir"), *EXPECTED]
    assert str(article.date) == "2023-04-07"


def test_a_json_feed_s_items_are_articles(importing: Importing) -> None:
    """HTML and plain text are both read, each item in the language that it declares."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "language": "fr",
        "items": [
            {
                "id": "g1",
                "title": "Le lavoir",
                "content_html": BODY,
                "authors": [{"name": "Jeanne Carrel"}],
                "date_published": "2023-04-07T00:30:00+02:00",
            },
            {"id": 2, "title": "A bridge", "language": "en", "content_text": "It is open.\n\nNobody knows why."},
        ],
    }
    first, second = importing("feed.json", json.dumps(feed))
    assert parts(first) == [("headline", "fr", "Le lavoir"), *EXPECTED]
    assert parts(second) == [
        ("headline", "en", "A bridge"),
        ("paragraph", "en", "It is open."),
        ("paragraph", "en", "Nobody knows why."),
    ]


@pytest.mark.parametrize("value", [2, -0.5, True, None, "x", [], {}, [2], [[]], [None], {"name": 2}, [{"name": []}]])
@pytest.mark.parametrize(
    "field", ["id", "url", "title", "language", "authors", "author", "tags", "date_published", "content_html"]
)
def test_a_json_feed_s_field_of_another_type_is_as_good_as_none(
    importing: Importing, field: str, value: object
) -> None:
    """Whatever stands where a text or a list belongs, the item's own text is read."""
    item = {"id": "1", "title": "A bridge", "content_text": "It is open.", field: value}
    feed = {"version": "https://jsonfeed.org/version/1.1", "language": "en", "items": [item]}
    (article,) = importing("feed.json", json.dumps(feed))
    assert ("x" if field == "content_html" and value == "x" else "It is open.") in [
        text for _, _, text in parts(article)
    ]


@pytest.mark.parametrize("name", ["{}", "<![CDATA[{}]]>"])
def test_an_author_of_endless_letters_is_shortened(importing: Importing, name: str) -> None:
    """feedparser looks for an address from each of them on, which took minutes; what stands around them stays."""
    author = name.format("Jeanne &amp; " + "a" * 15_000 + " Carrel")
    (article,) = importing("feed.xml", RSS.format(body=BODY).replace("Jeanne Carrel", author))
    (byline,) = [text for kind, _, text in parts(article) if kind == "byline"]
    assert byline.endswith(f" {'a' * 200} Carrel")


def test_half_a_character_in_a_json_feed_costs_nothing_else(importing: Importing, tmp_path: Path) -> None:
    """JSON may hold halves of surrogate pairs, which no file can; each is replaced where it stands."""
    item = '{"id": "½", "language": "½", "title": "A ½ bridge", "content_html": "<p>It is ½ open.</p>"}'
    feed = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{item}]}}'.replace("½", "\\ud800")
    (article,) = importing("feed.json", feed, asked="en")
    assert [text for _, _, text in parts(article)] == ["A \ufffd bridge", "It is \ufffd open."]
    placed = place(article, "sha-1", tmp_path / "2026-11", Record())
    save_record(tmp_path / "imports.json", placed.record)
    "".join(note.text for note in article.notes).encode()


LAUGHS = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "a.rss",
            RSS.replace("<content:encoded><![CDATA[{body}]]></content:encoded>", ""),
            "its 2 entries hold summaries",
        ),
        ("a.xml", LAUGHS + "<rss><channel><item><title>&b;</title></item></channel></rss>", "it declares entities"),
        ("a.xml", "<rss><channel><title>x</title></channel></rss>", "a feed without entries"),
        ("a.xml", "<rss <<<", "damaged"),
        ("a.xml", "<opml></opml>", "XML, but neither RSS nor Atom"),
        ("a.json", '{"version": "https://jsonfeed.org/version/1", "items": [', "damaged: not valid JSON (line 1)"),
        ("a.json", "[" * 100_000, "damaged: not valid JSON"),
        ("a.json", "[1]", "JSON, but not a JSON Feed"),
    ],
)
def test_what_is_no_feed_of_articles_is_refused(importing: Importing, name: str, content: str, message: str) -> None:
    """Summaries, entities, damage and other formats are each told in a line with what to do."""
    with pytest.raises(ImportRefused) as caught:
        importing(name, content)
    assert str(caught.value).startswith(f"{name}: {message}")
    assert caught.value.hint
