import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.speech import LANGUAGES, rules_for, speak

ROOM = Path(__file__).parents[2] / "articles" / "speech"
LOCALES = ("fr", "fr-CH", "fr-BE", "en-GB", "en-US", "de")


def fixtures() -> list[tuple[str, str, str, str]]:
    """(where, locale, written, spoken) from every file of examples beside the rules.

    A line `written => spoken` is an example; `@ fr-CH` sets the locale of those below it; `#` begins a comment.
    """
    found = []
    for path in sorted(ROOM.rglob("*.txt")):
        locale = path.parent.name
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if line.startswith("@ "):
                locale = line[2:].strip()
            elif " => " in line and not line.startswith("#"):
                written, _, spoken = line.partition(" => ")
                found.append((f"{path.relative_to(ROOM)}:{number}", locale, written, spoken))
    return found


@pytest.mark.parametrize(("where", "locale", "written", "spoken"), fixtures())
def test_it_is_said_as_the_examples_say(where: str, locale: str, written: str, spoken: str) -> None:
    """Every example beside the rules holds when the whole chain is applied."""
    assert speak(written, locale).text == spoken


@pytest.mark.parametrize(("where", "locale", "written", "spoken"), fixtures())
def test_what_is_spoken_already_stays(where: str, locale: str, written: str, spoken: str) -> None:
    """The chain applied to its own result changes nothing."""
    assert speak(spoken, locale).text == spoken


@given(st.text(), st.sampled_from(LOCALES))
def test_the_chain_is_idempotent_on_anything(text: str, locale: str) -> None:
    """Whatever the text, applying the rules twice equals once."""
    once = speak(text, locale).text
    assert speak(once, locale).text == once


@given(st.text(alphabet="0123456789 .,:/-+%€$£°²³×→&@#§№½'’ABCMXVIkmhdg\u00a0\u202f"), st.sampled_from(LOCALES))
def test_nothing_is_left_to_guess(text: str, locale: str) -> None:
    """No digit and no symbol reaches the engine, whatever numbers, units and signs stand in the text."""
    spoken = speak(text, locale).text
    assert not re.search(r"\d", spoken)
    assert not [char for char in spoken if unicodedata.category(char)[0] in "SNC"]


@given(st.text(), st.sampled_from(LOCALES))
def test_every_spoken_word_knows_where_it_comes_from(text: str, locale: str) -> None:
    """Each word's origin lies inside the written text, is not empty, and origins never run backwards."""
    words = speak(text, locale).words
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(before.start <= after.start for before, after in pairwise(words))


def test_every_rule_has_a_name_of_its_own() -> None:
    """In a language no two rules are called the same."""
    for language in LANGUAGES:
        names = [rule.name for rule in rules_for(language)]
        assert len(set(names)) == len(names)
