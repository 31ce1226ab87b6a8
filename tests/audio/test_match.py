from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from audio.cut import cut_takes
from audio.level import Limited, ceiling_db
from audio.loudness import integrated_lufs
from audio.match import match_voices
from audio.sound import Sound

RATE = 44_100
SOUND = Sound()


def as_heard(pcm: np.ndarray) -> float:
    limited = Limited.of(pcm.astype(np.float32), RATE).blocks(0.0, ceiling_db(SOUND))
    return integrated_lufs(limited, RATE)


def test_two_voices_are_heard_equally_loud(
    recorder: Any, speech: Callable[..., np.ndarray], tone: Callable[..., np.ndarray]
) -> None:
    """A much softer voice without peaks ends as loud as one full of them once both are limited: at the target."""
    crackle = np.random.default_rng(1).standard_t(2.5, 4 * 22_050).clip(-25, 25).astype(np.float32) / 50
    recorder.record(crackle, voice="joe")
    recorder.record(tone(3.0, 0.03, rate=24_000), voice="siwis", rate=24_000)
    recorder.record(speech(4.0, 0.2, seed=2), voice="joe")
    joe, siwis, more = match_voices(tuple(cut_takes(recorder.takes, recorder.store, RATE)), SOUND)
    assert as_heard(np.concatenate([joe, more])) == pytest.approx(-16, abs=0.15)
    assert as_heard(siwis) == pytest.approx(-16, abs=0.15)


def test_a_quiet_sentence_stays_quiet(recorder: Any, speech: Callable[..., np.ndarray]) -> None:
    """One gain for all that a voice says: a whisper 9 dB under the rest stays 9 dB under it."""
    pcm = speech(4.0, 0.1)
    recorder.record(pcm)
    recorder.record(pcm * np.float32(10 ** (-9 / 20)))
    loud, quiet = match_voices(tuple(cut_takes(recorder.takes, recorder.store, RATE)), SOUND)
    assert integrated_lufs([loud], RATE) - integrated_lufs([quiet], RATE) == pytest.approx(9, abs=0.1)


@pytest.mark.parametrize("seconds", [0.1, 0.3])
def test_a_voice_with_one_short_word_is_matched(recorder: Any, tone: Callable[..., np.ndarray], seconds: float) -> None:
    """A caption of one word, shorter than the standard can measure, is brought near the target too."""
    recorder.record(tone(seconds, 0.02, rate=22_050))
    (word,) = match_voices(tuple(cut_takes(recorder.takes, recorder.store, RATE)), SOUND)
    middle = word[len(word) // 4 : -len(word) // 3]
    assert integrated_lufs([middle], RATE) == pytest.approx(-16, abs=2)


def test_a_silent_voice_is_left_alone(recorder: Any, speech: Callable[..., np.ndarray]) -> None:
    """Silence has no loudness to match, and is no error as long as another voice speaks."""
    recorder.record(speech(1.0))
    recorder.record(np.zeros(22_050, dtype=np.float32), voice="mute")
    heard, nothing = match_voices(tuple(cut_takes(recorder.takes, recorder.store, RATE)), SOUND)
    assert len(heard) > 0
    assert len(nothing) == 0
