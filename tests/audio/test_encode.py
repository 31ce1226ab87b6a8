import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from audio.block import Block
from audio.containers import Container, Encoding, encoding_for
from audio.decode import decode
from audio.encode import encode
from audio.resample import resample, resampled_length
from audio.tags import Tags
from audio.timeline import Chapter
from tests.audio.readers import program

RATE = 44_100
TAGS = Tags("The harbour wakes", "The Gazette", "November", 1, "en", date(2026, 11, 2), "Read by a synthetic voice.")
LENGTHS = (
    17_640,
    20_480,
    20_481,
    23_039,
    23_040,
    23_041,
    23_087,
    44_877,
)  # none is shorter than the silence at its ends


@pytest.fixture
def stereo(speech: Callable[..., np.ndarray]) -> Callable[[float, float, int], Block]:
    """A function that gives different speech on both sides."""

    def make(seconds: float, amplitude: float, rate: int) -> Block:
        return np.stack([speech(seconds, amplitude, rate), speech(seconds, amplitude / 2, rate, seed=2)], axis=1)

    return make


def made(
    path: Path, encoding: Encoding, blocks: Sequence[Block], chapters: Sequence[Chapter] = (), tags: Tags = TAGS
) -> Path:
    encode(blocks, path, encoding, tags, chapters, sum(map(len, blocks)))
    return path


def encoding(container: Container, kbps: int = 96, rate: int = RATE, channels: int = 1) -> Encoding:
    return encoding_for(container, kbps, rate, channels)


@pytest.mark.parametrize("container", Container)
@pytest.mark.parametrize("rate", [44_100, 48_000])
@pytest.mark.parametrize("samples", LENGTHS)
def test_as_many_samples_come_out_as_went_in(tmp_path: Path, container: Container, rate: int, samples: int) -> None:
    """The decoded length is the timeline's to the sample, wherever in a coder's frames it ends; Opus: at 48 kHz."""
    wanted = encoding(container, rate=rate)
    path = made(tmp_path / "x", wanted, [np.full((samples, 1), 0.1, dtype=np.float32)])
    assert decode(path).sample_rate == wanted.file_rate
    assert decode(path).pcm.shape == (resampled_length(samples, rate, wanted.file_rate), 1)


@pytest.mark.parametrize("container", Container)
@pytest.mark.parametrize("kbps", [64, 96, 128])
@pytest.mark.parametrize("channels", [1, 2])
def test_the_sound_comes_out_when_and_as_loud_as_it_went_in(
    tmp_path: Path, stereo: Callable[[float, float, int], Block], container: Container, kbps: int, channels: int
) -> None:
    """Every channel lies on its original to the sample, with the same level to a third of a dB where all is kept."""
    pcm = stereo(4.0, 0.1, RATE)[:, :channels]
    wanted = encoding(container, kbps, channels=channels)
    heard = decode(made(tmp_path / "x", wanted, [pcm])).pcm
    assert heard.shape[1] == channels
    for side in range(channels):
        original = resample(np.ascontiguousarray(pcm[:, side]), RATE, wanted.file_rate)
        assert lag(original, heard[:, side]) == 0
        assert level_db(heard[:, side], wanted.file_rate) == pytest.approx(
            level_db(original, wanted.file_rate), abs=0.35
        )


def lag(original: np.ndarray, heard: np.ndarray) -> int:
    spectrum = np.fft.rfft(original, 2 * len(original)).conj() * np.fft.rfft(heard, 2 * len(original))
    return int(np.argmax(np.fft.irfft(spectrum)))


def level_db(pcm: np.ndarray, rate: int) -> float:
    """The level from 100 Hz to 2 kHz."""
    low = np.abs(np.fft.rfftfreq(len(pcm), 1 / rate) - 1050) < 950
    return float(10 * np.log10(np.sum(np.abs(np.fft.rfft(pcm)[low]) ** 2)))


@pytest.mark.parametrize("container", Container)
@pytest.mark.parametrize("channels", [1, 2])
def test_the_same_sound_gives_the_same_bytes(
    tmp_path: Path, stereo: Callable[[float, float, int], Block], container: Container, channels: int
) -> None:
    """Nothing of the time, of library versions, or of how the sound was cut into blocks gets into the file."""
    pcm = stereo(2.0, 0.1, RATE)[:, :channels]
    wanted = encoding(container, channels=channels)
    cut = np.split(pcm, [0, 10_000, 10_001, 70_001])
    whole, parts = made(tmp_path / "a", wanted, [pcm]), made(tmp_path / "b", wanted, cut)
    assert whole.read_bytes() == parts.read_bytes()
    assert re.search(rb"Lav[cf]\d", whole.read_bytes()) is None


@pytest.mark.parametrize(("kbps", "code"), [(64, 5), (96, 7), (128, 9)])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("rate", [44_100, 48_000])
def test_mp3_has_a_constant_bit_rate(
    tmp_path: Path, stereo: Callable[[float, float, int], Block], kbps: int, code: int, channels: int, rate: int
) -> None:
    """Every frame has the bit rate, rate and channels that were asked for (two are joint); the header counts them."""
    pcm = stereo(3.0, 0.1, rate)[:, :channels]
    path = made(tmp_path / "x.mp3", encoding(Container.MP3, kbps, rate, channels), [pcm])
    data = path.read_bytes()
    place = frames_start = 10 + int("".join(f"{byte:07b}" for byte in data[6:10]), 2)
    frames = 0
    while place < len(data):
        assert data[place : place + 2] == b"\xff\xfb"
        assert data[place + 2] >> 2 == code << 2 | (0 if rate == 44_100 else 1)
        assert data[place + 3] >> 6 == (3 if channels == 1 else 1)
        place += 144_000 * kbps // rate + (data[place + 2] >> 1 & 1)
        frames += 1
    assert place == len(data)
    side = frames_start + 4 + (17 if channels == 1 else 32)
    assert data[side : side + 4] == b"Info"
    assert int.from_bytes(data[side + 8 : side + 12], "big") == frames - 1
    assert int.from_bytes(data[side + 12 : side + 16], "big") == len(data) - frames_start


@pytest.mark.parametrize("container", [Container.M4A, Container.M4B])
def test_mpeg_4_begins_with_its_index(tmp_path: Path, speech: Callable[..., np.ndarray], container: Container) -> None:
    """A player can begin before the file is there: type, index, then sound; and an M4B says that it is one."""
    data = made(tmp_path / "x", encoding(container), [speech(3.0, 0.1, RATE)[:, None]]).read_bytes()
    boxes, place = [], 0
    while place < len(data):
        boxes.append(data[place + 4 : place + 8].decode())
        place += int.from_bytes(data[place : place + 4], "big")
    assert boxes.index("moov") < boxes.index("mdat")
    assert data[8:12].decode() == {Container.M4A: "M4A ", Container.M4B: "M4B "}[container]


def test_mp3_takes_peaks_up_to_its_own_scale(tmp_path: Path, tone: Callable[..., np.ndarray]) -> None:
    """LAME's own scaling is undone before it: a tone at -0.5 dB comes out whole, and what is above is clipped there."""
    loud = made(tmp_path / "loud", encoding(Container.MP3, 128), [tone(1.0, 0.944, 441.0)[:, None]])
    over = made(tmp_path / "over", encoding(Container.MP3, 128), [tone(1.0, 1.3, 441.0)[:, None]])
    assert np.abs(decode(loud).pcm[4410:-4410]).max() == pytest.approx(0.944, abs=0.01)
    assert np.abs(decode(over).pcm[4410:-4410]).max() == pytest.approx(0.95, abs=0.1)


@pytest.mark.parametrize("container", Container)
def test_ffmpeg_decodes_it_too(tmp_path: Path, speech: Callable[..., np.ndarray], container: Container) -> None:
    """Debian's ffmpeg hears the exact length, but for AAC, of which it plays out the last frame of 1024."""
    pcm = speech(3.0, 0.1, RATE)[:, None]
    wanted = encoding(container)
    path = made(tmp_path / f"x{container.suffix}", wanted, [pcm])
    program("ffmpeg", "-v", "error", "-i", path, "-f", "f32le", tmp_path / "heard")
    samples = (tmp_path / "heard").stat().st_size // 4
    surplus = samples - resampled_length(len(pcm), RATE, wanted.file_rate)
    assert 0 <= surplus < (1024 if container in (Container.M4A, Container.M4B) else 1)
