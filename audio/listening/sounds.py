"""What words sound like: to a listener, those that sound the same are the same."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from audio.listening.words import Words
from voices.espeak import espeak_voice, word_phonemes
from voices.voice import SpeechError

Ear = Callable[[str], str]
"""The sounds of a text, without stress, length and pauses."""

_LONGEST_JOIN = 3
_UNHEARD = frozenset("ˈˌː")


def ear_for(locale: str) -> Ear:
    """How a text sounds in this locale, by espeak; its letters where espeak does not have the language."""

    @lru_cache(maxsize=8192)
    def sounds(text: str) -> str:
        try:
            heard = "".join(filter(_is_heard, word_phonemes(espeak_voice(locale), text)))
        except SpeechError:
            return text.replace(" ", "")
        return heard or text

    return sounds


def _is_heard(symbol: str) -> bool:
    return symbol.isalpha() and symbol not in _UNHEARD


def sound_alike(some: Sequence[str], others: Sequence[str], ear: Ear) -> bool:
    """Whether two runs of words can be the same sounds, written together or apart: "ice house" and "icehouse"."""
    return bool(_readings(some, ear) & _readings(others, ear))


def runs_alike(some: Words, others: Words, ear: Ear) -> tuple[int, int, int, int] | None:
    """The first words of each, [a, b) and [c, d), that sound alike though they are cut otherwise; None without any."""
    for a in range(len(some)):
        for c in range(len(others)):
            for b in range(a + 1, min(a + _LONGEST_JOIN, len(some)) + 1):
                for d in range(c + 1, min(c + _LONGEST_JOIN, len(others)) + 1):
                    if sound_alike(some[a:b], others[c:d], ear):
                        return a, b, c, d
    return None


def _readings(words: Sequence[str], ear: Ear) -> set[str]:
    joined = "".join(words)
    return {joined.replace("'", ""), ear(joined), ear(" ".join(words))}
