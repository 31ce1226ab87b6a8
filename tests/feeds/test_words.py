from dataclasses import fields
from datetime import date
from string import Formatter

import pytest

from feeds.words import ENGLISH, FRENCH, duration_text, language_name, long_date, size_text, words_for


def test_pages_speak_french_or_english() -> None:
    """French of any country gets French words; every other language gets English ones."""
    assert [words_for(tag).language for tag in ("fr", "fr-CA", "FR", "en", "de")] == [
        "fr",
        "fr",
        "fr",
        "en",
        "en",
    ]


def test_both_languages_say_the_same_things() -> None:
    """No phrase is empty, and each has the same blanks to fill in both languages."""
    for field in fields(ENGLISH):
        pair = [getattr(words, field.name) for words in (ENGLISH, FRENCH)]
        assert all(pair)
        if all(isinstance(phrase, str) for phrase in pair):
            blanks = [sorted(name for _, name, _, _ in Formatter().parse(phrase) if name) for phrase in pair]
            assert blanks[0] == blanks[1], field.name


def test_dates_are_written_out() -> None:
    """The French first of a month is `1er`; other days are plain numbers; twelve months have names."""
    assert long_date(date(2023, 4, 1), ENGLISH) == "1 April 2023"
    assert long_date(date(2023, 4, 1), FRENCH) == "1er avril 2023"
    assert long_date(date(2023, 8, 15), FRENCH) == "15 août 2023"
    assert len(ENGLISH.months) == len(FRENCH.months) == 12


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "1 s"), (59.6, "1 min"), (125.4, "2 min 5 s"), (3600, "1 h"), (3725, "1 h 2 min")],
)
def test_durations_read_at_a_glance(seconds: float, text: str) -> None:
    """Minutes and seconds below an hour, hours and minutes above, and nothing that is zero."""
    assert duration_text(seconds, ENGLISH).replace("\u00a0", " ") == text


def test_sizes_have_the_readers_decimal_sign() -> None:
    """A megabyte is a million bytes; French writes a comma and Mo."""
    assert size_text(1_234_567, ENGLISH) == "1.2 MB"
    assert size_text(1_234_567, FRENCH) == "1,2\u00a0Mo"
    assert size_text(10, ENGLISH) == "0.1 MB"


def test_a_language_is_named_in_itself() -> None:
    """Its own readers recognise the mark; an unknown language shows its tag."""
    assert [language_name(tag) for tag in ("fr", "fr-CA", "en", "xx")] == [
        "français",
        "français",
        "English",
        "xx",
    ]
