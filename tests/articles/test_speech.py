import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.speech import speakable


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("co\u00adopé\u00adra\u00adtive", "coopérative"),
        ("12\u202f000\u00a0€", "12 000 €"),
        ("Il dit\u00a0: «\u00a0Oui\u202f!\u00a0»", "Il dit : “Oui !”"),
        ("e\u0301te\u0301", "été"),
        ("ﬁn", "fin"),
        (", the little sea.", "the little sea."),
    ],
)
def test_marks_for_the_eye_do_not_reach_the_voice(written: str, spoken: str) -> None:
    """Soft hyphens, kinds of space, guillemets and ligatures are one thing to a voice."""
    assert speakable(written) == spoken


@given(st.text())
def test_applying_twice_changes_nothing(text: str) -> None:
    """What is speakable already stays as it is."""
    assert speakable(speakable(text)) == speakable(text)
