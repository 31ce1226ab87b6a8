"""Articles and settings full of markup, built by the real command: what is published holds none of it but as words."""

import json
import re
import zipfile
from collections.abc import Callable, Iterator

import feedparser
import pytest
from lxml import etree, html

from tests.hostile.conftest import ARTICLE, House, Told

PAGES = "*.html"
ACTIVE = {"script", "iframe", "object", "embed", "base", "form", "style", "frame", "applet"}
SVG = "http://www.w3.org/2000/svg"
OUR_SCRIPT = re.compile(r"assets/player\.[0-9a-f]+\.js")


def active(root: etree._Element) -> Iterator[str]:
    """What could do anything in a page: elements, handlers, addresses."""
    for element in root.iter(etree.Element):
        tag = etree.QName(element).localname.lower()
        ours = etree.QName(element).namespace == SVG and not re.search(
            r"elsewhere|@import|url\((?!#)", element.text or ""
        )
        if tag == "style" and ours:
            continue
        if tag in ACTIVE and not OUR_SCRIPT.fullmatch(element.get("src", "").split("../")[-1]):
            yield f"<{tag}>"
        if tag == "meta" and element.get("http-equiv", "").lower() == "refresh":
            yield "refresh"
        for name, value in element.attrib.items():
            local = etree.QName(name).localname.lower()
            if local.startswith("on"):
                yield f"{tag} {local}"
            if local in ("href", "src", "data", "action", "srcdoc", "formaction", "poster"):
                if re.match(r"\s*(javascript|data|vbscript):", value, re.IGNORECASE) or local == "srcdoc":
                    yield f"{tag} {local}={value}"
                if "elsewhere.example" in value.split("?")[0]:
                    yield f"{tag} {local}={value}"


@pytest.mark.slow
def test_nothing_that_runs_is_published(hostile: House) -> None:
    """Pages, transcripts, feeds, books and pictures parse, and have no script, handler or address of the stranger's."""
    public = hostile.edition / "public"
    pages = list(public.rglob(PAGES))
    assert len(pages) >= 4
    for page in pages:
        assert not list(active(html.fromstring(page.read_bytes()))), page
    for file in (*public.rglob("*.xml"), *public.rglob("*.svg"), *(hostile.edition / ".vivavoce").rglob("*.svg")):
        assert not list(active(etree.fromstring(file.read_bytes()))), file
    with zipfile.ZipFile(hostile.public / "issue.epub") as book:
        for name in book.namelist():
            if name.endswith((".xhtml", ".opf", ".smil", ".xml")):
                assert not list(active(etree.fromstring(book.read(name)))), name
    for file in public.rglob("*.json"):
        json.loads(file.read_bytes())


@pytest.mark.slow
def test_what_apps_are_given_as_html_is_harmless(hostile: House) -> None:
    """Descriptions and show notes in every feed, taken for the HTML that apps take them for, hold nothing that runs."""
    looked = 0
    for file in (hostile.edition / "public").rglob("feed*.xml"):
        for element in etree.fromstring(file.read_bytes()).iter(etree.Element):
            name = etree.QName(element).localname
            if name in ("description", "encoded", "summary") and (element.text or "").strip():
                looked += 1
                assert not list(active(html.fragment_fromstring(element.text, create_parent="div"))), (file, name)
        raw = feedparser.parse(file.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
        for entry in raw.entries:
            for content in entry.get("content", []):
                assert not list(active(html.fragment_fromstring(content["value"], create_parent="div")))
    assert looked >= 4


@pytest.mark.slow
def test_the_words_themselves_are_kept(hostile: House) -> None:
    """What an editor wrote about a script is shown as it was written: nothing is thrown away to be safe."""
    page = html.fromstring((hostile.public / "index.html").read_bytes())
    texts = [" ".join("".join(each.itertext()).split()) for each in page.iter("article")]
    assert any('<script>window.hacked = "script"</script>' in text for text in texts)
    feed = feedparser.parse((hostile.public / "feed.xml").read_bytes(), sanitize_html=False)
    assert any('<script>window.hacked = "script"</script>' in entry.title for entry in feed.entries)


@pytest.mark.slow
def test_every_page_forbids_what_it_does_not_need(hostile: House) -> None:
    """Each page and transcript has a policy before anything else: nothing from elsewhere, no script inside a page."""
    for page in (hostile.edition / "public").rglob(PAGES):
        head = page.read_text(encoding="utf-8")
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', head)
        assert policy, page
        assert head.index("Content-Security-Policy") < head.index("<title>")
        rules = dict(rule.split(" ", 1) for rule in policy[1].split("; "))
        assert rules.pop("default-src") == "'none'", page
        assert set(rules.values()) <= {"'self'", "'none'"}, page
        assert rules.get("script-src", "'none'") == "'none'" or "assets/player." in head
    index = (hostile.public / "index.html").read_text(encoding="utf-8")
    assert "base-uri 'none'" in index
    assert "form-action 'none'" in index


@pytest.mark.parametrize("number", ["\u00b2", "9" * 5000, "12 bis"])
def test_any_number_of_an_issue_is_published(house: House, command: Callable[..., Told], number: str) -> None:
    """What is no plain number is shown, and gives the issue no season of that number."""
    house.article(ARTICLE)
    house.write("issues/2026-11/issue.toml", f'number = "{number}"\n')
    assert command("build").code == 0
    feed = feedparser.parse((house.edition / "public" / "feed.xml").read_bytes())
    assert [entry.itunes_season for entry in feed.entries] == ["1"]


UNSEEN = {
    "control characters": r'headline = "bell\u0007 escape\u001b[31m C1\u009b31m null\u0000"',
    "non-characters": 'headline = "a\ufffeb\uffffc"',
    "an override of direction": r'headline = "invoice\u202Efdp.exe"',
    "a thousand characters": f'headline = "{"Long words " * 91}"',
    "one word of a thousand characters": f'headline = "{"x" * 1000}"',
    "nothing but pictures": 'headline = "😀🎉👍🏽"',
    "nothing but marks": 'headline = "…!?—"',
    "half an emoji": 'headline: "a\\ud83d b"',
    "a file name": 'headline = "../../etc/passwd\\u0000.md"',
    "another script": 'headline = "שלום العالم"',
}


@pytest.mark.slow
@pytest.mark.parametrize("name", UNSEEN)
def test_any_headline_is_published_well_formed(house: House, command: Callable[..., Told], name: str) -> None:
    """A headline of any characters gives feeds, pages and a book that parse and hold no control character."""
    fence = "---" if UNSEEN[name].startswith("headline:") else "+++"
    house.article(
        f"{fence}\n{UNSEEN[name]}\n{fence}\n\nThe first \x1b[31m boat \x07 leaves \ufffe at &#xD800; five \u202e.\n"
    )
    told = command("build")
    assert told.code == 0, told.err
    unseen = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ufffe\uffff]")
    assert not unseen.search(told.out + told.err)
    for file in (house.edition / "public").rglob("*.*"):
        if file.suffix in (".xml", ".html", ".json", ".vtt"):
            assert not unseen.search(file.read_text(encoding="utf-8")), file
        if file.suffix == ".xml":
            etree.fromstring(file.read_bytes())
    assert command("check", "2026-11").code == 0
