import pytest

from articles.issue import BlockKind
from articles.segments import Segment
from audio.pauses import pause_ms
from audio.sound import Pauses

PAUSES = Pauses(
    breath_ms=1,
    sentence_ms=2,
    list_item_ms=3,
    paragraph_ms=4,
    language_ms=5,
    quotation_ms=6,
    aside_ms=7,
    standfirst_ms=8,
    heading_ms=9,
    headline_ms=10,
)


def segment(kind: str, block: int, language: str = "en", *, joins: bool = False) -> Segment:
    return Segment(0, block, BlockKind(kind), language, "", "", 1, joins)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("kicker", "headline", 10),
        ("headline", "standfirst", 10),
        ("standfirst", "byline", 8),
        ("standfirst", "paragraph", 8),
        ("byline", "paragraph", 4),
        ("paragraph", "paragraph", 4),
        ("paragraph", "heading", 9),
        ("heading", "paragraph", 4),
        ("heading", "quotation", 6),
        ("paragraph", "quotation", 6),
        ("quotation", "paragraph", 6),
        ("paragraph", "caption", 7),
        ("caption", "paragraph", 7),
        ("table", "paragraph", 7),
        ("paragraph", "footnote", 7),
        ("paragraph", "list item", 4),
        ("list item", "list item", 3),
        ("list item", "paragraph", 4),
    ],
)
def test_the_pause_between_blocks_goes_by_the_kinds_on_both_sides(before: str, after: str, expected: int) -> None:
    """Between two blocks lies the longest silence that either of them asks for."""
    assert pause_ms(segment(before, 0), segment(after, 1), PAUSES) == expected


def test_sentences_of_one_block_lie_close() -> None:
    """Inside a block, of whatever kind, only the pause between sentences is made."""
    assert pause_ms(segment("headline", 3), segment("headline", 3), PAUSES) == 2


def test_another_language_takes_a_moment() -> None:
    """A change of language lengthens a shorter pause and leaves a longer one."""
    assert pause_ms(segment("paragraph", 3), segment("paragraph", 3, "fr"), PAUSES) == 5
    assert pause_ms(segment("paragraph", 3), segment("caption", 4, "fr"), PAUSES) == 7


def test_a_sentence_in_two_languages_is_one_sentence() -> None:
    """The parts of one sentence are a breath apart, though their languages differ."""
    assert pause_ms(segment("paragraph", 3), segment("paragraph", 3, "fr", joins=True), PAUSES) == 1
