from dataclasses import fields
from string import Formatter

from audio.timeline import Slot
from feeds.picture.captions import ENGLISH, FRENCH, captions_for, figure, plain_figure


def test_both_languages_say_the_same_things() -> None:
    """No caption is empty, each has the same blanks in both languages, and every kind of jingle has its names."""
    for field in fields(ENGLISH):
        english, french = (getattr(captions, field.name) for captions in (ENGLISH, FRENCH))
        assert english
        assert french
        if isinstance(english, str):
            blanks = [sorted(name for _, name, _, _ in Formatter().parse(text) if name) for text in (english, french)]
            assert blanks[0] == blanks[1], field.name
    for captions in (ENGLISH, FRENCH):
        assert set(captions.slots) == set(captions.short_slots) == set(Slot)


def test_the_picture_speaks_french_or_english() -> None:
    """French of any country gets French captions, every other language English ones."""
    assert captions_for("fr-CH") is FRENCH
    assert captions_for("de") is ENGLISH


def test_figures_are_printed_as_each_language_prints_them() -> None:
    """A true minus sign, a comma in French, no sign on zero, and settings without decimals they do not have."""
    assert (figure(-16.06, ENGLISH), figure(-16.06, FRENCH)) == ("−16.1", "−16,1")
    assert figure(-0.04, ENGLISH) == "0.0"
    assert (plain_figure(-16.0, ENGLISH), plain_figure(0.5, FRENCH)) == ("−16", "0,5")
