import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.sentences import split_long, split_sentences


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["One. ", "Two! ", "Three? ", "Four"]),
        ("en", ["Dr. Smith met Mr. Jones at 4 p.m. in room no. 12."]),
        ("en", ["J. R. Hartley wrote it. ", "Nobody read it."]),
        ("en", ["He works in the U.S. now. ", "She does not."]),
        ("en", ["The U.S. Navy sails at 10 a.m. Monday. ", "It leaves the U.S. ", "The rest stay."]),
        ("en", ["He joined Warner Bros. Pictures Inc. ", "It was a mistake, says Martin King Jr. of Smith et al."]),
        ("en", ["Open daily\n", "Closed on Mondays\n", "Ring twice"]),
        ("en", ["It rose by 3.5 points. ", "See www.example.org/a.b for more."]),
        ("en", ["“Really?” she asked. ", "“Yes.” ", "He nodded."]),
        ("en", ["Well… maybe. ", "Or not."]),
        (
            "en",
            [
                "They sell apples, pears, etc. in the hall. ",
                "They sell apples, etc. ",
                "The hall closes at noon.",
            ],
        ),
        ("fr", ["M. Durand et Mme. Petit sont là. ", "Ils attendent."]),
        ("fr", ["Voir l’art. 12 du code, p. ex. au chap. 3."]),
        ("fr", ["En oct. 2022, le Dr. Roux est parti. ", "Il reviendra."]),
        ("fr", ["« Quoi ? » dit-il. ", "« Rien ! » ", "Elle sourit."]),
        ("fr", ["Il a dit : « Venez ! ", "Restez. »"]),
        ("fr", ["Est-ce vrai\u202f? ", "Oui\u202f!"]),
    ],
)
def test_sentences_end_where_a_reader_would_stop(language: str, sentences: list[str]) -> None:
    """Abbreviations, initials, decimals, addresses and quotations inside a sentence do not end it; its end does."""
    assert split_sentences("".join(sentences), language) == sentences


@given(st.text(), st.sampled_from(["fr", "en", "de"]))
def test_nothing_is_lost(text: str, language: str) -> None:
    """Sentences joined are the text again, whatever the text."""
    assert "".join(split_sentences(text, language)) == text


@given(st.text(alphabet="ab ,;é—", max_size=300), st.integers(1, 60))
def test_long_sentences_are_cut_and_nothing_is_lost(text: str, longest: int) -> None:
    """Parts are never longer than asked for, and joined they are the sentence."""
    parts = split_long(text, longest)
    assert "".join(parts) == text
    assert all(len(part) <= longest for part in parts)


def test_long_sentences_are_cut_at_clauses_and_not_in_words() -> None:
    """A sentence of 1,600 characters with commas is cut behind one, one without at a space."""
    clauses = "alpha beta gamma, " * 90
    assert all(part.endswith(", ") for part in split_long(clauses))
    words = "alpha " * 300
    assert all(part.endswith("alpha ") for part in split_long(words))
