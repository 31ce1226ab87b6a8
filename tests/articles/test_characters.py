import unicodedata

import pytest

from articles.characters import composed, visible_text


@pytest.mark.parametrize("text", ["", "plain", "e\u0301te\u0301", "ﬁ \u0f73", "Ἀ\u0301", "각"])
def test_what_people_write_is_in_the_normal_form(text: str) -> None:
    """Nothing is set apart in a text whose letters have as many marks as any language's."""
    assert composed(text) == unicodedata.normalize("NFC", text)
    assert composed(text, "NFKD") == unicodedata.normalize("NFKD", text)


@pytest.mark.parametrize("marks", ["\u0301\u0316", "\u0f73", "\u0344\u0316", "\U0001d165\u0316"])
def test_no_letter_has_more_marks_than_can_be_sorted_at_once(marks: str) -> None:
    """Hundreds of marks on one letter become runs of some dozens: sorting takes the square of a run's length."""
    run = longest = 0
    for char in composed("a" + marks * 500, "NFD"):
        run = run + 1 if unicodedata.combining(char) else 0
        longest = max(longest, run)
    assert 0 < longest <= 120


def test_unseen_characters_are_spaces_of_the_same_length() -> None:
    """Places in a text stay where they were, and lines too."""
    text = "a\x00b\x1b[31m\ud800c\u202e\n\td\uffff\x85"
    seen = visible_text(text)
    assert len(seen) == len(text)
    assert seen == "a b [31m\ufffdc \n\td \x85"
