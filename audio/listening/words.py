"""Texts as words that can be held against each other: without case, punctuation, hyphens or figures."""

import re
import unicodedata
from collections.abc import Iterator

from articles.segments import Segment
from articles.speech import SpokenWord, speak
from articles.speech.markup import parts

Words = tuple[str, ...]

# "l’", "qu’": an elided word is one of its own. Elsewhere an apostrophe stands inside a word: "don’t".
_ELIDED = re.compile(r"[^\W_]+['’]?")
_WHOLE = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ELIDING = frozenset({"fr", "it", "ca"})


def to_words(text: str, language: str) -> Words:
    """The words of `text`, folded; a hyphen parts two, an apostrophe only where the language elides. Accents stay."""
    pattern = _ELIDED if language.partition("-")[0] in _ELIDING else _WHOLE
    folded = unicodedata.normalize("NFC", text).casefold().replace("’", "'")
    return tuple(pattern.findall(folded))


def said_forms(segment: Segment, locale: str) -> tuple[Words, ...]:
    """The ways in which what a segment says can be written: as its voice was given it, and without the lexicon.

    Where the lexicon respells a word, only the second can be expected of somebody who hears it.
    """
    forms = [to_words(_readable(segment), locale)]
    if segment.written:
        forms.append(to_words(speak(segment.written, locale).text, locale))
    return tuple(dict.fromkeys(form for form in forms if form))


def heard_forms(text: str, locale: str) -> tuple[Words, ...]:
    """The ways to read what a recogniser wrote: figures and abbreviations said as a voice would, and as it stands."""
    return tuple(dict.fromkeys((to_words(speak(text, locale).text, locale), to_words(text, locale))))


def _readable(segment: Segment) -> str:
    """The spoken text, with what was written where it holds sounds instead of words."""
    if not segment.words:
        return "".join(part.text for part in parts(segment.spoken))
    return " ".join(word for each in segment.words for word in _as_written(each, segment.written))


def _as_written(word: SpokenWord, written: str) -> Iterator[str]:
    cut = parts(word.text)
    if any(part.is_ipa for part in cut):
        yield written[word.start : word.end]
    else:
        yield "".join(part.text for part in cut)
