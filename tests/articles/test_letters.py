import pytest

from articles.speech.letters import letters


@pytest.mark.parametrize(
    ("word", "locale", "said"),
    [
        ("AMP", "fr", "A M P"),
        ("amp", "fr-CH", "A M P"),
        ("AMP", "en-GB", "A.M.P"),
        ("AMP’s", "en-US", "A.M.P’s"),
        ("AMP", "de", "A M P"),
        ("G20", "fr", "G vingt"),
        ("G20", "en-US", "G twenty"),
        ("R&D", "fr", "R D"),
        ("m²", "fr", "M"),
    ],
)
def test_a_word_is_said_letter_by_letter(word: str, locale: str, said: str) -> None:
    """Each language's own letter names, numbers as numbers, a possessive s as one, and nothing left to guess."""
    assert letters(word, locale) == said
