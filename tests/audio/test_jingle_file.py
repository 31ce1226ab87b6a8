import hashlib
import tracemalloc
import wave
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pyloudnorm
import pytest
from PIL import Image
from scipy.io import wavfile

from articles.errors import ExitCode
from audio.jingle_file import JingleError, open_jingle
from audio.loudness import SILENT_LUFS, integrated_lufs

RATE = 44_100
HALF = 0.5**0.5


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
        stream = container.add_stream(
            codec, rate=rate, options={"strict": "experimental"}
        )  # libav's own Vorbis is that
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
    assert jingle.pcm.shape == (RATE, 1)
    assert jingle.pcm[:, 0] == pytest.approx(tone(1.0), abs=1e-4)
    assert jingle.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert jingle.note == ""


@pytest.mark.parametrize(
    ("count", "rate", "width", "note"),
    [
        (2, 48_000, 2, "x.wav: stereo at 48 kHz, mixed down to mono at 44.1 kHz"),
        (2, 44_100, 2, "x.wav: stereo at 44.1 kHz, mixed down to mono"),
        (1, 22_050, 2, "x.wav: mono at 22.05 kHz, resampled to 44.1 kHz"),
        (1, 192_000, 2, "x.wav: mono at 192 kHz, resampled to 44.1 kHz"),
        (1, 8_000, 2, "x.wav: mono at 8 kHz, resampled to 44.1 kHz"),
        (1, 44_100, 1, "x.wav: pcm_u8, mono at 44.1 kHz, converted"),
        (1, 44_100, 4, "x.wav: pcm_s32le, mono at 44.1 kHz, converted"),
    ],
)
def test_any_wav_is_brought_to_the_right_rate(
    tmp_path: Path, tone: Callable[..., np.ndarray], count: int, rate: int, width: int, note: str
) -> None:
    """The same tone comes out of every kind of file, in one channel where all are alike; a line says what was done."""
    path = write_wav(tmp_path / "x.wav", channels(tone(1.0, 0.3, 440, rate), count), rate, width)
    jingle = open_jingle(path, "x.wav", RATE)
    middle = slice(4410, -4410)
    assert jingle.channels == 1
    assert jingle.pcm[middle, 0] == pytest.approx(tone(1.0, 0.3)[middle], abs=0.015)  # 8 bits step by 0.008
    assert jingle.note == note


def test_floats_far_above_full_scale_are_brought_down(tmp_path: Path, tone: Callable[..., np.ndarray]) -> None:
    """A 32-bit float file has no full scale: what reaches to 40 is scaled, not clipped."""
    wavfile.write(tmp_path / "x.wav", RATE, tone(1.0, 40.0))
    jingle = open_jingle(tmp_path / "x.wav", "x.wav", RATE)
    assert jingle.pcm[:, 0] == pytest.approx(tone(1.0, 1.0), abs=1e-3)
    assert jingle.note == "x.wav: pcm_f32le, mono at 44.1 kHz, converted"


def test_stereo_stays_stereo_unless_mono_is_wanted(tmp_path: Path, tone: Callable[..., np.ndarray]) -> None:
    """Two different tones keep their sides, resampled; in mono both are heard, at half their height."""
    pair = np.stack([tone(1.0, 0.3, 440, 48_000), tone(1.0, 0.2, 660, 48_000)], axis=1)
    path = write_wav(tmp_path / "x.wav", pair, 48_000)
    jingle = open_jingle(path, "x.wav", RATE)
    middle = slice(4410, -4410)
    wanted = np.stack([tone(1.0, 0.3, 440), tone(1.0, 0.2, 660)], axis=1)
    assert jingle.pcm[middle] == pytest.approx(wanted[middle], abs=1e-3)
    assert jingle.note == "x.wav: stereo at 48 kHz, resampled to 44.1 kHz"
    mono = open_jingle(path, "x.wav", RATE, mono=True)
    assert mono.pcm[middle, 0] == pytest.approx(wanted[middle].mean(axis=1), abs=1e-3)
    assert mono.note == "x.wav: stereo at 48 kHz, mixed down to mono at 44.1 kHz"


def test_surround_sound_is_mixed_down_to_stereo(tmp_path: Path, tone: Callable[..., np.ndarray]) -> None:
    """5.1: the centre goes to both sides and what is behind to its own, 3 dB down; the low frequencies go."""
    tones = [tone(1.0, 0.1, hz) for hz in (300, 400, 500, 60, 600, 700)]
    path = write_wav(tmp_path / "x.wav", np.stack(tones, axis=1))
    jingle = open_jingle(path, "x.wav", RATE)
    left, right, centre, _, behind_left, behind_right = tones
    wanted = np.stack([left + HALF * (centre + behind_left), right + HALF * (centre + behind_right)], axis=1)
    assert jingle.pcm == pytest.approx(wanted, abs=1e-3)
    assert jingle.note == "x.wav: 6 channels at 44.1 kHz, mixed down to stereo"


def test_a_jingles_loudness_is_that_of_all_its_channels(tmp_path: Path, tone: Callable[..., np.ndarray]) -> None:
    """As an independent meter measures it, mono and stereo, loud on one side and soft on the other."""
    pair = np.stack([tone(2.0, 0.3, 440), tone(2.0, 0.05, 660)], axis=1)
    meter = pyloudnorm.Meter(RATE)
    stereo = open_jingle(write_wav(tmp_path / "x.wav", pair), "x.wav", RATE)
    assert stereo.lufs == pytest.approx(meter.integrated_loudness(pair.astype(np.float64)), abs=0.05)
    mono = open_jingle(tmp_path / "x.wav", "x.wav", RATE, mono=True)
    assert mono.lufs == pytest.approx(meter.integrated_loudness(pair.mean(axis=1).astype(np.float64)), abs=0.05)


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [
        ("x.mp3", "libmp3lame", 44_100),
        ("x.flac", "flac", 48_000),
        ("x.m4a", "aac", 44_100),
        ("x.ogg", "vorbis", 44_100),
        ("x.opus", "libopus", 48_000),
    ],
)
def test_compressed_jingles_are_heard_too(
    tmp_path: Path, tone: Callable[..., np.ndarray], name: str, codec: str, rate: int
) -> None:
    """MP3, FLAC, M4A, OGG and Opus give two tones as loud and as long as those that went in."""
    pair = np.stack([tone(2.0, 0.3, 440, rate), tone(2.0, 0.2, 660, rate)], axis=1)
    jingle = open_jingle(write_encoded(tmp_path / name, pair, rate, codec), name, RATE)
    assert jingle.channels == 2
    assert jingle.samples == pytest.approx(2 * RATE, abs=0.06 * RATE)
    for side, sent in enumerate((tone(2.0, 0.3), tone(2.0, 0.2, 660))):
        heard = np.ascontiguousarray(jingle.pcm[:, side])
        assert integrated_lufs([heard], RATE) == pytest.approx(integrated_lufs([sent], RATE), abs=0.6)


def test_silence_at_the_ends_is_cut(tmp_path: Path, tone: Callable[..., np.ndarray]) -> None:
    """Three seconds of silence around a second of music would be heard as a fault; they go, to whole 10 ms.

    What is heard on one side only is no silence.
    """
    silent = np.zeros(3 * RATE, dtype=np.float32)
    music = np.concatenate([silent, tone(1.0), silent])
    for pcm in (music[:, None], np.stack([music, 0 * music], axis=1)):
        jingle = open_jingle(write_wav(tmp_path / "x.wav", pcm), "x.wav", RATE)
        assert RATE <= jingle.samples < 1.1 * RATE
        assert jingle.samples % 441 == 0


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


def make_cut_short(path: Path) -> None:
    """Two thirds of a FLAC file."""
    noise = np.random.default_rng(1).uniform(-0.1, 0.1, (RATE, 2)).astype(np.float32)
    data = write_encoded(path.with_suffix(".flac"), noise, RATE, "flac").read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])


def make_damaged(path: Path) -> None:
    """An MP3 file with its middle overwritten."""
    noise = np.random.default_rng(1).uniform(-0.1, 0.1, (RATE, 2)).astype(np.float32)
    data = bytearray(write_encoded(path.with_suffix(".mp3"), noise, RATE, "libmp3lame").read_bytes())
    data[len(data) // 2 : len(data) // 2 + 5000] = bytes(5000)
    path.write_bytes(data)


def make_slow(path: Path) -> None:
    """A WAV file whose header says that there is one sample a second."""
    write_wav(path, np.full((RATE, 1), 0.1), 1)


def make_fast(path: Path) -> None:
    """A WAV file whose header says that there are a thousand million of them."""
    write_wav(path, np.full((RATE, 1), 0.1), 10**9)


def make_ten_hours(path: Path) -> None:
    """Ten hours of silence after a minute of noise, most of it a hole in the file: 3.2 GB by its header."""
    write_wav(path, np.random.default_rng(1).uniform(-0.1, 0.1, (60 * RATE, 1)))
    frames = 10 * 3600 * RATE
    with path.open("r+b") as file:
        file.seek(4)
        file.write((36 + 2 * frames).to_bytes(4, "little"))
        file.seek(40)
        file.write((2 * frames).to_bytes(4, "little"))
        file.truncate(44 + 2 * frames)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (make_missing, "there is no such file"),
        (make_empty, "the file is empty"),
        (make_folder, "cannot be read (Is a directory)"),
        (make_text, "not a sound file that can be read"),
        (make_picture, "there is no sound in it"),
        (make_noise, "not a sound file that can be read"),
        (make_cut_short, "it is cut short: it says that it lasts 1.00 seconds, and has 0."),
        (make_damaged, "it is damaged 0.50 seconds from its beginning"),
        (make_beheaded, "not a sound file that can be read"),
        (make_without_samples, "there is no sound in it"),
        (make_silent, "nothing but silence"),
        (make_endless, "longer than 60 seconds"),
        (make_slow, "longer than 60 seconds"),
        (make_fast, "its rate of 1000000000 Hz is no rate of a recording"),
    ],
)
def test_a_bad_jingle_is_named(tmp_path: Path, make: Callable[[Path], None], reason: str) -> None:
    """One line with the file as the edition calls it, what is wrong, and what to do; the exit code of bad settings."""
    make(tmp_path / "x.wav")
    with pytest.raises(JingleError) as refused:
        open_jingle(tmp_path / "x.wav", "x.wav", RATE)
    assert refused.value.message.startswith("x.wav: ")
    assert reason in refused.value.message
    assert "edition.toml" in refused.value.hint
    assert "\n" not in str(refused.value)
    assert refused.value.exit_code is ExitCode.USAGE


def test_a_wav_cut_short_is_to_be_copied_again(tmp_path: Path) -> None:
    """A file that broke off on its way is not heard: the line says how much is missing, and what to do first."""
    data = write_wav(tmp_path / "x.wav", np.random.default_rng(1).uniform(-0.1, 0.1, (2 * RATE, 2))).read_bytes()
    (tmp_path / "x.wav").write_bytes(data[: len(data) // 2])
    with pytest.raises(JingleError) as refused:
        open_jingle(tmp_path / "x.wav", "jingles/x.wav", RATE)
    assert str(refused.value).startswith(
        "jingles/x.wav: it is cut short: it says that it lasts 2.00 seconds, and has 1.00 — copy or export it again"
    )


def test_ten_hours_are_refused_after_a_minute(tmp_path: Path) -> None:
    """No more than a minute is decoded: what is held never reaches 40 MB, where ten hours would take 6 GB."""
    make_ten_hours(tmp_path / "x.wav")
    tracemalloc.start()
    try:
        with pytest.raises(JingleError, match="longer than 60 seconds"):
            open_jingle(tmp_path / "x.wav", "x.wav", RATE)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 40e6


def test_what_cancels_itself_out_in_mono_is_told(tmp_path: Path, tone: Callable[..., np.ndarray]) -> None:
    """Two channels of opposite sign are heard in stereo; in mono nothing would be left."""
    path = write_wav(tmp_path / "x.wav", np.stack([tone(1.0), -tone(1.0)], axis=1))
    assert open_jingle(path, "x.wav", RATE).channels == 2
    with pytest.raises(JingleError, match="its channels cancel each other out"):
        open_jingle(path, "x.wav", RATE, mono=True)


@pytest.mark.parametrize(("hz", "level_db"), [(1000, -30), (30, -30), (1000, -66), (20, -60)])
def test_what_can_be_heard_at_all_is_no_silence(tmp_path: Path, hz: float, level_db: float) -> None:
    """A soft note, or one so low that the standard takes most of it away, is a jingle while it is above the gate."""
    wave = 10 ** (level_db / 20) * np.sin(2 * np.pi * hz * np.arange(2 * RATE) / RATE)
    path = write_wav(tmp_path / "x.wav", np.stack([wave, wave], axis=1))
    measured = integrated_lufs([wave.astype(np.float32)], RATE)
    if measured == SILENT_LUFS:
        with pytest.raises(JingleError, match="nothing but silence"):
            open_jingle(path, "x.wav", RATE)
    else:
        assert open_jingle(path, "x.wav", RATE).lufs == pytest.approx(measured, abs=0.5)
