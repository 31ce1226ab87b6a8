"""Text to phonemes by the espeak-ng that comes with piper-tts; both engines speak from these."""

from functools import lru_cache
from typing import Any

from piper import PiperVoice
from piper.config import PhonemeType, PiperConfig


def phonemize(espeak_voice: str, text: str) -> list[str]:
    """The phonemes of `text` as NFD code points, a space between words, punctuation kept, all clauses joined.

    espeak ends a sentence where it sees fit; a segment is one sentence already, so its parts are joined again.
    """
    phonemes: list[str] = []
    for sentence in _phonemizer(espeak_voice).phonemize(text.replace("[[", "[").replace("]]", "]")):
        if phonemes and sentence:
            phonemes.append(" ")
        phonemes.extend(sentence)
    return phonemes


@lru_cache(maxsize=4096)
def word_phonemes(espeak_voice: str, word: str) -> tuple[str, ...]:
    """The phonemes of one word said alone; the cache serves the few hundred words that fill most texts."""
    return tuple(phonemize(espeak_voice, word))


@lru_cache(maxsize=32)
def _phonemizer(espeak_voice: str) -> Any:
    # espeak can be initialised once per process, a second time crashes it. PiperVoice keeps that one instance, so it is
    # asked for phonemes only: it needs no model for that.
    config = PiperConfig(
        num_symbols=0,
        num_speakers=1,
        sample_rate=0,
        espeak_voice=espeak_voice,
        phoneme_id_map={},
        phoneme_type=PhonemeType.ESPEAK,
    )
    return PiperVoice(session=None, config=config)
