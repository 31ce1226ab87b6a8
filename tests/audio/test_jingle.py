import hashlib
import wave
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from scipy.io import wavfile

from articles.errors import ExitCode
from audio.jingle import JingleError, open_jingle, open_jingles
from audio.loudness import integrated_lufs
from audio.sound import Sound

RATE = 44_100


def write_wav(path: Path, pcm: np.ndarray, rate: int = RATE, width: int = 2) -> Path:
    """`pcm` of shape (samples, channels) as 8, 16 or 32 bits."""
    kind, scale, offset = {1: ("u1", 127, 128), 2: ("<i2", 32767, 0), 4: ("<i4", 2**31 - 129, 0)}[width]
    path.parent.mkdir(exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(pcm.shape[1])
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes((pcm.astype(np.float64) * scale + offset).astype(kind).tobytes())
    return path


def write_encoded(path: Path, pcm: np.ndarray, rate: int, codec: str) -> Path:
    """`pcm` of shape (samples, 2), encoded."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate)
        stream.layout = "stereo"
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(pcm.T), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
        for part in av.AudioResampler(format=stream.format, layout="stereo", rate=rate).resample(frame):
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return path


def channels(pcm: np.ndarray, count: int) -> np.ndarray:
    return np.repeat(pcm[:, None], count, axis=1)


def test_a_plain_jingle_is_taken_as_it_is(tmp_path: Path, tone: Callable[..., np.ndarray]) -> None:
    """Mono, 16 bits, the right rate: its samples, its file's hash, and nothing to tell."""
    path = write_wav(tmp_path / "x.wav", channels(tone(1.0), 1))
    jingle = open_jingle(path, "x.wav", RATE)
    assert jingle.pcm == pytest.approx(tone(1.0), abs=1e-4)
    assert jingle.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert jingle.note == ""


@pytest.mark.parametrize(
    ("count", "rate", "width", "note"),
    [
        (2, 48_000, 2, "x.wav: stereo at 48 kHz, mixed down to mono at 44.1 kHz"),
        (2, 44_100, 2, "x.wav: stereo at 44.1 kHz, mixed down to mono"),
        (6, 48_000, 2, "x.wav: 6 channels at 48 kHz, mixed down to mono at 44.1 kHz"),
        (1, 22_050, 2, "x.wav: mono at 22.05 kHz, resampled to 44.1 kHz"),
        (1, 44_100, 1, "x.wav: pcm_u8, mono at 44.1 kHz, converted"),
        (1, 44_100, 4, "x.wav: pcm_s32le, mono at 44.1 kHz, converted"),
    ],
)
def test_any_wav_is_brought_to_mono_at_the_right_rate(
    tmp_path: Path, tone: Callable[..., np.ndarray], count: int, rate: int, width: int, note: str
) -> None:
    """The same tone comes out of every kind of file, and a line says what was done."""
    path = write_wav(tmp_path / "x.wav", channels(tone(1.0, 0.3, 440, rate), count), rate, width)
    jingle = open_jingle(path, "x.wav", RATE)
    middle = slice(4410, -4410)
    assert jingle.pcm[middle] == pytest.approx(tone(1.0, 0.3)[middle], abs=0.015)  # 8 bits step by 0.008
    assert jingle.note == note


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [
        ("x.mp3", "libmp3lame", 44_100),
        ("x.flac", "flac", 48_000),
        ("x.m4a", "aac", 44_100),
        ("x.opus", "libopus", 48_000),
    ],
)
def test_compressed_jingles_are_heard_too(
    tmp_path: Path, tone: Callable[..., np.ndarray], name: str, codec: str, rate: int
) -> None:
    """MP3, FLAC, M4A and Opus give a tone as loud and as long as the one that went in."""
    path = write_encoded(tmp_path / name, channels(tone(2.0, 0.3, 440, rate), 2), rate, codec)
    jingle = open_jingle(path, name, RATE)
    assert len(jingle.pcm) == pytest.approx(2 * RATE, abs=0.06 * RATE)
    assert integrated_lufs([jingle.pcm], RATE) == pytest.approx(integrated_lufs([tone(2.0, 0.3)], RATE), abs=0.6)
    assert "mixed down to mono" in jingle.note


def test_silence_at_the_ends_is_cut(tmp_path: Path, tone: Callable[..., np.ndarray]) -> None:
    """Three seconds of silence around a second of music would be heard as a fault; they go, to whole 10 ms."""
    silent = np.zeros(3 * RATE, dtype=np.float32)
    path = write_wav(tmp_path / "x.wav", channels(np.concatenate([silent, tone(1.0), silent]), 1))
    jingle = open_jingle(path, "x.wav", RATE)
    assert RATE <= len(jingle.pcm) < 1.1 * RATE
    assert len(jingle.pcm) % 441 == 0


def test_values_that_are_no_numbers_are_silence(tmp_path: Path, tone: Callable[..., np.ndarray]) -> None:
    """A floating-point file with a hole in it is heard around the hole, and cannot silence the episode."""
    pcm = tone(1.0, 0.3)
    pcm[1000], pcm[2000] = np.nan, np.inf
    wavfile.write(tmp_path / "x.wav", RATE, pcm)
    jingle = open_jingle(tmp_path / "x.wav", "x.wav", RATE)
    assert np.isfinite(jingle.pcm).all()
    assert np.abs(jingle.pcm).max() == pytest.approx(0.3, abs=0.001)


def make_missing(path: Path) -> None:
    """Nothing is there."""


def make_empty(path: Path) -> None:
    path.write_bytes(b"")


def make_folder(path: Path) -> None:
    path.mkdir()


def make_text(path: Path) -> None:
    path.write_text("This is no sound, only a text that was given the wrong name.\n" * 50)


def make_picture(path: Path) -> None:
    Image.new("RGB", (8, 8)).save(path, "PNG")


def make_noise(path: Path) -> None:
    path.write_bytes(np.random.default_rng(1).integers(0, 256, 50_000, dtype=np.uint8).tobytes())


def make_beheaded(path: Path) -> None:
    write_wav(path, np.full((RATE, 1), 0.1))
    path.write_bytes(path.read_bytes()[:30])


def make_without_samples(path: Path) -> None:
    write_wav(path, np.zeros((0, 1)))


def make_silent(path: Path) -> None:
    write_wav(path, np.zeros((RATE, 2)))


def make_endless(path: Path) -> None:
    write_wav(path, np.full((61 * 8000, 1), 0.1), 8000)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (make_missing, "there is no such file"),
        (make_empty, "the file is empty"),
        (make_folder, "cannot be read (Is a directory)"),
        (make_text, "not a sound file that can be read"),
        (make_picture, "there is no sound in it"),
        (make_noise, "not a sound file that can be read"),
        (make_beheaded, "not a sound file that can be read"),
        (make_without_samples, "there is no sound in it"),
        (make_silent, "nothing but silence"),
        (make_endless, "longer than 60 seconds"),
    ],
)
def test_a_bad_jingle_is_named(tmp_path: Path, make: Callable[[Path], None], reason: str) -> None:
    """One line with the file as the edition calls it, what is wrong, and what to do; the exit code of bad settings."""
    make(tmp_path / "x.wav")
    with pytest.raises(JingleError) as refused:
        open_jingles(Sound(intro="x.wav"), tmp_path)
    assert refused.value.message.startswith("x.wav: ")
    assert reason in refused.value.message
    assert "edition.toml" in refused.value.hint
    assert "\n" not in str(refused.value)
    assert refused.value.exit_code is ExitCode.USAGE


def test_the_defaults_ship_and_need_no_word() -> None:
    """Without a jingle of its own an edition has intro and outro, no bed, and nothing to be told, at either rate."""
    for rate in (44_100, 48_000):
        jingles = open_jingles(Sound(sample_rate=rate), Path("/nowhere"))
        assert jingles.intro is not None
        assert jingles.outro is not None
        assert jingles.bed is None
        assert jingles.notes == ()
        assert jingles.intro.sample_rate == rate
        assert 3 * rate < len(jingles.intro.pcm) < 6 * rate


def test_none_means_none() -> None:
    """An edition can do without."""
    jingles = open_jingles(Sound(intro="none", outro="none"), Path("/nowhere"))
    assert (jingles.intro, jingles.outro, jingles.bed) == (None, None, None)


def test_a_note_is_given_once(tmp_path: Path, tone: Callable[..., np.ndarray]) -> None:
    """One stereo file used at both ends makes one line for the producer."""
    write_wav(tmp_path / "jingles" / "x.wav", channels(tone(1.0), 2), 48_000)
    jingles = open_jingles(Sound(intro="jingles/x.wav", outro="jingles/x.wav"), tmp_path)
    assert jingles.notes == ("jingles/x.wav: stereo at 48 kHz, mixed down to mono at 44.1 kHz",)
