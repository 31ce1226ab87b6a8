"""Numbers in words; the only file that imports num2words."""

from functools import lru_cache

from num2words import num2words

_DIALECTS = {"fr-BE": "fr_BE", "fr-CH": "fr_CH"}


@lru_cache(maxsize=4096)
def cardinal(number: int, locale: str) -> str:
    """`number` in words as num2words writes it: `fr-BE` and `fr-CH` say septante; a language it lacks gets English."""
    return _in_words(number, locale, "cardinal")


@lru_cache(maxsize=1024)
def ordinal(number: int, locale: str) -> str:
    """`number` as an ordinal in words, masculine singular where the language inflects it."""
    return _in_words(number, locale, "ordinal")


def digits(figures: str, locale: str) -> str:
    """Each digit of `figures` as a word, a space between."""
    return " ".join(cardinal(int(figure), locale) for figure in figures)


def _in_words(number: int, locale: str, to: str) -> str:
    language = _DIALECTS.get(locale, locale.split("-")[0])
    try:
        words: str = num2words(number, lang=language, to=to)
    except NotImplementedError:
        words = num2words(number, lang="en", to=to)
    return words
