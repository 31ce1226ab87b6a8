"""Long inputs that make careless parsers slow, and the program that measures one reader with all of them.

`python -m tests.hostile.large READER` prints a JSON list of Measured for that reader: its CPU seconds for a quarter of
`LARGE` and, where these are many, for a sixteenth; each in a process of its own.
"""

import dataclasses
import json
import os
import resource
import signal
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from articles.blocks import MAX_PARAGRAPH_CHARACTERS
from articles.errors import VivavoceError
from articles.importers import docx, epub, feed, html_page, json_feed, other_markdown, page_text
from articles.importers.place import text_of
from articles.importers.settle import settle
from articles.importers.source import Source
from articles.language import foreign_language, guess_language
from articles.lexicon import Entry, Lexicon
from articles.lexicon_file import read_lexicon
from articles.markdown import read_article
from articles.sentences import split_long, split_sentences
from articles.speech import speak
from feeds.rules.check import check_feed
from tests.fuzz import reading
from tests.fuzz.importing import Read
from tests.fuzz.packing import packed
from tests.fuzz.trying import LANGUAGES, with_answer, written
from tests.hostile.units import (
    ATTRIBUTES,
    BLOCKS,
    COMMENTS,
    HEADINGS,
    HEADS,
    LEXEMES,
    MARKDOWN,
    MARKS,
    MARKUP,
    MESSAGES,
    NAMES,
    SPOKEN,
    TABLES,
    TEXTS,
)

LARGE = 1_000_000
"""Bytes of an article that nobody would read out: a novel."""

MOST_SECONDS = 60
"""Of CPU for any input; what takes the square of its length takes hours for a large one."""

JUDGED_SECONDS = 1.0
"""A quarter that takes less than this is fast enough whole, even where it takes the square of its length."""

STEEPEST = 8
"""Four times the length may take eight times as long, where caches no longer hold it; its square would take 16."""


@dataclasses.dataclass(frozen=True, slots=True)
class Measured:
    """What a reader took for `unit` again and again: CPU seconds, of a sixteenth 0 where a quarter took few."""

    unit: str
    quarter_seconds: float
    sixteenth_seconds: float
    error: str

    @property
    def too_steep(self) -> bool:
        """Whether the time grows with about the square of the length, or is out of all bounds."""
        steep = self.quarter_seconds > STEEPEST * self.sixteenth_seconds
        return self.quarter_seconds >= MOST_SECONDS or (self.quarter_seconds > JUDGED_SECONDS and steep)


def _importer(read: Read, suffix: str) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        for draft in read(Source(Path(f"given{suffix}"), data)):
            text_of(settle(draft, "given", LANGUAGES))

    return run


def _in(before: str, run: Callable[[bytes], object], after: str = "") -> Callable[[bytes], object]:
    return lambda data: run(before.encode() + data + after.encode())


def _article(data: bytes) -> None:
    read_article(written("01-a.en.md", data), LANGUAGES)


def _paragraphs(data: bytes) -> None:
    """Paragraphs as long as they may be, for a longer one is refused, each of whole lines.

    What is cut within a line is something else from there on (`]: b` is no definition), and no more of the same.
    """
    paragraphs = ["# A"]
    text = data.decode()
    while text:
        one = text[: MAX_PARAGRAPH_CHARACTERS - 1000]
        if len(one) < len(text) and "\n" in one[1:]:
            one = one[: one.rindex("\n")]
        paragraphs.append(one)
        text = text[len(one) :]
    _article("\n\n".join(paragraphs).encode())


def _between(before: str, after: str) -> Callable[[bytes], object]:
    """One paragraph between the two texts, so much shorter than the data that a quarter of `LARGE` may be one."""
    part = 3 / 8
    assert LARGE / 4 * part < MAX_PARAGRAPH_CHARACTERS - 1000
    return lambda data: _article(f"# A\n\n{before}{data[: int(len(data) * part)].decode()}{after}".encode())


def _told(data: bytes) -> None:
    str(VivavoceError(data.decode()))


def _yaml(data: bytes) -> None:
    with_answer(_article, b"---\nheadline: " + data + b"\n---\n\nA text.\n")


def _said(data: bytes) -> None:
    """As a build has it: sentences, none of them longer than a voice's breath."""
    text = data.decode("utf-8", "ignore")
    foreign_language(text, "fr", LANGUAGES)
    guess_language(text, LANGUAGES)
    for language in LANGUAGES:
        for sentence in split_sentences(text, language):
            for part in split_long(sentence)[:20]:
                speak(part, language)


def _worded(data: bytes) -> None:
    """A text, sentence by sentence, with a lexicon that grows as it does; most of its words are not there."""
    text = data.decode()
    words = Lexicon(tuple(Entry(written=f"{number}word", say="bo") for number in range(len(text) // 5)))
    for start in range(0, len(text), 100):
        speak(text[start : start + 100], "en", words)


_HTML = "<html><body><article><h1>A</h1><p>A text of a page, which goes on for a while.</p><p>"
_BOOK = (
    '=== META-INF/container.xml\n<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>\n'
    '=== a.opf\n<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="a"/></spine></package>\n=== a.xhtml\n<html><body><h1>A</h1><p>'
)
_WORD = (
    '=== word/document.xml\n<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t><![CDATA["
)
_TITLE = "<html><head><title>a"
_PAGE = "b</title></head><body><article><h1>A</h1><h1>B</h1><p>A text of a page, which goes on for a while.</p>"
_RSS = '<rss version="2.0"><channel><item><title>A</title><description><![CDATA['
_AUTHOR = '<rss version="2.0"><channel><item><title>A</title><author>'
_NO_MORE = "</author><description>A text.</description></item></channel></rss>"
_ITEM = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "a", "title": "A", "content_html": "'

READERS: dict[str, tuple[Callable[[bytes], object], tuple[str, ...]]] = {
    "page text": (_importer(page_text.read, ".txt"), TEXTS),
    "html": (_in(_HTML, _importer(html_page.read, ".html")), (*TEXTS, *MARKUP, *MARKS)),
    "html title": (_in(_TITLE, _importer(html_page.read, ".html"), _PAGE), HEADS),
    "feed": (_in(_RSS, _importer(feed.read, ".rss"), "]]></description></item></channel></rss>"), MARKUP),
    "feed author": (_in(_AUTHOR, _importer(feed.read, ".rss"), _NO_MORE), NAMES),
    "bare feed": (_importer(feed.read, ".rss"), MARKUP),
    "json feed": (
        _in(_ITEM, _importer(json_feed.read, ".json"), '"}]}'),
        tuple(unit for unit in MARKUP if "'" not in unit),
    ),
    "other markdown": (_in("---\ntitle: A\n---\n\n", _importer(other_markdown.read, ".md")), (*TEXTS, *MARKDOWN)),
    "epub": (lambda data: _importer(epub.read, ".epub")(packed(_BOOK.encode() + data)), MARKUP),
    "docx": (
        lambda data: _importer(docx.read, ".docx")(
            packed(_WORD.encode() + data + b"]]></w:t></w:r></w:p></w:body></w:document>")
        ),
        TEXTS,
    ),
    "article": (_paragraphs, (*TEXTS, *MARKUP, *MARKDOWN, *BLOCKS)),
    "comments": (_between("", " x"), COMMENTS),
    "heading": (_between("## a", "b"), HEADINGS),
    "heading with attributes": (_between("## a {", "}"), ATTRIBUTES),
    "passage": (_between("::: {", "}\nx\n:::"), ATTRIBUTES),
    "message": (_told, MESSAGES),
    "yaml": (_yaml, TABLES),
    "toml": (_in("", reading.edition), TABLES),
    "lexicon": (_in("[words]\n", lambda data: read_lexicon(written("en.toml", data))), TABLES),
    "pls": (_in("<lexicon>", reading.pls), MARKUP),
    "pls lexeme": (_in('<lexicon alphabet="x-sampa"><lexeme>', reading.pls, "</lexeme></lexicon>"), LEXEMES),
    "check": (_in(_RSS, lambda data: check_feed(data, "feed.xml"), "]]></description></item></channel></rss>"), MARKUP),
    "bare check": (lambda data: check_feed(data, "feed.xml"), MARKUP),
    "speech with a lexicon": (_worded, ("a ", "7word ")),
    "speech": (_said, (*TEXTS, *SPOKEN)),
}


def cpu_seconds(run: Callable[[bytes], object], data: bytes) -> tuple[float, str]:
    """What `run` takes for `data` in a process of its own, and what it fails with; the limit where it takes more."""
    ours, its = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        began, error = time.process_time(), ""
        try:
            with_answer(lambda given: run(given) and None, data)
        except BaseException as found:
            error = f"{type(found).__name__}: {found}"[:200]
        os.write(its, json.dumps([time.process_time() - began, error]).encode())
        os._exit(0)
    os.close(its)
    told = b"".join(iter(lambda: os.read(ours, 4096), b""))
    os.close(ours)
    _, status = os.waitpid(child, 0)
    if told:
        seconds, error = json.loads(told)
        return seconds, error
    ended = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else str(status)
    return float(MOST_SECONDS), "" if ended in ("SIGXCPU", "SIGKILL") else ended


def measured(reader: str, unit: str) -> Measured:
    """One reader with one unit; what looks too steep is taken again, in case another program had the machine."""
    run = READERS[reader][0]

    def take(size: int) -> tuple[float, str]:
        return cpu_seconds(run, (unit * (size // len(unit.encode()))).encode())

    quarter, error = take(LARGE // 4)
    if quarter <= JUDGED_SECONDS:
        return Measured(unit, quarter, 0.0, error)
    found = Measured(unit, quarter, take(LARGE // 16)[0], error)
    if found.too_steep and quarter < MOST_SECONDS:
        return Measured(unit, min(quarter, take(LARGE // 4)[0]), take(LARGE // 16)[0], error)
    return found


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    found = [dataclasses.asdict(measured(sys.argv[1], unit)) for unit in READERS[sys.argv[1]][1]]
    sys.stdout.write(json.dumps(found))
