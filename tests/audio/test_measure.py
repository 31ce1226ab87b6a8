import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import av
import numpy as np
import pyloudnorm
import pytest
from scipy.signal import resample_poly

from audio.containers import Container, Encoding, encoding_for
from audio.decode import UndecodableError
from audio.encode import encode
from audio.level import in_blocks
from audio.measure import measure
from audio.tags import Tags
from tests.limits import PEAK_BYTES

RATE = 44_100
PROGRAM = f"""{PEAK_BYTES}
from pathlib import Path
from audio.measure import measure

measure(Path(sys.argv[1]), 44_100, 1)
print(peak_bytes())
"""
TAGS = Tags("The harbour wakes", "The Gazette", "November", 1, "en", date(2026, 11, 2))


def write(path: Path, encoding: Encoding, pcm: np.ndarray) -> Path:
    encode(in_blocks(pcm), path, encoding, TAGS, (), len(pcm))
    return path


def heard(path: Path) -> np.ndarray:
    """What an independent reader finds in the file: (frames, channels)."""
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray() for frame in container.decode(audio=0)]
        layout = container.streams.audio[0].layout.nb_channels
    planar = np.concatenate([part if len(part) == layout else part.reshape(-1, layout).T for part in frames], axis=1)
    return planar.T.astype(np.float64)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("container", Container)
def test_the_figures_are_those_of_what_is_heard(
    container: Container, channels: int, speech: Callable[..., np.ndarray], tmp_path: Path
) -> None:
    """Loudness to 0.06 LU and true peak to 0.1 dB are what another decoder and another meter find; no frame is lost."""
    pcm = np.stack([speech(6.0, 0.5, RATE, seed) for seed in range(channels)], axis=1)
    encoding = encoding_for(container, 96, RATE, channels)
    path = write(tmp_path / f"x{container.suffix}", encoding, pcm)
    made, decoded = measure(path, encoding.file_rate, channels), heard(path)[: round(6.0 * encoding.file_rate)]
    assert made.frames == len(decoded) == 6 * encoding.file_rate
    assert made.lufs == pytest.approx(pyloudnorm.Meter(encoding.file_rate).integrated_loudness(decoded), abs=0.06)
    peak_db = 20 * np.log10(np.abs(resample_poly(decoded, 4, 1, axis=0)).max())
    assert made.true_peak_db == pytest.approx(peak_db, abs=0.1)


@pytest.mark.parametrize("container", [Container.MP3, Container.OPUS])
def test_the_profile_shows_what_is_where(container: Container, tone: Callable[..., np.ndarray], tmp_path: Path) -> None:
    """Silence, a soft tone from 4 s and a loud one from 8 s: peaks at once, loudness within 3 s, each at its place."""
    silence = np.zeros(4 * RATE, dtype=np.float32)
    pcm = np.concatenate([silence, tone(4.0, 0.05, 997), tone(4.0, 0.5, 997)])
    encoding = encoding_for(container, 96, RATE, 1)
    profile = measure(write(tmp_path / "x", encoding, pcm), encoding.file_rate, 1).profile
    assert (profile.step_s, len(profile.peaks), len(profile.loudness)) == (0.1, 120, 120)
    assert max(profile.peaks[:39]) < 0.005
    assert profile.peaks[41:79] == pytest.approx(np.full(38, 0.05), rel=0.1)
    assert profile.peaks[81:] == pytest.approx(np.full(39, 0.5), rel=0.1)
    assert max(profile.loudness[:39]) == -70.0
    assert profile.loudness[71:79] == pytest.approx(np.full(8, 20 * np.log10(0.05) - 3.01), abs=0.3)
    assert profile.loudness[111:] == pytest.approx(np.full(9, 20 * np.log10(0.5) - 3.01), abs=0.3)
    assert profile.loudness[43] < profile.loudness[71] < profile.loudness[83] < profile.loudness[111]


def test_silence_measures_as_silence(tmp_path: Path) -> None:
    """A silent file has no loudness and no peak to speak of, and raises nothing."""
    encoding = encoding_for(Container.MP3, 96, RATE, 1)
    made = measure(write(tmp_path / "x.mp3", encoding, np.zeros(RATE, dtype=np.float32)), RATE, 1)
    assert made.lufs == -np.inf
    assert made.true_peak_db < -80  # the dither
    assert set(made.profile.loudness) == {-70.0}


@pytest.mark.parametrize("samples", [1, 4000])
def test_less_than_a_tenth_of_a_second_is_measured(
    samples: int, tone: Callable[..., np.ndarray], tmp_path: Path
) -> None:
    """So short a file has its frames and its peak, and an empty profile."""
    encoding = encoding_for(Container.M4A, 96, RATE, 1)
    made = measure(write(tmp_path / "x.m4a", encoding, tone(0.1, 0.1)[:samples]), RATE, 1)
    assert made.frames == samples
    assert made.profile.peaks == ()


def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    """A text by a sound's name, and a file that is not there."""
    (tmp_path / "x.mp3").write_text("not a sound")
    with pytest.raises(UndecodableError):
        measure(tmp_path / "x.mp3", RATE, 1)
    with pytest.raises(FileNotFoundError):
        measure(tmp_path / "gone.mp3", RATE, 1)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """A quarter of an hour takes less than 25 MB more than a minute: of its samples there are 159 MB."""
    one = np.random.default_rng(1).normal(0, 0.1, (60 * RATE, 1)).astype(np.float32)
    encoding = encoding_for(Container.MP3, 64, RATE, 1)

    def peak_mb(minutes: int) -> float:
        path = tmp_path / f"{minutes}.mp3"
        encode((one for _ in range(minutes)), path, encoding, TAGS, (), minutes * len(one))
        done = subprocess.run([sys.executable, "-c", PROGRAM, path], capture_output=True, text=True, check=True)
        return int(done.stdout) / 1024**2

    assert peak_mb(15) < peak_mb(1) + 25
