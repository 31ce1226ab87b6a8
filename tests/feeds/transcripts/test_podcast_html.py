from lxml import etree

from feeds.reading import Reading
from feeds.transcripts.podcast_html import render_html

TITLE = 'A <script>alert("1")</script> & more'


def tree(reading: Reading) -> etree._Element:
    return etree.fromstring(render_html(reading, TITLE).encode(), etree.HTMLParser(encoding="utf-8"))


def texts(page: etree._Element, path: str) -> list[str]:
    return ["".join(map(str, element.itertext())) for element in page.iterfind(path)]


def test_every_paragraph_has_its_time_and_text(reading: Reading, printed: str) -> None:
    """A time goes before each paragraph, as the format asks, and the paragraphs are the text as it was written."""
    page = tree(reading)
    assert " ".join(" ".join(texts(page, ".//p")).split()) == printed
    for time in page.iterfind(".//time"):
        following = time.getnext()
        assert following is not None
        assert following.tag == "p"
        assert not time.attrib
    assert texts(page, ".//time")[0] == "0:01"


def test_the_speaker_is_named_where_it_changes(reading: Reading) -> None:
    """A few words by another voice are no change of speaker; a whole caption is."""
    assert texts(tree(reading), ".//cite") == ["tone-en:", "tone-fr:", "tone-en:"]


def test_foreign_parts_are_marked(reading: Reading) -> None:
    """The page has its language, and each part in another one carries its own."""
    page = tree(reading)
    assert page.get("lang") == "en"
    assert texts(page, ".//span[@lang='fr']")[0] == "la langue du diable"
    assert not page.findall(".//span[@lang='en']")


def test_text_never_becomes_markup(reading: Reading) -> None:
    """Title and text are shown as they were written, and the page lets no script in."""
    page = tree(reading)
    assert texts(page, ".//h1") == [TITLE]
    assert not page.findall(".//script")
    assert not page.findall(".//b")
    assert "Content-Security-Policy" in render_html(reading, TITLE)


def test_estimates_are_labelled(reading: Reading, guessed: Reading) -> None:
    """A line says that times are estimated where they are, and is missing where they are not."""
    assert "estimated" in texts(tree(guessed), ".//small")[0]
    assert not texts(tree(reading), ".//small")
