import numpy as np
import pytest

from voices.tone import ToneVoice
from voices.voice import Delivery, SpeechError

VOICE = ToneVoice("tone", "mul", "tone:1")


def test_the_same_text_is_the_same_sound() -> None:
    """Twice the same call gives the same samples, whatever the seed."""
    once, twice = VOICE.speak("Hello there", Delivery(), 1), VOICE.speak("Hello there", Delivery(), 2)
    assert np.array_equal(once.pcm, twice.pcm)


def test_word_times_bound_the_tones() -> None:
    """There is sound inside each word's time and silence between."""
    clip = VOICE.speak("Hello there", Delivery(), 0)
    first, second = clip.words
    assert np.abs(clip.pcm[first.start : first.end]).max() > 3000
    assert np.abs(clip.pcm[second.start : second.end]).max() > 3000
    assert not clip.pcm[first.end : second.start].any()
    assert not clip.pcm[: first.start].any()


def test_faster_is_shorter() -> None:
    """At twice the speed a word takes half the time."""
    slow, fast = (VOICE.speak("Hello", Delivery(speed), 0).words[0] for speed in (1.0, 2.0))
    assert (slow.end - slow.start) == pytest.approx(2 * (fast.end - fast.start), abs=2)


def test_no_word_is_an_error() -> None:
    """There is no clip for a text without words."""
    with pytest.raises(SpeechError):
        VOICE.speak("…", Delivery(), 0)
