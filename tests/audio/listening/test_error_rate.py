"""Wrong words are counted where they were said."""

import pytest

from articles.issue import BlockKind
from articles.segments import Segment
from articles.speech import speak
from audio.listening.error_rate import ErrorRate, compare

TEXTS = ("The ice house opens again.", "It cost €1.2 million.", "Nobody gave the four minutes back.")


def segments(*texts: str, language: str = "en") -> list[Segment]:
    return [
        Segment(
            number, 0, BlockKind.PARAGRAPH, language, text, (said := speak(text, language)).text, 1, words=said.words
        )
        for number, text in enumerate(texts)
    ]


def hear(heard: str, *texts: str) -> ErrorRate:
    return ErrorRate(compare(segments(*texts), [10.0 * place for place in range(len(texts))], heard, "en"))


def test_what_is_heard_right_has_no_error_however_it_is_written() -> None:
    rate = hear("the Icehouse opens again it cost 1.2 million euros. Nobody gave the 4 minutes back", *TEXTS)
    assert [each.wrong for each in rate.segments] == [0, 0, 0]
    assert (rate.wrong, rate.rate, rate.worst(3)) == (0, 0.0, ())


@pytest.mark.parametrize("place", range(3))
def test_a_sentence_that_is_missing_is_wrong_alone(place: int) -> None:
    rate = hear(" ".join(text for number, text in enumerate(TEXTS) if number != place), *TEXTS)
    wrong = [each.wrong for each in rate.segments]
    assert wrong[place] == len(rate.segments[place].said)
    assert sum(wrong) == wrong[place]
    assert rate.segments[place].is_another_text


@pytest.mark.parametrize("place", range(3))
def test_a_sentence_replaced_by_another_is_the_worst(place: int) -> None:
    heard = [*TEXTS]
    heard[place] = "Bring a jumper, all the same."
    rate = hear(" ".join(heard), *TEXTS)
    (worst,) = rate.worst(1)
    assert worst.segment.index == place
    assert worst.start_s == 10.0 * place
    assert worst.is_another_text
    assert "jumper" in worst.heard
    assert not any(each.is_another_text for each in rate.segments if each is not worst)


def test_the_rate_is_wrong_words_for_each_word_said() -> None:
    rate = hear("The nice house opens again and again", TEXTS[0])
    assert (rate.wrong, rate.words, rate.rate) == (3, 5, 0.6)


def test_a_misspelt_name_comes_after_what_sounds_wrong() -> None:
    said = ("Captain Mireille Tourvelle and Fulcran Destaing agree.", "She left early.")
    worst = hear("Captain Mirey Turvel and Fulcrin Distain agree. He left girly.", *said).worst(5)
    assert [each.segment.index for each in worst] == [1, 0]
    assert worst[0].wrong < worst[1].wrong


def test_languages_are_told_apart() -> None:
    english = compare(segments("One."), [0.0], "one", "en")
    french = compare(segments("Deux mots.", language="fr"), [1.0], "", "fr")
    both = ErrorRate((*english, *french))
    assert (both.in_language("fr-CH").wrong, both.in_language("en").wrong) == (2, 0)


def test_nothing_heard_is_all_wrong_and_nothing_said_is_not() -> None:
    assert hear("", *TEXTS).rate == 1.0
    assert ErrorRate(()).rate == 0.0
