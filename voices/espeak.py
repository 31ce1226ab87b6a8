"""Text to phonemes by the espeak-ng that comes with piper-tts; both engines speak from these."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from piper import PiperVoice
from piper.config import PhonemeType, PiperConfig

from articles.speech.markup import Part, parts
from voices.voice import SpeechError

_VOICES = {"en-GB": "en-gb-x-rp", "en-US": "en-us", "pt-BR": "pt-br", "fr-BE": "fr-be", "fr-CH": "fr-ch"}
_STRESS = frozenset("ˈˌ")
_PAUSES = frozenset(".,;:!?…")

# Words that nobody writes, put where a marked part stands: one begins with a consonant, one with a vowel. Beside one of
# them espeak reads the rest as beside a word: "les" with its z before a vowel, "l’" as no letter, "a" unstressed.
_STAND_INS = ("toto", "otto")
_VOWELS = frozenset("aeiouyæøœɐɑɒɔəɛɜɘɞɤɨɪɯɵɶʉʊʌʏɚɝᵻ")


_RESPELT = ((re.compile(r"(?i)\b(quatre-vin)gt(?=-(?:un|cinq|sept|huit|onze)\b)"), r"\1"),)
"""What espeak's French says wrong, and how to write it for espeak: the t of vingt is silent from 81 to 99."""


def espeak_voice(language: str) -> str:
    """The name of espeak's voice for a language tag: British and American English differ, for example."""
    return _VOICES.get(language) or language.split("-")[0]


def phonemize(espeak_voice: str, text: str) -> list[str]:
    """The phonemes of `text` as NFD code points, a space between words, punctuation kept, all clauses joined.

    A part marked as IPA is taken as it is; one marked as another language is read by espeak's voice for that language
    (see articles.speech.markup). Raises SpeechError for a language that espeak does not have.
    """
    cut = parts(text)
    if all(part.is_plain for part in cut):
        return _read(espeak_voice, text)
    sounds = [_marked(part) for part in cut]
    phonemes: list[str] = []
    for place, (part, sound) in enumerate(zip(cut, sounds, strict=True)):
        if not part.is_plain:
            phonemes += sound
            continue
        before = sounds[place - 1] if place else []
        after = sounds[place + 1] if place + 1 < len(cut) else []
        phonemes += _between(espeak_voice, part.text, before, after)
    return phonemes


@lru_cache(maxsize=4096)
def word_phonemes(espeak_voice: str, word: str) -> tuple[str, ...]:
    """The phonemes of one word said alone; the cache serves the few hundred words that fill most texts."""
    return tuple(phonemize(espeak_voice, word))


def _marked(part: Part) -> list[str]:
    """The sounds of a marked part; nothing for a plain one, whose sounds depend on its neighbours'."""
    if part.is_ipa:
        return list(unicodedata.normalize("NFD", part.text))
    return _read(espeak_voice(part.language), part.text) if part.language else []


def _between(espeak_voice: str, text: str, before: list[str], after: list[str]) -> list[str]:
    """The phonemes of plain `text` that stands beside marked parts which sound as `before` and `after` do."""
    if not any(map(str.isalnum, text)):
        return _pause(text, is_last=not after)
    first, last = _stand_in(before), _stand_in(after)
    phonemes: list[str] | None = _read(espeak_voice, f"{first}{text}{last}")
    if phonemes and first:
        phonemes = _without(_read(espeak_voice, first), phonemes)
    if phonemes and last:
        phonemes = _without(_read(espeak_voice, last)[::-1], phonemes[::-1])
        phonemes = phonemes[::-1] if phonemes is not None else None
    if phonemes is not None:
        return phonemes
    # espeak ran a stand-in together with its neighbour. Without one the words are right, if not always their stress.
    head, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return [*head[:1], *_read(espeak_voice, text), *tail[:1]]


def _stand_in(sound: Sequence[str]) -> str:
    first = next((symbol for symbol in sound if symbol.isalpha() and symbol not in _STRESS), "")
    return _STAND_INS[first in _VOWELS] if first else ""


def _without(start: Sequence[str], phonemes: list[str]) -> list[str] | None:
    """`phonemes` without `start` at their beginning, wherever the stress lies; None when they begin otherwise."""
    wanted = [symbol for symbol in start if symbol not in _STRESS]
    place = 0
    for symbol in wanted:
        while place < len(phonemes) and phonemes[place] in _STRESS:
            place += 1
        if place == len(phonemes) or phonemes[place] != symbol:
            return None
        place += 1
    while place < len(phonemes) and phonemes[place] in _STRESS:
        place += 1
    return phonemes[place:]


def _pause(marks: str, *, is_last: bool) -> list[str]:
    """What is heard where only marks and spaces stand: the marks that are pauses, and a space before what follows."""
    heard = ["." if mark == "…" else mark for mark in marks if mark in _PAUSES][:1]
    return heard if is_last else [*heard, " "] if heard or " " in marks else []


def _read(voice: str, text: str) -> list[str]:
    """espeak's phonemes. It ends a sentence where it sees fit; a segment is one already, so its parts are joined."""
    phonemes: list[str] = []
    text = text.replace("[[", "[").replace("]]", "]")
    for wrong, right in _RESPELT if voice.startswith("fr") else ():
        text = wrong.sub(right, text)
    try:
        sentences = _phonemizer(voice).phonemize(text)
    except RuntimeError as error:
        raise SpeechError(
            f"espeak has no voice for the language “{voice}”", hint="choose another language, or give the word as IPA"
        ) from error
    for sentence in sentences:
        if phonemes and sentence:
            phonemes.append(" ")
        phonemes.extend(sentence)
    return phonemes


@lru_cache(maxsize=32)
def _phonemizer(voice: str) -> Any:
    # espeak can be initialised once per process, a second time crashes it. PiperVoice keeps that one instance, so it is
    # asked for phonemes only: it needs no model for that.
    config = PiperConfig(
        num_symbols=0,
        num_speakers=1,
        sample_rate=0,
        espeak_voice=voice,
        phoneme_id_map={},
        phoneme_type=PhonemeType.ESPEAK,
    )
    return PiperVoice(session=None, config=config)
