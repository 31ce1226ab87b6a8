import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import audio.jingles
from audio.decode import decode
from audio.jingles.make import make
from audio.timeline import Slot

SHIPPED = Path(audio.jingles.__file__).parent
RATE = 44_100


def samples(name: str) -> np.ndarray:
    return decode(SHIPPED / name).pcm[:, 0].astype(np.float64)


def levels_db(pcm: np.ndarray, seconds: float = 0.05) -> np.ndarray:
    """RMS levels, a value for each twentieth of a second."""
    frames = pcm[: len(pcm) // round(seconds * RATE) * round(seconds * RATE)].reshape(-1, round(seconds * RATE))
    return 20 * np.log10(np.sqrt(np.mean(frames**2, axis=1)) + 1e-9)


def test_the_script_makes_what_ships(tmp_path: Path) -> None:
    """Composing the jingles anew gives the very bytes that are in the repository."""
    for path in make(tmp_path):
        assert path.read_bytes() == (SHIPPED / path.name).read_bytes(), path.name


def test_the_script_can_be_run(tmp_path: Path) -> None:
    """As a module it writes to the folder that it is given."""
    subprocess.run([sys.executable, "-m", "audio.jingles.make", str(tmp_path)], check=True)
    assert sorted(path.stem for path in tmp_path.iterdir()) == sorted(Slot)


def test_they_are_small() -> None:
    """All together they add less than 2 MB to what is installed."""
    assert sum((SHIPPED / f"{slot}.wav").stat().st_size for slot in Slot) < 2e6


@pytest.mark.parametrize(("slot", "least", "most"), [("intro", 4, 5), ("sting", 1.5, 2.3), ("language", 0.8, 1.3)])
def test_each_is_as_long_as_its_place_allows(slot: str, least: float, most: float) -> None:
    """A sting is heard many times in an issue, and what stands between two languages more often still."""
    assert least < len(samples(f"{slot}.wav")) / RATE < most


def test_the_bits_that_are_dropped_leave_no_distortion_behind() -> None:
    """A tail far below one step of 16 bits is still there in the noise: an undithered one would be cut to nothing."""
    last = np.concatenate([samples(f"{slot}.wav")[-2000:] for slot in ("intro", "outro", "sting", "language")])
    steps = np.round(last * 32768)
    assert 0.3 < steps.std() < 1.5
    assert abs(steps.mean()) < 0.1


@pytest.mark.parametrize(("name", "notes"), [("intro.wav", 3), ("outro.wav", 3), ("sting.wav", 2)])
def test_a_jingle_has_a_few_notes_that_die_away(name: str, notes: int) -> None:
    """So many onsets, no more; the sound comes out of silence and goes back to it, without clipping or offset."""
    pcm = samples(name)
    levels = levels_db(pcm, 0.02)
    rises = [place for place in range(3, len(levels)) if levels[place] - levels[place - 3 : place].max() > 1.5]
    loud = [place for place in rises if levels[place] > levels.max() - 8]
    onsets = [place for before, place in zip([-99, *loud], loud, strict=False) if place - before > 8]
    assert len(onsets) == notes
    assert levels[0] < -50
    assert levels[-1] < -70
    assert np.abs(pcm).max() == pytest.approx(0.5, abs=0.001)
    assert abs(pcm.mean()) < 1e-4


@pytest.mark.parametrize("name", ["intro.wav", "outro.wav", "sting.wav", "language.wav"])
def test_a_jingle_is_no_beep(name: str) -> None:
    """Its strongest single pitch holds less than half of its power, and hardly any of it is shrill."""
    power = np.abs(np.fft.rfft(samples(name) * np.hanning(len(samples(name))))) ** 2
    pitches = np.fft.rfftfreq(len(samples(name)), 1 / RATE)
    strongest = pitches[np.argmax(power)]
    assert power[np.abs(pitches - strongest) < strongest * 0.03].sum() < power.sum() / 2
    assert power[pitches > 4000].sum() < power.sum() / 100


def test_the_bed_runs_on_into_itself() -> None:
    """Where its end meets its beginning there is no step and no change of level, and its level hardly moves."""
    pcm = samples("bed.wav")
    steps = np.abs(np.diff(np.concatenate([pcm, pcm])))
    assert steps[len(pcm) - 5 : len(pcm) + 5].max() <= steps[: len(pcm) - 5].max()
    levels = levels_db(pcm, 0.5)
    assert np.ptp(levels) < 6
    assert abs(levels[0] - levels[-1]) < 3
