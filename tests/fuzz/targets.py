"""What is fuzzed: a named list of functions that take any bytes, and raise nothing but what people are told.

A VivavoceError is an answer; any other exception is a finding. Beside that each target says what holds of whatever
comes out: an assertion that fails is a finding too.
"""

import warnings
from dataclasses import dataclass

from articles.errors import VivavoceError
from articles.importers import docx, epub, feed, html_page, json_feed, other_markdown, page_text
from tests.fuzz import publishing, reading
from tests.fuzz.importing import any_pdf, archived, imports, raw_archive
from tests.fuzz.trying import Run, unprintable
from tests.fuzz.words import DOCX, EPUB, HTML, JSON, MARKDOWN, PDF, SIDECARS, SPEECH, TOML, XML


@dataclass(frozen=True, slots=True)
class Target:
    """A function under test by its name; `tokens` are words that its input is made of."""

    name: str
    run: Run
    tokens: tuple[str, ...] = ()


def replay(target: Target, data: bytes) -> None:
    """Run the target on `data`; a VivavoceError is an answer, anything else raised is a finding."""
    answer = ""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            target.run(data)
        except VivavoceError as error:
            answer = str(error)
    assert not unprintable(answer), "a message is one line of what can be printed"


TARGETS: tuple[Target, ...] = (
    Target("page_text", imports(page_text.read, ".txt"), ("By Ada Pell", "Photo: ", "- ", "1 April 2023")),
    Target("html", imports(html_page.read, ".html"), HTML),
    Target("docx", archived(docx.read, ".docx"), DOCX),
    Target("epub", archived(epub.read, ".epub"), (*EPUB, *HTML)),
    Target("archive", raw_archive, ("PK\x03\x04", "PK\x01\x02", "PK\x05\x06", "word/document.xml", "\x08", "\x00\x00")),
    Target("pdf", any_pdf, PDF),
    Target("feed", imports(feed.read, ".rss"), (*XML, *HTML)),
    Target("json_feed", imports(json_feed.read, ".json"), JSON),
    Target("other_markdown", imports(other_markdown.read, ".md"), MARKDOWN),
    Target("article", reading.article, MARKDOWN),
    Target("front_matter", reading.front_matter, MARKDOWN),
    Target("lexicon", reading.lexicon, TOML),
    Target("pls", reading.pls, ("<lexicon ", "<lexeme>", "<grapheme>", "<phoneme>", "<alias>", 'alphabet="ipa"', *XML)),
    Target("edition", reading.edition, TOML),
    Target("issue", reading.issue, TOML),
    Target("speech_fr", reading.speech("fr"), SPEECH),
    Target("speech_en", reading.speech("en"), SPEECH),
    Target("speech_other", reading.speech("de"), SPEECH),
    Target("sentences", reading.sentences, SPEECH),
    Target("check", publishing.feed_rules, XML),
    Target("beside", publishing.beside_feed, SIDECARS),
    Target("shown", publishing.shown, HTML),
)
"""In the order in which they are run."""
