from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.resample import resample, resampled_blocks, resampled_length


@given(st.integers(0, 3000), st.sampled_from([8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000]))
def test_a_clip_lasts_as_long_at_the_new_rate(samples: int, rate: int) -> None:
    """The length at the new rate is the same duration to the nearest sample, whatever the library rounds to."""
    exact = Fraction(samples * 44_100, rate)
    length = len(resample(np.zeros(samples, dtype=np.float32), rate, 44_100))
    assert length == resampled_length(samples, rate, 44_100)
    assert abs(length - exact) <= Fraction(1, 2)


@pytest.mark.parametrize("rate", [22_050, 24_000, 48_000])
def test_a_tone_stays_the_same_tone(tone: Callable[..., np.ndarray], rate: int) -> None:
    """Pitch, level and time are kept: the resampled tone lies on the one made at the new rate."""
    got = resample(tone(1.0, 0.5, 440.0, rate), rate, 44_100)
    expected = tone(1.0, 0.5, 440.0, 44_100)
    middle = slice(2000, -2000)  # the ends ring, since the tone begins and ends abruptly
    assert np.abs(got[middle] - expected[middle]).max() < 1e-4


@settings(max_examples=25)
@given(
    st.integers(1, 20_000),
    st.lists(st.integers(0, 20_000), max_size=4),
    st.sampled_from([(44_100, 48_000), (48_000, 44_100), (24_000, 48_000), (48_000, 48_000)]),
    st.integers(1, 2),
)
def test_blocks_are_resampled_as_one_sound(
    samples: int, cuts: list[int], rates: tuple[int, int], channels: int
) -> None:
    """Wherever it is cut, the sound is the one that comes out at once: same length, same samples, no seam."""
    pcm = np.random.default_rng(samples).uniform(-1, 1, (samples, channels)).astype(np.float32)
    blocks = np.split(pcm, sorted(min(cut, samples) for cut in cuts))
    got = np.concatenate(list(resampled_blocks(blocks, *rates, samples, channels)))
    expected = np.stack([resample(np.ascontiguousarray(side), *rates) for side in pcm.T], axis=1)
    assert got.shape == (resampled_length(samples, *rates), channels)
    assert got == pytest.approx(expected, abs=1e-6)
