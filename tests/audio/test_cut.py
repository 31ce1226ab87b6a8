from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from articles.errors import ExitCode
from audio.cut import MissingClipError, clip_of, heard, spoken, words_of
from audio.timeline import PlacedSpeech, Spoken

RATE = 44_100


def cut(recorder: Any) -> tuple[Spoken, np.ndarray]:
    """The only take's speech: where it lies in its clip, and how it is heard."""
    (take,) = recorder.takes
    clip = clip_of(take, recorder.store)
    said = spoken(take, clip, RATE)
    return said, heard(clip, PlacedSpeech(take, 1000, 1000 + said.samples, said.first), RATE)


@pytest.mark.parametrize("rate", [22_050, 24_000])
def test_a_cut_is_the_clips_speech_at_the_new_rate(recorder: Any, tone: Callable[..., np.ndarray], rate: int) -> None:
    """The silence of the clip is gone, and what is left is as loud as it was and lies where the bounds say."""
    silence = np.zeros(rate // 2, dtype=np.float32)
    clip = np.concatenate([silence, tone(1.0, 0.3, 440, rate), silence])
    clip[rate : rate + rate // 1000] = tone(0.001, 0.9, 5000, rate)[: rate // 1000]  # a second into the clip, a tick
    recorder.record(clip, rate=rate)
    said, pcm = cut(recorder)
    assert 0.480 * RATE <= said.first <= 0.486 * RATE
    assert 1.528 * RATE <= said.last <= 1.546 * RATE
    assert len(pcm) == said.samples
    assert abs(int(np.argmax(np.abs(pcm))) - (RATE - said.first)) < RATE // 1000
    assert np.abs(pcm[RATE // 10 : RATE // 3]).max() == pytest.approx(0.3, rel=0.01)


def test_a_clip_that_begins_and_ends_in_the_middle_of_a_sound_does_not_click(
    recorder: Any, tone: Callable[..., np.ndarray]
) -> None:
    """A clip without silence of its own starts and ends at nothing, and no step in it is larger than the tone's."""
    recorder.record(tone(1.0, 0.5, 100.0)[50:-60])
    _, pcm = cut(recorder)
    assert abs(pcm[0]) < 0.01
    assert abs(pcm[-1]) < 0.01
    assert np.abs(np.diff(pcm)).max() < 3 * 0.5 * 2 * np.pi * 100 / RATE


def test_soft_consonants_are_not_cut_off(recorder: Any, tone: Callable[..., np.ndarray]) -> None:
    """A hiss of a tenth of a second before and after the vowels, 42 dB softer, is speech and not silence."""
    hiss = np.random.default_rng(1).normal(0, 0.5 / np.sqrt(2) * 10 ** (-42 / 20), 2205).astype(np.float32)
    silence = np.zeros(11_025, dtype=np.float32)
    recorder.record(np.concatenate([silence, hiss, tone(0.5, 0.5, rate=22_050), hiss, silence]))
    said, _ = cut(recorder)
    assert said.first <= 0.5 * RATE
    assert said.last >= 1.2 * RATE


def test_a_voices_pulses_are_evened_out(recorder: Any, speech: Callable[..., np.ndarray]) -> None:
    """What is cut has lower peaks than its clip, as a limiter wants it."""
    recorder.record(speech(2.0, 0.5))
    _, pcm = cut(recorder)
    assert np.abs(pcm).max() < 0.4


@pytest.mark.parametrize("rate", [22_050, 24_000, 16_000])
def test_the_words_alone_are_what_the_cut_keeps(recorder: Any, tone: Callable[..., np.ndarray], rate: int) -> None:
    """At the clip's own rate they last as long as on the timeline, to the sample, and as loud."""
    silence = np.zeros(rate // 3, dtype=np.float32)
    recorder.record(np.concatenate([silence, tone(1.0, 0.3, 440, rate), silence]), rate=rate)
    said, _ = cut(recorder)
    words = words_of(clip_of(recorder.takes[0], recorder.store))
    assert abs(said.samples - len(words) * RATE / rate) < 2
    assert np.abs(words).max() == pytest.approx(0.3, rel=0.01)


def test_a_silent_clip_is_cut_to_nothing(recorder: Any) -> None:
    """A voice that said nothing takes no time."""
    recorder.record(np.zeros(22_050, dtype=np.float32))
    said, pcm = cut(recorder)
    assert len(pcm) == said.samples == 0


def test_a_missing_clip_is_told_by_its_line_and_words(recorder: Any, tone: Callable[..., np.ndarray]) -> None:
    """The error names the line and the words, says what to do, and fails the article alone."""
    recorder.record(tone(0.5, rate=22_050), written="A sentence that is much too long to be shown whole in a message.")
    recorder.store.path(recorder.takes[0].key).unlink()
    with pytest.raises(MissingClipError) as refused:
        clip_of(recorder.takes[0], recorder.store)
    assert str(refused.value) == (
        "line 1: the clip for “A sentence that is much too long to be …” is gone — build again: it will be read anew"
    )
    assert refused.value.exit_code is ExitCode.ARTICLE_FAILED
