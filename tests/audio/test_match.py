from collections.abc import Callable

import numpy as np
import pytest

from audio.ceiling import ceiling_db
from audio.level import in_blocks, levels_of
from audio.loudness import integrated_lufs
from audio.match import voice_gain
from audio.phase import rotate_phase
from audio.resample import resample
from audio.sound import Sound

RATE = 44_100
SOUND = Sound()


def as_heard(parts: list[np.ndarray], gain: float, rate: int) -> float:
    """How loud the parts are at the end: at the output rate, with the gain, limited."""
    pcm = resample(rotate_phase(np.concatenate(parts), rate), rate, RATE) * np.float32(gain)
    levels = levels_of(in_blocks(pcm), RATE, 1)
    return integrated_lufs(levels.limited(in_blocks(pcm), 0.0, ceiling_db(SOUND)), RATE)


def test_two_voices_are_heard_equally_loud(speech: Callable[..., np.ndarray], tone: Callable[..., np.ndarray]) -> None:
    """A much softer voice without peaks ends as loud as one full of them once both are limited: at the target."""
    crackle = np.random.default_rng(1).standard_t(2.5, 4 * 22_050).clip(-25, 25).astype(np.float32) / 50
    peaky = [crackle, speech(4.0, 0.2, seed=2)]
    smooth = [tone(3.0, 0.03, rate=24_000)]
    for parts, rate in ((peaky, 22_050), (smooth, 24_000)):
        gain = voice_gain(parts, len(parts), rate, SOUND)
        assert as_heard(parts, gain, rate) == pytest.approx(SOUND.target_lufs, abs=0.15)


def test_a_long_reading_is_matched_by_all_of_it(speech: Callable[..., np.ndarray]) -> None:
    """Eighty sentences of three levels 6 dB apart, of which a minute is tried: together they are at the target."""
    sentences = [speech(2.0, 1.0, seed=seed) for seed in range(5)]
    parts = [sentences[place % 5] * np.float32((0.1, 0.2, 0.14)[place % 3]) for place in range(80)]
    gain = voice_gain(iter(parts), len(parts), 22_050, SOUND)
    assert as_heard(parts, gain, 22_050) == pytest.approx(SOUND.target_lufs, abs=0.25)


def test_a_quiet_beginning_does_not_make_a_voice_loud(speech: Callable[..., np.ndarray]) -> None:
    """One gain for all it says, whatever comes first: a tenth, 10 dB softer than the rest, stays softer."""
    sentences = [speech(3.0, 1.0, seed=seed) for seed in range(5)]
    parts = [sentences[place % 5] * np.float32(0.03 if place < 6 else 0.1) for place in range(60)]
    gain = voice_gain(parts, len(parts), 22_050, SOUND)
    assert as_heard(parts[6:], gain, 22_050) == pytest.approx(SOUND.target_lufs, abs=0.4)
    assert as_heard(parts[:6], gain, 22_050) < SOUND.target_lufs - 9


@pytest.mark.parametrize("seconds", [0.1, 0.3])
def test_a_voice_with_one_short_word_is_matched(tone: Callable[..., np.ndarray], seconds: float) -> None:
    """A caption of one word, shorter than the standard can measure, is brought near the target too."""
    word = tone(seconds, 0.02, rate=22_050)
    gain = voice_gain([word], 1, 22_050, SOUND)
    assert integrated_lufs([word * np.float32(gain)], 22_050) == pytest.approx(SOUND.target_lufs, abs=1)


def test_a_silent_voice_is_left_alone() -> None:
    """Silence has no loudness to match, and is no error as long as another voice speaks."""
    assert voice_gain([np.zeros(22_050, dtype=np.float32)], 1, 22_050, SOUND) == 1.0
    assert voice_gain([np.zeros(0, dtype=np.float32)], 1, 22_050, SOUND) == 1.0


def test_a_voice_whose_tried_sentences_are_silent_is_matched_all_the_same(tone: Callable[..., np.ndarray]) -> None:
    """Where every sentence that is tried turns out silent, the loudness of the others decides."""
    parts = [np.zeros(2205, dtype=np.float32)] * 16 + [tone(2.0, 0.02, rate=22_050)] * 2
    spread = [parts[place] for place in (0, 16, *range(1, 16), 17)]
    gain = voice_gain(spread, len(spread), 22_050, SOUND)
    assert integrated_lufs([part * np.float32(gain) for part in parts], 22_050) == pytest.approx(-16, abs=0.25)
