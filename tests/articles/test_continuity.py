from pathlib import Path

import pytest

from articles.continuity import Names, check_template, close, ident, opening
from articles.errors import ArticleError
from articles.issue import Article, Block, BlockKind, Span
from articles.policy import Policy
from articles.segments import HouseStyle, Segment

NAMES = Names("La Gazette", "April 2023", month="avril 2023", headline="A *starred* headline")
STYLE = HouseStyle(languages=("en", "fr"))


def article(headline: str, language: str) -> Article:
    block = Block(BlockKind.HEADLINE, (Span(headline, language),), language, 1)
    return Article("a", Path("a.md"), language, headline, (block,))


def written(segments: tuple[Segment, ...]) -> list[tuple[str, str]]:
    return [(segment.language, segment.written) for segment in segments]


def test_an_ident_fills_its_template_in_the_language_it_is_for() -> None:
    """The publication and the month stand where the template puts them."""
    said = ident("{publication}, {month}", NAMES, "fr", STYLE)
    assert written(said) == [("fr", "La Gazette, avril 2023")]
    assert "deux mille vingt-trois" in said[0].spoken


def test_words_in_another_language_are_marked_in_a_template_as_in_an_article() -> None:
    """A French name in an English ident is a segment of its own, joined to the one before."""
    said = ident("This is [{publication}]{lang=fr}.", NAMES, "en", STYLE)
    assert [(s.language, s.written, s.joins_previous) for s in said] == [
        ("en", "This is", False),
        ("fr", "La Gazette.", True),
    ]


def test_what_a_name_brings_is_text() -> None:
    """Stars and brackets of a headline are not taken for markup of the template."""
    names = Names("[G]{lang=fr}", "A *starred* issue")
    assert written(ident("{publication}: {issue}", names, "en", STYLE)) == [("en", "[G]{lang=fr}: A *starred* issue")]


def test_an_ident_in_a_language_the_edition_lacks_is_refused() -> None:
    """The message names the language."""
    with pytest.raises(ArticleError, match="unknown language “de”"):
        ident("[Guten Tag]{lang=de}", NAMES, "en", STYLE)


def test_an_opening_names_publication_issue_and_every_headline_in_its_language() -> None:
    """The contents are read even where the edition skips lists."""
    style = HouseStyle(Policy({"list item": "skip"}), languages=("en", "fr"))
    said = opening(NAMES, [article("The harbour wakes", "en"), article("Le marché", "fr")], "en", style)
    assert written(said) == [
        ("en", "La Gazette, April 2023."),
        ("en", "In this issue:"),
        ("en", "The harbour wakes"),
        ("fr", "Le marché"),
    ]


def test_a_programme_closes_in_its_language() -> None:
    """French and English have words of their own; another language says the names again."""
    assert written(close(NAMES, "fr", STYLE)) == [("fr", "C’était La Gazette, April 2023.")]
    assert written(close(NAMES, "de", HouseStyle(languages=("de",)))) == [("de", "La Gazette, April 2023.")]


def test_a_template_with_an_unknown_place_is_refused() -> None:
    """The message says what a template may name."""
    check_template("{publication} {issue} {month} {section} {headline}")
    check_template("[{publication}]{lang=fr}, {month}")
    with pytest.raises(ValueError, match=r"\{titre\}.*\{publication\}"):
        check_template("{titre}")
    with pytest.raises(ValueError, match="not closed"):
        check_template("{publication}, {section.")
