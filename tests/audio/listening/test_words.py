"""Texts are made comparable without losing what can be heard."""

import pytest

from articles.issue import BlockKind
from articles.segments import Segment
from articles.speech import speak
from audio.listening.words import heard_forms, said_forms, to_words


def segment(written: str, language: str, spoken: str | None = None) -> Segment:
    said = speak(written, language)
    return Segment(0, 0, BlockKind.PARAGRAPH, language, written, spoken or said.text, 1, words=said.words)


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Port-Salvane’s clock — STOPPED?", "en", "port salvane's clock stopped"),
        ("“L’heure d'aujourd’hui”, dit-elle.", "fr", "l' heure d' aujourd' hui dit elle"),
        ("E\u0301te\u0301 où ça", "fr", "été où ça"),
        ("?!…", "fr", ""),
    ],
)
def test_case_punctuation_and_hyphens_do_not_count_but_accents_do(text: str, language: str, words: str) -> None:
    assert " ".join(to_words(text, language)) == words


@pytest.mark.parametrize(
    ("written", "heard", "locale"),
    [
        ("On 14 November, 38% of 2,340 people paid €9.50.", "On 14 November, 38 % of 2340 people paid €9.50.", "en-GB"),
        ("Le 3 octobre, à 14 h 30, 12,5 M€.", "Le 3 octobre à 14h30, 12,5 millions d'euros.", "fr"),
        ("Au XIXᵉ siècle, quatre-vingt-dix-sept lavoirs", "au 19e siècle 97 lavoirs", "fr"),
        ("quatre-vingt-dix-sept", "97", "fr"),
    ],
)
def test_a_number_is_the_same_in_figures_and_in_words(written: str, heard: str, locale: str) -> None:
    assert set(said_forms(segment(written, locale), locale)) & set(heard_forms(heard, locale))


def test_a_number_is_said_as_in_the_locale() -> None:
    assert heard_forms("97", "fr-CH")[0] == ("nonante", "sept")


def test_what_the_lexicon_respells_can_be_heard_either_way() -> None:
    respelt = segment("Ms Harkmoor left", "en", spoken="Ms [[en|Hark-more]] left")
    forms = said_forms(Segment(0, 0, respelt.kind, "en", respelt.written, respelt.spoken, 1), "en")
    assert ("ms", "hark", "more", "left") in forms
    assert any("harkmoor" in form for form in forms)


def test_sounds_in_a_spoken_text_are_compared_as_what_was_written() -> None:
    said = speak("Le Vieux-Port attend", "fr")
    word = said.words[1]
    words = (said.words[0], type(word)("[[vjø pɔʁ]]", word.start, word.end), *said.words[2:])
    spoken = Segment(0, 0, BlockKind.PARAGRAPH, "fr", "Le Vieux-Port attend", "Le [[vjø pɔʁ]] attend", 1, words=words)
    assert said_forms(spoken, "fr")[0] == ("le", "vieux", "port", "attend")


def test_an_announcement_has_no_written_form() -> None:
    assert said_forms(Segment(0, 0, BlockKind.CAPTION, "en", "", "Caption:", 1), "en") == (("caption",),)
