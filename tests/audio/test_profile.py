import numpy as np
import pytest

from audio.profile import Profile, profile_of


def a_profile(steps: int) -> Profile:
    """Of a sound that long in steps of 0.1 s, its peaks and its loudness rising all the way."""
    rising = np.arange(steps)
    return profile_of((rising / max(1, steps)).astype(np.float32), -60 + 50 * rising / max(1, steps))


@pytest.mark.parametrize(("seconds", "step_s"), [(1, 0.1), (200, 0.1), (200.1, 0.2), (1800, 0.9), (10_800, 5.4)])
def test_a_picture_needs_two_thousand_steps_at_most(seconds: float, step_s: float) -> None:
    """However long the sound is; each step is a whole number of tenths, and all of the sound is in one of them."""
    steps = round(10 * seconds)
    profile = a_profile(steps)
    assert profile.step_s == pytest.approx(step_s)
    assert len(profile.peaks) == len(profile.loudness) == -(-steps // round(10 * step_s)) <= 2000
    assert profile.peaks[-1] == pytest.approx((steps - 1) / steps, abs=0.001)


def test_the_highest_of_a_step_counts() -> None:
    """A peak and a loud moment that last a tenth of a second are in their step of half an hour, and in no other."""
    peaks, loudness = np.full(18_000, 0.1, dtype=np.float32), np.full(18_000, -30.0)
    peaks[9_004], loudness[12_345] = 0.75, -12.34
    profile = profile_of(peaks, loudness)
    assert [place for place, peak in enumerate(profile.peaks) if peak > 0.1] == [9_004 // 9]
    assert [place for place, lufs in enumerate(profile.loudness) if lufs > -30] == [12_345 // 9]
    assert (max(profile.peaks), max(profile.loudness)) == (0.75, -12.3)


def test_silence_is_drawn_at_seventy_below() -> None:
    """Minus infinity is no number that a file of figures can hold: silence, and all under the gate, is -70."""
    profile = profile_of(np.zeros(3, dtype=np.float32), np.array([-np.inf, -93.0, -20.0]))
    assert profile == Profile(0.1, (0.0, 0.0, 0.0), (-70.0, -70.0, -20.0))


def test_nothing_has_no_steps() -> None:
    """A sound shorter than a tenth of a second gives an empty profile."""
    assert profile_of(np.zeros(0, dtype=np.float32), np.zeros(0)) == Profile(0.1, (), ())
