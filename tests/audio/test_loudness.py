from collections.abc import Callable

import numpy as np
import pyloudnorm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.loudness import SILENT_LUFS, integrated_lufs

RATE = 44_100


def db(level: float) -> float:
    return float(10 ** (level / 20))


@pytest.mark.parametrize("rate", [44_100, 48_000])
def test_a_full_scale_sine_reads_as_the_standard_says(tone: Callable[..., np.ndarray], rate: int) -> None:
    """ITU-R BS.1770: a sine of 997 Hz at 0 dB in one channel is -3.01 LUFS, and 20 dB less is 20 LU less."""
    assert integrated_lufs([tone(5.0, 1.0, 997, rate)], rate) == pytest.approx(-3.01, abs=0.05)
    assert integrated_lufs([tone(5.0, 0.1, 997, rate)], rate) == pytest.approx(-23.01, abs=0.05)


def test_quiet_passages_do_not_count(tone: Callable[..., np.ndarray]) -> None:
    """EBU Tech 3341, case 3: 13 LU softer before and after, the loud middle alone is measured."""
    soft = tone(10.0, db(-33), 1000)
    assert integrated_lufs([soft, tone(60.0, db(-20), 1000), soft], RATE) == pytest.approx(-23.0, abs=0.1)


def test_silence_does_not_count(tone: Callable[..., np.ndarray]) -> None:
    """EBU Tech 3341, case 4 in short: what lies under -70 LUFS changes nothing."""
    with_silence = [
        np.zeros(20 * RATE, dtype=np.float32),
        tone(20.0, 0.1),
        np.zeros(20 * RATE, dtype=np.float32),
    ]
    assert integrated_lufs(with_silence, RATE) == pytest.approx(integrated_lufs([tone(20.0, 0.1)], RATE), abs=0.1)


def test_a_long_sound_measured_in_stretches_is_measured_whole() -> None:
    """Stretch by stretch gives what the library gives for all at once, to a hundredth of an LU; rumble or not."""
    random = np.random.default_rng(4)
    levels = np.repeat(random.uniform(0.01, 0.3, 100), RATE)
    pcm = (levels * random.standard_normal(len(levels))).astype(np.float32)
    whole = pyloudnorm.Meter(RATE).integrated_loudness(pcm.astype(np.float64))
    assert integrated_lufs([pcm], RATE) == pytest.approx(whole, abs=0.01)
    time = np.arange(70 * RATE) / RATE
    rumble = (0.9 * np.cos(2 * np.pi * 4.9 * time) + 0.001 * np.sin(2 * np.pi * 440 * time)).astype(np.float32)
    whole = pyloudnorm.Meter(RATE).integrated_loudness(rumble.astype(np.float64))
    assert integrated_lufs([rumble], RATE) == pytest.approx(whole, abs=0.01)


@settings(max_examples=10)
@given(st.lists(st.integers(0, 40 * RATE), max_size=4))
def test_it_does_not_matter_how_a_sound_is_cut(cuts: list[int]) -> None:
    """The same sound in other parts has the same loudness."""
    pcm = np.random.default_rng(5).normal(0, 0.1, 40 * RATE).astype(np.float32)
    assert integrated_lufs(np.split(pcm, sorted(cuts)), RATE) == pytest.approx(integrated_lufs([pcm], RATE), abs=0.005)


@pytest.mark.parametrize("seconds", [0.05, 0.1, 0.399])
def test_a_word_too_short_for_the_standard_is_measured(tone: Callable[..., np.ndarray], seconds: float) -> None:
    """Sound shorter than a gating block is as loud as the same sound going on."""
    assert integrated_lufs([tone(seconds, 0.1)], RATE) == pytest.approx(integrated_lufs([tone(3, 0.1)], RATE), abs=0.5)


@pytest.mark.parametrize("samples", [0, 1, 1000, RATE])
def test_silence_is_silent(samples: int) -> None:
    """Nothing and zeros of any length give minus infinity, without a warning."""
    assert integrated_lufs([np.zeros(samples, dtype=np.float32)], RATE) == SILENT_LUFS
