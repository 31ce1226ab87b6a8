"""Words are counted as wrong when they sound wrong, and the fewest that can be."""

import pytest

from audio.listening.align import align, unlikeness
from audio.listening.sounds import Ear, ear_for
from audio.listening.words import to_words


@pytest.fixture(scope="module")
def french() -> Ear:
    return ear_for("fr")


@pytest.fixture(scope="module")
def english() -> Ear:
    return ear_for("en-US")


def wrong(said: str, heard: str, ear: Ear, language: str = "en") -> int:
    stretches = align(to_words(said, language), to_words(heard, language), ear)
    assert "".join("".join(each.heard) for each in stretches) == "".join(to_words(heard, language))
    assert [at for each in stretches for at in range(each.first, each.last)] == list(range(len(said.split())))
    return sum(each.wrong for each in stretches)


@pytest.mark.parametrize(
    ("said", "heard", "count"),
    [
        ("the ice house opens", "the ice house opens", 0),
        ("the ice house opens", "the icehouse opens", 0),
        ("a stationmaster waits", "a station master waits", 0),
        ("the square metre", "the square meter", 0),
        ("the old clock", "the cold clock", 1),
        ("the old town clock", "the clock", 2),
        ("the clock", "the very old clock", 2),
        ("the clock", "", 2),
        ("one two three four", "five six three seven eight", 4),
    ],
)
def test_english(said: str, heard: str, count: int, english: Ear) -> None:
    assert wrong(said, heard, english) == count


@pytest.mark.parametrize(
    ("said", "heard", "count"),
    [
        ("elles ont parlé aux voisins", "elle ont parler au voisin", 0),
        ("le mal de mer", "le mal de mère", 0),
        ("sans le père noël", "sans le pernoël", 0),
        ("un lavoir", "un l'avoir", 0),
        ("deux mariages", "de mariages", 1),
        ("on boit du thé", "on voit du thé", 1),
    ],
)
def test_homophones_are_the_same_to_a_listener(said: str, heard: str, count: int, french: Ear) -> None:
    assert wrong(said, heard, french, "fr") == count


def test_a_misspelt_name_sounds_nearer_than_another_sentence(english: Ear) -> None:
    said = to_words("Captain Mireille Tourvelle allows no telephones", "en")
    misspelt = to_words("Captain Mirey Terville allows no telephones", "en")
    another = to_words("Bring a jumper all the same", "en")
    assert unlikeness(said, said, english) == 0
    assert 0 < unlikeness(said, misspelt, english) < 0.3
    assert unlikeness(said, another, english) > 0.6
    assert unlikeness(said, (), english) == 1


def test_a_language_without_sounds_is_compared_by_its_letters() -> None:
    ear = ear_for("tlh")
    assert wrong("nuqneH puqloD", "nuqneh puqbe", ear) == 1
