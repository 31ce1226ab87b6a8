from pathlib import Path

import pytest

from articles.errors import ArticleError
from articles.issue import Article, Block, BlockKind, Span
from articles.segments import write_script


def article(*blocks: Block) -> Article:
    headline = Block(BlockKind.HEADLINE, (Span("Title", "en"),), "en", 1)
    return Article("a", Path("a.en.md"), "en", "Title", (headline, *blocks))


def paragraph(*spans: Span) -> Block:
    return Block(BlockKind.PARAGRAPH, spans, "en", 3)


def test_one_sentence_is_one_segment() -> None:
    """A block's sentences become segments that keep its kind, its language and its line."""
    script = write_script(article(paragraph(Span("One. Two.", "en"))))
    assert [(s.index, s.block, s.kind, s.written, s.line) for s in script.segments] == [
        (0, 0, BlockKind.HEADLINE, "Title", 1),
        (1, 1, BlockKind.PARAGRAPH, "One.", 3),
        (2, 1, BlockKind.PARAGRAPH, "Two.", 3),
    ]


def test_a_span_in_another_language_is_a_segment_of_its_own() -> None:
    """The sentence is cut around it, marks stay with their words, and the parts know that they belong together."""
    script = write_script(article(paragraph(Span("At (", "en"), Span("Le Port", "fr"), Span("). Then.", "en"))))
    assert [(s.language, s.written, s.joins_previous) for s in script.segments[1:]] == [
        ("en", "At (", False),
        ("fr", "Le Port).", True),
        ("en", "Then.", False),
    ]


def test_what_holds_no_word_is_skipped_and_listed() -> None:
    """A row of stars is not read, and the script says so."""
    script = write_script(article(paragraph(Span("Text.", "en")), paragraph(Span("* * *", "en"))))
    assert [segment.written for segment in script.segments] == ["Title", "Text."]
    assert [(skipped.text, skipped.rule, skipped.line) for skipped in script.skipped] == [
        ("* * *", "no letter or digit", 3)
    ]


def test_an_article_without_text_is_refused() -> None:
    """A headline alone is not an article."""
    with pytest.raises(ArticleError, match=r"a\.en\.md: the article has no text to read"):
        write_script(article(paragraph(Span("—", "en"))))
