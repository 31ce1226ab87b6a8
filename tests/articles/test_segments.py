from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.errors import ArticleError
from articles.issue import Article, Block, BlockKind, Span
from articles.policy import Policy, Treatment, announcement
from articles.segments import HouseStyle, count_characters, write_script


def article(*blocks: Block, reading: tuple[tuple[str, str], ...] = ()) -> Article:
    headline = Block(BlockKind.HEADLINE, (Span("Title", "en"),), "en", 1)
    return Article("a", Path("a.en.md"), "en", "Title", (headline, *blocks), reading=reading)


def paragraph(*spans: Span) -> Block:
    return Block(BlockKind.PARAGRAPH, spans, "en", 3)


def block(kind: BlockKind, text: str, language: str = "en", **more: object) -> Block:
    return Block(kind, (Span(text, language),), language, 5, **more)  # type: ignore[arg-type]


def said(*blocks: Block, style: HouseStyle = HouseStyle()) -> list[tuple[str, str]]:
    return [(segment.language, segment.spoken) for segment in write_script(article(*blocks), style).segments[1:]]


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


def test_a_caption_is_announced_in_the_article_s_language() -> None:
    """A French caption in an English article is announced in English and read in French."""
    assert said(block(BlockKind.CAPTION, "Le port.", "fr"), paragraph(Span("Text.", "en"))) == [
        ("en", "Caption:"),
        ("fr", "Le port."),
        ("en", "Text."),
    ]


def test_rows_and_notes_in_a_row_are_announced_once() -> None:
    """A table's rows follow one announcement; every caption has its own."""
    style = HouseStyle(Policy({BlockKind.TABLE: Treatment.ANNOUNCE}))
    rows = [block(BlockKind.TABLE, "one row"), block(BlockKind.TABLE, "another row")]
    captions = [block(BlockKind.CAPTION, "One."), block(BlockKind.CAPTION, "Two.")]
    assert [text for _, text in said(*rows, *captions, style=style)] == [
        "Table:",
        "one row",
        "another row",
        "Caption:",
        "One.",
        "Caption:",
        "Two.",
    ]


def test_what_is_kept_for_the_end_comes_last() -> None:
    """Footnotes are read after everything else, in their own order."""
    notes = [block(BlockKind.FOOTNOTE, "First note."), block(BlockKind.FOOTNOTE, "Second note.")]
    assert [text for _, text in said(notes[0], paragraph(Span("Text.", "en")), notes[1])] == [
        "Text.",
        "First note.",
        "Second note.",
    ]


@pytest.mark.parametrize("kind", BlockKind)
@pytest.mark.parametrize("treatment", Treatment)
def test_every_kind_can_be_treated_in_every_way(kind: BlockKind, treatment: Treatment) -> None:
    """Read, announced, kept for the end or skipped: each holds for each kind."""
    whole = article(
        paragraph(Span("Text.", "en")), block(kind, "Thing.", treatment=treatment), paragraph(Span("Last.", "en"))
    )
    script = write_script(whole)
    heard = [segment.spoken for segment in script.segments][2:]
    expected = {
        Treatment.READ: ["Thing.", "Last."],
        Treatment.ANNOUNCE: [announcement(kind, "en"), "Thing.", "Last."],
        Treatment.END: ["Last.", "Thing."],
        Treatment.SKIP: ["Last."],
    }
    assert heard == expected[treatment]
    assert [skipped.text for skipped in script.skipped] == (["Thing."] if treatment is Treatment.SKIP else [])


def test_the_narrower_setting_decides() -> None:
    """A block's own mark counts before its article's setting, that before the edition's, that before the default."""
    style = HouseStyle(Policy({BlockKind.CAPTION: Treatment.READ}))
    text = paragraph(Span("Text.", "en"))
    plain, marked = block(BlockKind.CAPTION, "Thing."), block(BlockKind.CAPTION, "Thing.", treatment="end")
    skip = ((BlockKind.CAPTION.value, Treatment.SKIP.value),)

    def heard(whole: Article, style: HouseStyle) -> list[str]:
        return [segment.spoken for segment in write_script(whole, style).segments[1:]]

    assert heard(article(plain, text), HouseStyle()) == ["Caption:", "Thing.", "Text."]
    assert heard(article(plain, text), style) == ["Thing.", "Text."]
    assert heard(article(plain, text, reading=skip), style) == ["Text."]
    assert heard(article(marked, text, reading=skip), style) == ["Text.", "Thing."]


def test_what_is_skipped_is_listed_with_its_rule() -> None:
    """A row of stars, an address and code are not read, and the script says which rule left them out."""
    script = write_script(
        article(
            paragraph(Span("Text.", "en")),
            paragraph(Span("* * *", "en")),
            block(BlockKind.URL, "https://example.org"),
            block(BlockKind.EMBED, "<iframe>", treatment="skip"),
        )
    )
    assert [(skipped.text, skipped.rule) for skipped in script.skipped] == [
        ("* * *", "no letter or digit"),
        ("https://example.org", "url: skip unless [reading] says otherwise"),
        ("<iframe>", "marked skip"),
    ]


def test_an_unknown_kind_is_refused() -> None:
    """A policy for a kind that does not exist is an error, not a rule that never holds."""
    with pytest.raises(ValueError, match="captoin is no kind of block"):
        Policy({"captoin": Treatment.SKIP})


@given(
    st.lists(
        st.builds(
            lambda kind, text, treatment: block(kind, text, treatment=treatment),
            st.sampled_from(BlockKind),
            st.text(),
            st.sampled_from(["", *Treatment]),
        )
    )
)
def test_characters_in_are_characters_spoken_plus_skipped(blocks: list[Block]) -> None:
    """Whatever an article holds, every character is read or listed as skipped."""
    whole = article(paragraph(Span("Text.", "en")), *blocks)
    script = write_script(whole)
    assert sum(count_characters(each.text) for each in whole.blocks) == (
        script.characters_spoken + script.characters_skipped
    )


def test_an_article_without_text_is_refused() -> None:
    """A headline alone is not an article."""
    with pytest.raises(ArticleError, match=r"a\.en\.md: the article has no text to read"):
        write_script(article(paragraph(Span("—", "en"))))
