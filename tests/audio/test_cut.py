from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from articles.errors import ExitCode
from audio.cut import MissingClipError, cut_takes
from voices.clips import ClipStore

RATE = 44_100


@pytest.mark.parametrize("rate", [22_050, 24_000])
def test_a_cut_is_the_clips_speech_at_the_new_rate(recorder: Any, tone: Callable[..., np.ndarray], rate: int) -> None:
    """The silence of the clip is gone, and what is left is as loud as it was and lies where the bounds say."""
    silence = np.zeros(rate // 2, dtype=np.float32)
    clip = np.concatenate([silence, tone(1.0, 0.3, 440, rate), silence])
    clip[rate : rate + rate // 1000] = tone(0.001, 0.9, 5000, rate)[: rate // 1000]  # a second into the clip, a tick
    recorder.record(clip, rate=rate)
    (cut,) = cut_takes(recorder.takes, recorder.store, RATE)
    assert 0.480 * RATE <= cut.spoken.first <= 0.486 * RATE
    assert 1.528 * RATE <= cut.spoken.last <= 1.546 * RATE
    assert len(cut.pcm) == cut.spoken.samples
    assert abs(int(np.argmax(np.abs(cut.pcm))) - (RATE - cut.spoken.first)) < RATE // 1000
    assert np.abs(cut.pcm[RATE // 10 : RATE // 3]).max() == pytest.approx(0.3, rel=0.01)


def test_a_clip_that_begins_and_ends_in_the_middle_of_a_sound_does_not_click(
    recorder: Any, tone: Callable[..., np.ndarray]
) -> None:
    """A clip without silence of its own starts and ends at nothing, and no step in it is larger than the tone's."""
    recorder.record(tone(1.0, 0.5, 100.0)[50:-60])
    (cut,) = cut_takes(recorder.takes, recorder.store, RATE)
    assert abs(cut.pcm[0]) < 0.01
    assert abs(cut.pcm[-1]) < 0.01
    assert np.abs(np.diff(cut.pcm)).max() < 3 * 0.5 * 2 * np.pi * 100 / RATE


def test_soft_consonants_are_not_cut_off(recorder: Any, tone: Callable[..., np.ndarray]) -> None:
    """A hiss of a tenth of a second before and after the vowels, 42 dB softer, is speech and not silence."""
    hiss = np.random.default_rng(1).normal(0, 0.5 / np.sqrt(2) * 10 ** (-42 / 20), 2205).astype(np.float32)
    silence = np.zeros(11_025, dtype=np.float32)
    recorder.record(np.concatenate([silence, hiss, tone(0.5, 0.5, rate=22_050), hiss, silence]))
    (cut,) = cut_takes(recorder.takes, recorder.store, RATE)
    assert cut.spoken.first <= 0.5 * RATE
    assert cut.spoken.last >= 1.2 * RATE


def test_a_voices_pulses_are_evened_out(recorder: Any, speech: Callable[..., np.ndarray]) -> None:
    """What is cut has lower peaks than its clip, as a limiter wants it."""
    recorder.record(speech(2.0, 0.5))
    (cut,) = cut_takes(recorder.takes, recorder.store, RATE)
    assert np.abs(cut.pcm).max() < 0.4


def test_a_silent_clip_is_cut_to_nothing(recorder: Any) -> None:
    """A voice that said nothing takes no time."""
    recorder.record(np.zeros(22_050, dtype=np.float32))
    (cut,) = cut_takes(recorder.takes, recorder.store, RATE)
    assert len(cut.pcm) == cut.spoken.samples == 0


def test_a_missing_clip_is_told_by_its_line_and_words(
    recorder: Any, tone: Callable[..., np.ndarray], tmp_path: Path
) -> None:
    """The error names the line and the words, says what to do, and fails the article alone."""
    recorder.record(tone(0.5, rate=22_050), written="A first sentence.")
    recorder.record(tone(0.5, rate=22_050), written="A sentence that is much too long to be shown whole in a message.")
    recorder.store.path(recorder.takes[1].key).unlink()
    with pytest.raises(MissingClipError) as refused:
        list(cut_takes(recorder.takes, recorder.store, RATE))
    assert str(refused.value) == (
        "line 2: the clip for “A sentence that is much too long to be …” is gone — build again: it will be read anew"
    )
    assert refused.value.exit_code is ExitCode.ARTICLE_FAILED
    with pytest.raises(MissingClipError, match="line 1"):
        list(cut_takes(recorder.takes, ClipStore(tmp_path / "elsewhere"), RATE))
