"""An article's page: the printed text, with an id on everything that is heard by itself."""

from itertools import groupby
from typing import Final

from articles.issue import BlockKind
from feeds.epub.book import Spoken
from feeds.epub.xml import EPUB_TYPE, Element, add, encoded, page, say, speaks
from feeds.reading import Paragraph, Sentence, Word

_TAGS: Final = {
    BlockKind.HEADLINE: "h1",
    BlockKind.HEADING: "h2",
    BlockKind.QUOTATION: "blockquote",
    BlockKind.SIDEBAR: "aside",
    BlockKind.FOOTNOTE: "aside",
    BlockKind.LIST_ITEM: "li",
}
_INNER: Final = frozenset({"blockquote", "aside"})
"""What holds paragraphs, not text."""


def sentence_id(number: int) -> str:
    """The id of the article's sentence at this place, from 0."""
    return f"s{number}"


def word_id(sentence: int, word: int) -> str:
    """The id of a word in a sentence, both from 0."""
    return f"s{sentence}w{word}"


def article_page(article: Spoken, *, words: bool) -> bytes:
    """The article as XHTML; with `words`, every word has an id too."""
    root, body = page(article.title, article.language, "bodymatter")
    holder = add(body, "article")
    number = 0
    for is_list, group in groupby(article.reading.paragraphs, key=lambda each: each.kind is BlockKind.LIST_ITEM):
        parent = add(holder, "ul") if is_list else holder
        for paragraph in group:
            number = _paragraph(parent, paragraph, article.language, number, words)
    if not article.reading.paragraphs:
        add(holder, "h1", article.title)
    return encoded(root)


def _paragraph(parent: Element, paragraph: Paragraph, around: str, number: int, words: bool) -> int:
    """Adds the paragraph; gives the number of the next sentence."""
    tag = _TAGS.get(paragraph.kind, "p")
    element = add(parent, tag)
    if tag == "p" and paragraph.kind is not BlockKind.PARAGRAPH:
        element.set("class", paragraph.kind.replace(" ", "-"))
    if paragraph.kind is BlockKind.FOOTNOTE:
        element.set(EPUB_TYPE, "footnote")
    if paragraph.language != around:
        speaks(element, paragraph.language)
    inside = add(element, "p") if tag in _INNER else element
    for sentence in paragraph.sentences:
        say(inside, sentence.lead)
        _sentence(inside, sentence, paragraph.language, number, words)
        number += 1
    return number


def _sentence(parent: Element, sentence: Sentence, around: str, number: int, words: bool) -> None:
    element = add(parent, "span", id=sentence_id(number))
    if sentence.language != around:
        speaks(element, sentence.language)
    if not words:
        say(element, sentence.written)
        return
    count = 0
    for part in sentence.parts():
        if isinstance(part, Word):
            add(element, "span", part.text, id=word_id(number, count))
            count += 1
        else:
            say(element, part)
