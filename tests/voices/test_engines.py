"""The neural engines, on real voices where they are installed."""

from collections.abc import Callable

import numpy as np
import pytest

from voices.kokoro import VOCABULARY, as_kokoro, split_tokens
from voices.load import LoadableVoice
from voices.voice import Delivery, SpeechError

SAID = {
    "en_US-joe-medium": "The quick brown fox jumps over the lazy dog.",
    "ff_siwis": "Le petit chat dort au soleil, près de la fenêtre.",
}

pytestmark = [pytest.mark.slow, pytest.mark.real_voice]


@pytest.mark.parametrize("name", SAID)
def test_a_real_voice_speaks(real_voice: Callable[[str], LoadableVoice], name: str) -> None:
    """A sentence lasts as long as speech does, is neither silent nor clipped, and its words cover it in order."""
    voice = real_voice(name).load()
    clip = voice.speak(SAID[name], Delivery(), 7)
    words = SAID[name].split()
    assert clip.sample_rate == voice.sample_rate
    assert 0.2 < clip.seconds / len(words) < 0.6
    assert 3_000 < np.abs(clip.pcm).max() < 32_767
    assert [word.text for word in clip.words] == words
    assert all(0.03 * clip.sample_rate < word.end - word.start < clip.sample_rate for word in clip.words)
    assert all(a.end <= b.start for a, b in zip(clip.words, clip.words[1:], strict=False))
    assert clip.words[-1].end <= len(clip.pcm)


@pytest.mark.parametrize("name", SAID)
def test_words_are_heard_when_they_are_said_to_be(real_voice: Callable[[str], LoadableVoice], name: str) -> None:
    """Before the first word and behind the last one there is silence, inside the words there is not."""
    clip = real_voice(name).load().speak(SAID[name], Delivery(), 7)
    pcm = clip.pcm.astype(np.float64) / 32_768
    loud = np.sqrt(np.mean(pcm[clip.words[0].start : clip.words[-1].end] ** 2))
    before, after = pcm[: clip.words[0].start], pcm[clip.words[-1].end :]
    for silence in (before, after):
        assert len(silence) == 0 or np.sqrt(np.mean(silence**2)) < loud / 5


@pytest.mark.parametrize("name", SAID)
def test_the_same_seed_is_the_same_sound(real_voice: Callable[[str], LoadableVoice], name: str) -> None:
    """A clip is a pure function of text, delivery and seed, also after something else was said in between."""
    voice = real_voice(name).load()
    once = voice.speak(SAID[name], Delivery(), 7)
    voice.speak("Ab", Delivery(), 8)
    twice = voice.speak(SAID[name], Delivery(), 7)
    assert np.array_equal(once.pcm, twice.pcm)


def test_piper_noise_is_drawn_from_the_seed(real_voice: Callable[[str], LoadableVoice]) -> None:
    """Another seed is another reading of the same text: the model's noise is not switched off."""
    voice = real_voice("en_US-joe-medium").load()
    seven, eight = (voice.speak(SAID["en_US-joe-medium"], Delivery(), seed) for seed in (7, 8))
    assert len(seven.pcm) != len(eight.pcm) or not np.array_equal(seven.pcm, eight.pcm)


@pytest.mark.parametrize("name", SAID)
def test_faster_is_shorter(real_voice: Callable[[str], LoadableVoice], name: str) -> None:
    """At 1.5 times the speed the speech is shorter by about a third."""
    voice = real_voice(name).load()
    slow, fast = (voice.speak(SAID[name], Delivery(speed), 7).seconds for speed in (1.0, 1.5))
    assert 0.55 < fast / slow < 0.85


@pytest.mark.parametrize("name", SAID)
def test_no_word_is_an_error(real_voice: Callable[[str], LoadableVoice], name: str) -> None:
    """There is no clip for a text without words."""
    with pytest.raises(SpeechError):
        real_voice(name).load().speak("…", Delivery(), 7)


def test_a_text_longer_than_kokoro_s_context_is_said_whole(
    real_voice: Callable[[str], LoadableVoice],
) -> None:
    """A sentence of over 510 symbols is spoken in parts, and every one of its words has a time."""
    text = ", ".join(["la maison est grande et le jardin est vert"] * 16)
    clip = real_voice("ff_siwis").load().speak(text, Delivery(), 7)
    assert len(clip.words) == len(text.split())
    assert clip.seconds > 20


def test_parts_are_cut_at_marks_and_spaces() -> None:
    """Symbols are cut behind punctuation where there is some, else behind a space, and none is lost."""
    for mark in (",", " ", "b"):
        symbols = list(("a" * 99 + mark) * 12)
        parts = split_tokens(symbols)
        assert [symbol for part in parts for symbol in part] == symbols
        assert all(0 < len(part) <= 510 for part in parts)
        assert mark == "b" or all(part[-1] == mark for part in parts)


def test_sounds_that_meet_are_not_run_together() -> None:
    """In French t and s stay two sounds, in Italian they are one; what is one sound everywhere is one symbol."""
    assert as_kokoro("sɛptɑ̃tsɛ̃k", "fr-FR") == "sɛptɑ̃tsɛ̃k"
    assert as_kokoro("pitsa", "it-IT") == "piʦa"
    assert as_kokoro("matʃ", "fr-FR") == "maʧ"


def test_kokoro_s_vocabulary_is_complete() -> None:
    """The model has 114 symbols, from 1 to 177, and none twice."""
    assert len(VOCABULARY) == len(set(VOCABULARY.values())) == 114
    assert (min(VOCABULARY.values()), max(VOCABULARY.values())) == (1, 177)
