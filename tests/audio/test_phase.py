from collections.abc import Callable

import numpy as np
import pytest

from audio.peaks import peak_envelope, true_peak_db
from audio.phase import rotate_phase

RATE = 44_100


def test_peaks_fall_and_nothing_else_changes(speech: Callable[..., np.ndarray]) -> None:
    """Pulses lose more than 2 dB of their peaks, and their spectrum is the same at every pitch."""
    pcm = np.concatenate([speech(4.0, 0.5, RATE), np.zeros(RATE, dtype=np.float32)])
    rotated = rotate_phase(pcm, RATE)
    assert len(rotated) == len(pcm)
    assert true_peak_db(peak_envelope(rotated)) < true_peak_db(peak_envelope(pcm)) - 2
    before, after = np.abs(np.fft.rfft(pcm)), np.abs(np.fft.rfft(rotated))
    assert after == pytest.approx(before, abs=float(before.max()) * 1e-4)


@pytest.mark.parametrize(("hz", "late"), [(100, (4.9, 5.3)), (1000, (0.2, 0.3)), (3000, (0.0, 0.1))])
def test_words_stay_where_they_are(hz: float, late: tuple[float, float]) -> None:
    """A short burst comes late by what its pitch is given: low notes 5 ms, what carries consonants under a tenth."""
    time = np.arange(RATE) / RATE - 0.5
    burst = (np.exp(-((time * hz / 2) ** 2)) * np.cos(2 * np.pi * hz * time)).astype(np.float32)
    power = rotate_phase(burst, RATE).astype(np.float64) ** 2
    late_ms = 1000 * float((power * time).sum() / power.sum())
    assert late[0] <= late_ms <= late[1]
