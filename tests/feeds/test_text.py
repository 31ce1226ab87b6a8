import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feeds.text import description_text, fit_text, one_line

ANYTHING = st.text(st.characters(exclude_categories=()))  # lone surrogates and control characters included


@given(ANYTHING)
def test_any_text_becomes_writable_xml(text: str) -> None:
    """Whatever an article holds, what is left of it can stand in an XML element and be read back."""
    element = etree.Element("title")
    element.text = fit_text(text)
    back = etree.fromstring(etree.tostring(element, encoding="UTF-8")).text or ""
    assert back == fit_text(text)


def test_only_what_nobody_sees_is_removed() -> None:
    """Controls and half surrogates go; accents, emoji, line ends and tabs stay."""
    assert fit_text("a\x00\x1b\ud800\ufffe\x85b\té\n🎙\u00a0») ") == "a\x85b\té\n🎙\u00a0») "


def test_a_title_is_one_line() -> None:
    """Runs of space become one space, but French no-break spaces stay."""
    assert one_line("  Deux\nlignes\t :\u00a0oui\u202f!\x0b ") == "Deux lignes :\u00a0oui\u202f!"


@pytest.mark.parametrize("text", ["R&D costs < 5 & more", "« Été » : 5 €\n\nSuite", 'said "no"', "1 < 2 > 0"])
def test_plain_text_stays_plain(text: str) -> None:
    """Text that HTML reads as itself is not escaped: apps that show descriptions as they are would show the
    escapes.
    """
    assert description_text(text) == text


@pytest.mark.parametrize("text", ["if a<b then", "use <b>bold</b>", "&copy; or &eacute", "</p>", "<!-- x -->"])
def test_text_that_looks_like_markup_is_escaped(text: str) -> None:
    """Text that HTML would take for tags or entities becomes HTML that shows it letter for letter."""
    shown = description_text(text)
    assert shown.startswith("<p>")
    assert html.unescape(shown.removeprefix("<p>").removesuffix("</p>")) == text


def test_escaped_paragraphs_stay_apart() -> None:
    """Where text has to become HTML, its paragraphs become paragraphs."""
    assert description_text("a <b>\n\nc") == "<p>a &lt;b&gt;</p><p>c</p>"
