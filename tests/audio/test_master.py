import io
from collections.abc import Callable

import av
import numpy as np
import pyloudnorm
import pytest
from scipy.signal import resample_poly

from articles.errors import ExitCode
from audio.loudness import LoudnessError
from audio.master import master
from audio.sound import Sound

RATE = 44_100


def heard(data: bytes) -> np.ndarray:
    with av.open(io.BytesIO(data)) as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)]).astype(np.float64)


def peak_db(pcm: np.ndarray) -> float:
    return float(20 * np.log10(np.abs(resample_poly(pcm, 4, 1)).max()))


@pytest.mark.parametrize("kbps", [64, 96, 128])
@pytest.mark.parametrize("amplitude", [0.005, 0.3])
def test_every_file_is_as_loud_as_asked(speech: Callable[..., np.ndarray], kbps: int, amplitude: float) -> None:
    """Soft or loud, at every bit rate: an independent decoder and meter find -16 LUFS and no true peak above -1 dB."""
    pcm = speech(8.0, amplitude, RATE)
    made = master(pcm, Sound(bitrate_kbps=kbps))
    decoded = heard(made.data)
    assert len(decoded) == len(pcm)
    lufs = pyloudnorm.Meter(RATE).integrated_loudness(decoded)
    assert lufs == pytest.approx(-16, abs=0.5)
    assert lufs == pytest.approx(made.lufs, abs=0.02)
    assert peak_db(decoded) <= -0.95
    assert peak_db(decoded) == pytest.approx(made.true_peak_db, abs=0.1)


@pytest.mark.parametrize(("target", "peak"), [(-23.0, -1.0), (-19.0, -3.0), (-15.0, -1.0)])
def test_other_targets_are_met_too(speech: Callable[..., np.ndarray], target: float, peak: float) -> None:
    """European radio's -23, spoken-word's -19 with lower peaks, and a loud -15."""
    made = master(speech(8.0, 0.1, RATE), Sound(target_lufs=target, true_peak_db=peak))
    assert made.lufs == pytest.approx(target, abs=0.5)
    assert made.true_peak_db <= peak


def test_sound_without_peaks_is_only_made_louder(tone: Callable[..., np.ndarray]) -> None:
    """A plain tone at -36 LUFS ends at -16 with the peak that such a tone has: nothing was squeezed."""
    made = master(tone(3.0, 0.02, 997.0), Sound())
    assert made.lufs == pytest.approx(-16, abs=0.15)
    assert made.true_peak_db == pytest.approx(-16 + 3.01, abs=0.3)


def test_silence_cannot_be_made_loud() -> None:
    """An episode without a sound fails its article."""
    with pytest.raises(LoudnessError, match="nothing to hear") as refused:
        master(np.zeros(2 * RATE, dtype=np.float32), Sound())
    assert refused.value.exit_code is ExitCode.ARTICLE_FAILED


def test_what_cannot_be_reached_is_told_with_figures() -> None:
    """Ten clicks a second cannot be -10 LUFS with low peaks: the error says how loud they got, and the wish."""
    clicks = np.zeros(3 * RATE, dtype=np.float32)
    clicks[::4410] = 0.5
    with pytest.raises(LoudnessError) as refused:
        master(clicks, Sound(target_lufs=-10.0, true_peak_db=-9.0))
    assert "LUFS with peaks at" in refused.value.message
    assert "-10 ±0.5 LUFS and at most -9 dBTP are wanted" in refused.value.message
    assert "target_lufs" in refused.value.hint
