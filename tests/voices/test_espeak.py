import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.speech.markup import foreign_mark, ipa_mark
from voices.espeak import espeak_voice, phonemize, word_phonemes
from voices.voice import SpeechError

STRESS = str.maketrans("", "", "ˈˌ")


def sounds(voice: str, text: str) -> str:
    return "".join(phonemize(voice, text))


def test_ipa_is_said_as_it_stands() -> None:
    """Sounds in a mark are taken one by one, decomposed as espeak's own are."""
    assert sounds("fr", "[[vjø pɔʁ]]") == "vjø pɔʁ"
    assert phonemize("fr", "[[mɔ̃ç]]") == ["m", "ɔ", "\u0303", "c", "\u0327"]


@pytest.mark.parametrize(("voice", "language"), [("fr", "en"), ("en-us", "fr"), ("fr", "de")])
def test_a_foreign_word_sounds_as_in_its_own_language(voice: str, language: str) -> None:
    """A marked word has the phonemes that espeak's voice for its language gives it, and its neighbours keep theirs."""
    word = "Michel Port"
    own = sounds(espeak_voice(language), word)
    assert sounds(voice, f"Papa {foreign_mark(language, word)}, papa.").endswith(f"{own}, {sounds(voice, 'papa.')}")
    assert own != sounds(voice, word)


@pytest.mark.parametrize(
    ("voice", "text", "phonemes"),
    [
        ("fr", "l’[[ɔpeʁa]]", "lɔpeʁa"),
        ("fr", "qu’[[en|Airbus]]", "k" + sounds("en", "Airbus")),
        ("fr", "les [[ɔpeʁa]]", "le-z ɔpeʁa"),
        ("fr", "les [[teatʁ]]", "le- teatʁ"),
        ("en-us", "a [[baɡɛt]]", "ɐ baɡɛt"),
        ("en-us", "the [[otɛl]]", "ðɪʲ otɛl"),
        ("en-us", "[[otɛl]]’s", "otɛlz"),
        ("fr", "“[[a]]”, dit-il", "a, dˈitˈil"),
        ("fr", "[[a]]-[[b]]… [[c]] ?", "ab. c?"),
        ("fr", "([[a]]) [[b]]", "a b"),
    ],
)
def test_words_beside_a_mark_are_said_as_beside_a_word(voice: str, text: str, phonemes: str) -> None:
    """Elision, liaison, weak articles, a possessive s and pauses are as they would be beside a plain word."""
    assert sounds(voice, text) == phonemes


def test_a_word_is_said_though_no_stand_in_helps() -> None:
    """Inside a word nothing can stand for the marked part; what is around it is said all the same."""
    assert sounds("fr", "X[[a]]b").translate(STRESS).count("a") >= 1


def test_a_language_that_espeak_lacks_is_told() -> None:
    """The error names the language, and says what else can be done."""
    with pytest.raises(SpeechError, match=r"no voice for the language “xx” — .* IPA"):
        phonemize("fr", "[[xx|a]]")
    assert sounds("fr", "oui") == "wˈi"


@pytest.mark.parametrize("unit", ["un", "cinq", "sept", "huit", "onze"])
def test_the_t_of_vingt_is_silent_from_81_to_99(unit: str) -> None:
    """espeak sounds it there; in "vingt-deux" it is sounded, and stays."""
    assert sounds("fr", f"quatre-vingt-{unit}") == sounds("fr", f"quatre-vin-{unit}")
    assert "ɛ̃t" in sounds("fr", "vingt-deux")


def test_british_and_american_english_differ() -> None:
    """A language tag's region is heard where espeak has a voice for it."""
    assert sounds(espeak_voice("en-GB"), "car") != sounds(espeak_voice("en-US"), "car")
    assert espeak_voice("fr-FR") == "fr"
    assert sounds(espeak_voice("fr-CH"), "septante")


def test_single_brackets_are_no_mark() -> None:
    """What is not a whole mark is plain text."""
    assert sounds("fr", "oui [[ oui") == sounds("fr", "oui oui")


@given(st.lists(st.sampled_from(["oui", "l’", "[[vjø]]", "[[en|yes]]", ", ", " ", ".", "”", "-", "’s"])).map("".join))
def test_no_mark_is_lost(text: str) -> None:
    """Whatever stands around them, all marked sounds are heard, in order."""
    heard, place = sounds("fr", text), 0
    marks = {"[[vjø]]": "vjø", "[[en|yes]]": sounds("en", "yes")}
    while "[[" in text:
        mark = min((mark for mark in marks if mark in text), key=text.index)
        text = text[text.index(mark) + len(mark) :]
        assert marks[mark] in heard[place:]
        place = heard.index(marks[mark], place) + len(marks[mark])


def test_one_word_may_be_a_mark() -> None:
    """Words said alone, by which word times are found, may hold marks."""
    assert "".join(word_phonemes("fr", "l’[[ɔpeʁa]],")) == "lɔpeʁa,"
    assert ipa_mark("ɔpeʁa") == "[[ɔpeʁa]]"
