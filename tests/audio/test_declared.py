"""Sound files that broke off, and sound files that only look so."""

import io
import wave
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from audio.decode import CutShortError, UndecodableError, decode, decoded_blocks

RATE = 44_100
SECONDS = 3.0

FORMATS = [
    ("x.wav", "pcm_s16le", {}),
    ("x.wav", "pcm_s24le", {}),
    ("x.wav", "pcm_f32le", {}),
    ("x.wav", "pcm_mulaw", {}),
    ("x.wav", "adpcm_ima_wav", {}),
    ("x.wav", "pcm_s16le", {"rf64": "always"}),
    ("x.aiff", "pcm_s16be", {}),
    ("x.au", "pcm_s16be", {}),
    ("x.caf", "pcm_s16be", {}),
    ("x.flac", "flac", {}),
    ("x.wv", "wavpack", {}),
    ("x.oga", "flac", {}),
    ("x.opus", "libopus", {}),
    ("x.mp3", "libmp3lame", {}),
    ("x.m4a", "aac", {"movflags": "+faststart"}),
    ("x.m4a", "alac", {"movflags": "+faststart"}),
]
"""File name, coding, and what the container is asked for: formats that say how long they are, or where they end."""


def sound_file(path: Path, codec: str, options: dict[str, str]) -> bytes:
    """Three seconds of noise in two channels."""
    rate = 48_000 if codec == "libopus" else RATE
    pcm = np.random.default_rng(1).uniform(-0.1, 0.1, (2, round(SECONDS * rate))).astype(np.float32)
    with av.open(str(path), "w", options=options) as container:
        stream = container.add_stream(codec, rate=rate)
        stream.layout = "stereo"
        frame = av.AudioFrame.from_ndarray(pcm, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
        resampler = av.AudioResampler(format=stream.format, layout="stereo", rate=rate)
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return path.read_bytes()


def seconds(data: bytes) -> float:
    decoded = decode(data)
    return len(decoded.pcm) / decoded.sample_rate


@pytest.mark.parametrize(("name", "codec", "options"), FORMATS)
def test_a_file_that_broke_off_is_told(tmp_path: Path, name: str, codec: str, options: dict[str, str]) -> None:
    """Whole, it is as long as it was made; from any cut, in memory and on disk, the error says that it is cut short."""
    data = sound_file(tmp_path / name, codec, options)
    assert seconds(data) == pytest.approx(SECONDS, abs=0.03)
    for part in (0.9, 0.6, 0.4):
        with pytest.raises(CutShortError, match="it is cut short"):
            decode(data[: int(len(data) * part)])
    (tmp_path / name).write_bytes(data[: len(data) // 2])
    with pytest.raises(CutShortError, match=r"has 1\.|after 1\.|after 0\."):
        decode(tmp_path / name)


@pytest.mark.parametrize(
    "tail",
    [bytes(3000), b"TAG" + b"x" * 125, b"LYRICSBEGININD00002110000LYRICS200TAG" + b"x" * 125, b"hello " * 300, b"\xff"],
    ids=["zeros", "old tag", "lyrics and tag", "text", "one byte"],
)
def test_what_players_pass_over_at_an_end_is_passed_over(tmp_path: Path, tail: bytes) -> None:
    """An MP3 with something behind its last frame, or without some bytes of it, is heard whole."""
    data = sound_file(tmp_path / "x.mp3", "libmp3lame", {})
    assert seconds(data + tail) == pytest.approx(SECONDS, abs=0.03)
    assert seconds(data[:-150]) == pytest.approx(SECONDS, abs=0.03)


def test_a_stream_without_a_length_is_all_that_there_is(tmp_path: Path) -> None:
    """An MP3 that does not say how many frames it has, as radio recorders write them, can end anywhere."""
    data = sound_file(tmp_path / "x.mp3", "libmp3lame", {"write_xing": "0"})
    assert seconds(data[: len(data) // 2]) == pytest.approx(SECONDS / 2, abs=0.1)


def a_second() -> bytearray:
    """A WAV file of one second."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(bytes(2 * RATE))
    return bytearray(file.getvalue())


@pytest.mark.parametrize("length", [0xFFFF_FFFF, 0x7FFF_FFFF, 0x8000_0000, 0x7FFF_F000])
def test_a_placeholder_is_no_length(length: int) -> None:
    """A WAV file written into a pipe declares hours, because nobody could go back to correct it."""
    data = a_second()
    data[40:44] = length.to_bytes(4, "little")
    assert seconds(bytes(data)) == pytest.approx(1.0)


def test_a_few_bytes_too_many_in_a_header_are_forgiven() -> None:
    """Programs that count the header itself as sound declare 44 bytes more than there are."""
    data = a_second()
    data[40:44] = (2 * RATE + 44).to_bytes(4, "little")
    assert seconds(bytes(data)) == pytest.approx(1.0)


def test_finished_episodes_are_judged_strictly(tmp_path: Path) -> None:
    """In blocks, as what was made is measured, anything that is not sound is an error, at the end as well."""
    data = sound_file(tmp_path / "x.mp3", "libmp3lame", {})
    (tmp_path / "x.mp3").write_bytes(data + b"hello " * 300)
    with pytest.raises(UndecodableError):
        list(decoded_blocks(tmp_path / "x.mp3"))
