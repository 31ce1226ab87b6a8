import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.speech.markup import Part, clean_ipa, foreign_mark, ipa_mark, parts, spoken_words, word_spans


def test_a_text_is_cut_at_its_marks() -> None:
    """Plain text, IPA and words of another language come apart, in order, and nothing is lost between them."""
    assert parts("Du [[vjø pɔʁ]], [[en|One Two]][[fr-CH|x]].") == (
        Part("Du "),
        Part("vjø pɔʁ", is_ipa=True),
        Part(", "),
        Part("One Two", language="en"),
        Part("x", language="fr-CH"),
        Part("."),
    )


def test_a_marked_part_is_one_word_with_what_touches_it() -> None:
    """Spaces inside a mark part no words; spaces outside do; what has no letter is no word."""
    text = "l’[[vjø pɔʁ]]. – “[[en|One Two]]’s” [[[a b]]] fin"
    assert spoken_words(text) == ["l’[[vjø pɔʁ]].", "“[[en|One Two]]’s”", "[[[a b]]]", "fin"]
    assert [text[start:end] for start, end in word_spans(text)] == spoken_words(text)


@given(st.text(alphabet="ab  ,’…-"))
def test_plain_words_are_what_stands_between_spaces(text: str) -> None:
    """Without marks the words are those that `split` finds, less those without a letter."""
    assert spoken_words(text) == [word for word in text.split() if any(map(str.isalnum, word))]


@given(st.lists(st.sampled_from(["[", "]", "|", "[[", "]]", "a", " ", "en|"])).map("".join))
def test_any_brackets_are_cut_without_loss(text: str) -> None:
    """Put together again the parts are the text, however its brackets stand."""
    marked = [part.text if part.is_plain else ipa(part) for part in parts(text)]
    assert "".join(marked) == text


def ipa(part: Part) -> str:
    return f"[[{part.text}]]" if part.is_ipa else foreign_mark(part.language, part.text)


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("/vjø pɔʁ/", "vjø pɔʁ"),
        ("[ɡaʁ]", "ɡaʁ"),
        ("gaʁ", "ɡaʁ"),
        ("ba'na:n", "baˈnaːn"),
        ("t͡ʃa", "tʃa"),
        ("mɔ̃.dja‿l", "mɔ̃djal"),
        (" a  b ", "a b"),
    ],
)
def test_ipa_is_brought_into_one_form(written: str, clean: str) -> None:
    """Brackets, look-alikes, ties and syllable dots become what a voice's symbol table has, or go."""
    assert clean_ipa(written) == clean
    assert ipa_mark(written) == f"[[{clean}]]"
    assert clean_ipa(clean) == clean


@pytest.mark.parametrize("written", ["", "//", "ˈ", "vjO", "v2", "a|b", "a[b", "a]]b", "a,b", "a\nb\x00", "{", "😀"])
def test_what_is_no_ipa_is_refused(written: str) -> None:
    """Other alphabets, marks of this markup, and nothing at all are no sounds."""
    with pytest.raises(ValueError, match="ipa"):
        clean_ipa(written)
