from collections.abc import Callable

import numpy as np
import pytest

from audio.peaks import limiter_gains, peak_envelope, true_peak_db, with_gains

RATE = 44_100


def limited(pcm: np.ndarray, ceiling_db: float, gain: float = 1.0) -> np.ndarray:
    gains = limiter_gains(peak_envelope(pcm), gain, ceiling_db, RATE)
    return np.concatenate([*with_gains(pcm, gains)])


def test_peaks_between_the_samples_are_found() -> None:
    """A sine at a quarter of the rate, sampled 45 degrees off its tops, reads 0 dB and not the -3 of its samples."""
    count = np.arange(RATE)
    window = np.clip(np.minimum(count, count[::-1]) / 5000, 0, 1)
    pcm = (window * np.sin(np.pi / 2 * count + np.pi / 4)).astype(np.float32)
    assert 20 * np.log10(np.abs(pcm).max()) == pytest.approx(-3.01, abs=0.01)
    assert true_peak_db(peak_envelope(pcm)) == pytest.approx(0.0, abs=0.05)


def test_long_sounds_have_no_seams(tone: Callable[..., np.ndarray]) -> None:
    """Measured a block at a time, a steady tone has the same envelope everywhere but at its abrupt ends."""
    envelope = peak_envelope(tone(14.0, 0.5, 441.0))[100:-100]
    by_period = np.lib.stride_tricks.sliding_window_view(envelope, 8).max(axis=1)
    assert by_period == pytest.approx(0.5, abs=0.001)


@pytest.mark.parametrize("ceiling_db", [-1.0, -3.0, -12.0])
def test_no_true_peak_passes_the_ceiling(speech: Callable[..., np.ndarray], ceiling_db: float) -> None:
    """Speech far too loud comes out with its true peak at the ceiling, to a twentieth of a dB."""
    pcm = speech(8.0, 2.0, RATE)
    assert true_peak_db(peak_envelope(pcm)) > 3
    peak = true_peak_db(peak_envelope(limited(pcm, ceiling_db)))
    assert ceiling_db - 0.5 <= peak <= ceiling_db + 0.05


def test_one_peak_does_not_touch_the_rest(tone: Callable[..., np.ndarray]) -> None:
    """A single loud click is turned down with what lies around it; half a tenth of a second away nothing changes."""
    pcm = tone(1.0, 0.1)
    pcm[22_050] = 1.5
    quiet = limited(pcm, -3.0)
    assert np.abs(quiet).max() <= 10 ** (-3 / 20) * 1.001
    away = np.r_[0 : 22_050 - 2205, 22_050 + 2205 : RATE]
    assert quiet[away] == pytest.approx(pcm[away], abs=1e-6)


def test_the_limiter_does_not_clip(tone: Callable[..., np.ndarray]) -> None:
    """A steady tone 6 dB too high comes out as the same tone, softer: a flat top would have overtones."""
    pcm = limited(tone(1.0, 1.0, 200.0), -6.0)[4410:-4410]
    spectrum = np.abs(np.fft.rfft(pcm * np.hanning(len(pcm))))
    overtones = np.r_[spectrum[300 * len(pcm) // RATE :]]
    assert 20 * np.log10(overtones.max() / spectrum.max()) < -60


@pytest.mark.parametrize("gain", [0.5, 1.0, 2.0])
def test_sound_under_the_ceiling_only_gets_its_gain(tone: Callable[..., np.ndarray], gain: float) -> None:
    """Where no peak is too high the limiter is not there."""
    pcm = tone(0.5, 0.1)
    assert limited(pcm, -1.0, gain) == pytest.approx(pcm * gain, abs=1e-6)


@pytest.mark.parametrize("samples", [0, 1, 15, 16, 17, 1000])
def test_the_shortest_sounds_keep_their_length(samples: int) -> None:
    """Nothing is lost or added when a sound is no whole number of hops, or shorter than the limiter's reach."""
    pcm = np.full(samples, 0.9, dtype=np.float32)
    gains = limiter_gains(peak_envelope(pcm), 2.0, -6.0, RATE)
    assert sum(len(block) for block in with_gains(pcm, gains)) == samples
