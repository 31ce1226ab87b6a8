from itertools import pairwise

from voices.words import time_words


def spell(word: str) -> list[str]:
    """As if every letter were a phoneme."""
    return [letter for letter in word.lower() if letter.isalpha()]


def bounds(phonemes: str) -> list[int]:
    return list(range(100, 100 + 10 * (len(phonemes) + 1), 10))


def test_each_word_has_the_time_of_its_phonemes() -> None:
    """Words begin with their first phoneme and end with their last; pauses belong to nobody."""
    heard = "one, two"
    times = time_words("One, two", heard, bounds(heard), spell)
    assert [(word.text, word.start, word.end) for word in times] == [("One,", 100, 130), ("two", 150, 180)]


def test_words_run_together_are_told_apart() -> None:
    """Where espeak writes two words as one, each still gets its own phonemes."""
    heard = "ofthe sea"
    times = time_words("of the sea", heard, bounds(heard), spell)
    assert [(word.start, word.end) for word in times] == [(100, 120), (120, 150), (160, 190)]


def test_a_word_said_otherwise_takes_what_its_neighbours_leave() -> None:
    """Phonemes that match no word said alone go to the word before them, and times never run backwards."""
    heard = "le zxq port"
    times = time_words("le 3 port", heard, bounds(heard), spell)
    assert times[0].start == 100
    assert times[2].start == 170
    assert all(word.start <= word.end for word in times)
    assert all(before.end <= after.start for before, after in pairwise(times))


def test_a_dash_between_words_is_no_word() -> None:
    """What holds no letter and no digit has no time."""
    heard = "a - b"
    assert [word.text for word in time_words("a – b", heard, bounds(heard), spell)] == ["a", "b"]
