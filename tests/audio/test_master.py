from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import av
import numpy as np
import pyloudnorm
import pytest
from scipy.signal import resample_poly

import audio.master
from articles.errors import ExitCode
from articles.files import WriteError
from audio.containers import Container, Encoding, encoding_for
from audio.level import Levels, in_blocks, levels_of
from audio.loudness import LoudnessError
from audio.master import master
from audio.measure import Measured
from audio.resample import resample
from audio.sound import Sound
from audio.spool import Spool, open_spool
from audio.tags import Tags
from audio.timeline import Chapter

RATE = 44_100
TAGS = Tags("The harbour wakes", "The Gazette", "November", 1, "en", date(2026, 11, 2))


@contextmanager
def spooled(pcm: np.ndarray, folder: Path) -> Iterator[tuple[Spool, Levels]]:
    channels = pcm.shape[1] if pcm.ndim == 2 else 1
    with open_spool(folder / "scratch", channels) as spool:
        yield spool, levels_of(spool.fill(in_blocks(pcm)), RATE, channels)


def mastered(pcm: np.ndarray, sound: Sound, container: Container, path: Path) -> Measured:
    with spooled(pcm, path.parent) as (spool, levels):
        encoding = encoding_for(container, sound.bitrate_kbps, RATE, spool.channels)
        return master(spool, levels, sound, encoding, TAGS, (), path)


@pytest.fixture
def voice(speech: Callable[..., np.ndarray]) -> Callable[..., np.ndarray]:
    """A function that gives peaky speech at the rate of the mix, from 22.05 kHz: without what lies above it."""

    def make(amplitude: float = 0.3, seconds: float = 6.0, seed: int = 1) -> np.ndarray:
        return resample(speech(seconds, amplitude, 22_050, seed), 22_050, RATE)

    return make


def dressed(pcm: np.ndarray, channels: int) -> np.ndarray:
    """Speech in the middle; in stereo with soft music that is not the same on both sides."""
    if channels == 1:
        return pcm[:, None]
    time = np.arange(len(pcm)) / RATE
    music = np.stack([np.sin(2 * np.pi * 220 * time), np.sin(2 * np.pi * 331 * time)], axis=1)
    return (pcm[:, None] + 0.03 * np.abs(pcm).max() * music).astype(np.float32)


def heard(path: Path, encoding: Encoding, frames: int) -> np.ndarray:
    """What an independent reader finds in the file, (frames, channels), less what MPEG-4 has at its end."""
    with av.open(str(path)) as container:
        frame_arrays = [frame.to_ndarray() for frame in container.decode(audio=0)]
    channels = encoding.channels
    planar = [part if len(part) == channels else part.reshape(-1, channels).T for part in frame_arrays]
    return np.concatenate(planar, axis=1).T.astype(np.float64)[: round(frames * encoding.file_rate / RATE)]


def check(path: Path, encoding: Encoding, sound: Sound, made: Measured, frames: int) -> None:
    """Another decoder and other meters find the loudness and the peak that were asked for, and those told."""
    decoded = heard(path, encoding, frames)
    assert len(decoded) == made.frames
    lufs = pyloudnorm.Meter(encoding.file_rate).integrated_loudness(decoded)
    assert lufs == pytest.approx(sound.target_lufs, abs=sound.loudness_tolerance_lu)
    assert lufs == pytest.approx(made.lufs, abs=0.06)
    peak_db = 20 * np.log10(np.abs(resample_poly(decoded, 4, 1, axis=0)).max())
    assert peak_db <= sound.true_peak_db + 0.05
    assert peak_db == pytest.approx(made.true_peak_db, abs=0.1)
    assert made.true_peak_db <= sound.true_peak_db


@pytest.fixture
def encodings(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every path that was encoded to, in order."""
    paths: list[Path] = []
    encode = audio.master.encode

    def counted(blocks: Any, path: Path, *others: Any) -> None:
        paths.append(path)
        encode(blocks, path, *others)

    monkeypatch.setattr(audio.master, "encode", counted)
    return paths


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("kbps", [64, 96, 128])
@pytest.mark.parametrize("container", [Container.MP3, Container.M4A, Container.OPUS])
def test_every_file_is_as_loud_as_asked(
    voice: Callable[..., np.ndarray],
    tmp_path: Path,
    encodings: list[Path],
    container: Container,
    kbps: int,
    channels: int,
) -> None:
    """At every rate an independent decoder and meter find -16 LUFS and no peak above -1 dBTP, after one encoding.

    What changes such a hissing voice most may take another one or more: Opus, and all at 64 kbit/s.
    """
    pcm = dressed(voice(), channels)
    sound = Sound(bitrate_kbps=kbps)
    made = mastered(pcm, sound, container, tmp_path / "x")
    check(tmp_path / "x", encoding_for(container, kbps, RATE, channels), sound, made, len(pcm))
    assert len(encodings) <= (4 if kbps == 64 else 2 if container is Container.OPUS else 1)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("target", [-19.0, -23.0])
@pytest.mark.parametrize("container", Container)
def test_other_targets_are_met_too(
    voice: Callable[..., np.ndarray],
    tmp_path: Path,
    encodings: list[Path],
    container: Container,
    target: float,
    channels: int,
) -> None:
    """Spoken word's -19 and European radio's -23, in every container, after one encoding."""
    pcm = dressed(voice(0.005), channels)
    sound = Sound(target_lufs=target)
    made = mastered(pcm, sound, container, tmp_path / "x")
    check(tmp_path / "x", encoding_for(container, 96, RATE, channels), sound, made, len(pcm))
    assert len(encodings) == 1


@pytest.mark.parametrize(("target", "peak"), [(-19.0, -3.0), (-15.5, -1.0), (-16.0, -2.0)])
def test_lower_peaks_and_louder_sound_are_possible(
    voice: Callable[..., np.ndarray], tmp_path: Path, target: float, peak: float
) -> None:
    """Peaks of -3 or -2 dBTP, and a loud -15.5 LUFS."""
    sound = Sound(target_lufs=target, true_peak_db=peak, bitrate_kbps=128)
    pcm = dressed(voice(0.1), 1)
    made = mastered(pcm, sound, Container.MP3, tmp_path / "x")
    check(tmp_path / "x", encoding_for(Container.MP3, 128, RATE, 1), sound, made, len(pcm))


def test_sound_without_peaks_is_only_made_louder(tone: Callable[..., np.ndarray], tmp_path: Path) -> None:
    """A plain tone at -36 LUFS ends at -16 with the peak that such a tone has: nothing was squeezed."""
    made = mastered(tone(3.0, 0.02, 997.0), Sound(), Container.MP3, tmp_path / "x.mp3")
    assert made.lufs == pytest.approx(-16, abs=0.15)
    assert made.true_peak_db == pytest.approx(-16 + 3.01, abs=0.3)


def test_a_coder_that_overshoots_is_given_more_room(
    voice: Callable[..., np.ndarray], tmp_path: Path, encodings: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With no room left for it, Opus's own overshoot is measured and taken off: the second file is right."""
    monkeypatch.setattr(audio.master, "ceiling_db", lambda sound, _: sound.true_peak_db)
    pcm, sound = dressed(voice(), 1), Sound(bitrate_kbps=64)
    made = mastered(pcm, sound, Container.OPUS, tmp_path / "x")
    check(tmp_path / "x", encoding_for(Container.OPUS, 64, RATE, 1), sound, made, len(pcm))
    assert 2 <= len(encodings) <= 3


def test_a_narrow_tolerance_is_met(voice: Callable[..., np.ndarray], tmp_path: Path, encodings: list[Path]) -> None:
    """±0.1 LU, where MP3 at 64 kbit/s in stereo makes this speech half a LU louder: the second file is right."""
    pcm = np.stack([voice(seed=seed) for seed in (1, 2)], axis=1)
    sound = Sound(bitrate_kbps=64, target_lufs=-19.0, loudness_tolerance_lu=0.1)
    made = mastered(pcm, sound, Container.MP3, tmp_path / "x")
    assert made.lufs == pytest.approx(-19.0, abs=0.1)
    assert len(encodings) == 2


def test_what_is_told_is_in_the_file(voice: Callable[..., np.ndarray], tmp_path: Path) -> None:
    """Tags and chapters go into the last file that was made, and the same sound gives the same bytes."""
    pcm = voice(seconds=3.0)
    chapters = (Chapter("One", 0), Chapter("Two", RATE))
    for name in "ab":
        with spooled(pcm, tmp_path) as (spool, levels):
            encoding = encoding_for(Container.M4A, 96, RATE, 1)
            master(spool, levels, Sound(), encoding, TAGS, chapters, tmp_path / name)
    with av.open(str(tmp_path / "a")) as opened:
        assert opened.metadata["title"] == "The harbour wakes"
        assert [each["metadata"]["title"] for each in opened.chapters()] == ["One", "Two"]
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_silence_cannot_be_made_loud(tmp_path: Path, encodings: list[Path]) -> None:
    """An episode without a sound fails its article before anything is written."""
    with pytest.raises(LoudnessError, match="nothing to hear") as refused:
        mastered(np.zeros(2 * RATE, dtype=np.float32), Sound(), Container.MP3, tmp_path / "x.mp3")
    assert refused.value.exit_code is ExitCode.ARTICLE_FAILED
    assert encodings == []


def test_what_cannot_be_reached_is_told_with_figures(tmp_path: Path, encodings: list[Path]) -> None:
    """Ten clicks a second cannot be -10 LUFS with low peaks: the error says how loud they got, and the wish."""
    clicks = np.zeros(3 * RATE, dtype=np.float32)
    clicks[::4410] = 0.5
    with pytest.raises(
        LoudnessError, match=r"its sound measures -\d\d\.\d\d LUFS with peaks at -\d+\.\d\d dBTP"
    ) as refused:
        mastered(clicks, Sound(target_lufs=-10.0, true_peak_db=-9.0), Container.MP3, tmp_path / "x.mp3")
    assert "where -10 ±0.5 LUFS and at most -9 dBTP are wanted" in refused.value.message
    assert "target_lufs" in refused.value.hint
    assert refused.value.exit_code is ExitCode.ARTICLE_FAILED
    assert len(encodings) == 4


def test_a_folder_that_cannot_be_is_told(tone: Callable[..., np.ndarray], tmp_path: Path) -> None:
    """Where the file cannot be written, the writer's own error comes through."""
    (tmp_path / "episodes").write_text("in the way")
    encoding = encoding_for(Container.MP3, 96, RATE, 1)
    with spooled(tone(1.0), tmp_path) as (spool, levels), pytest.raises(WriteError, match="episodes"):
        master(spool, levels, Sound(), encoding, TAGS, (), tmp_path / "episodes" / "x.mp3")
