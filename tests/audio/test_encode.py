import re
from collections.abc import Callable

import numpy as np
import pytest

from audio.decode import decode
from audio.encode import encode_mp3


@pytest.mark.parametrize("rate", [44_100, 48_000])
@pytest.mark.parametrize("samples", [23_039, 23_040, 23_041, 23_086, 23_087, 23_088, 44_877])
def test_as_many_samples_come_out_as_went_in(rate: int, samples: int) -> None:
    """A decoder that honours the header gives back the exact length, wherever in MP3's frames of 1152 it ends."""
    assert decode(encode_mp3([np.full(samples, 0.1, dtype=np.float32)], rate, 96)).pcm.shape == (samples, 1)


@pytest.mark.parametrize("kbps", [64, 96, 128])
def test_the_sound_comes_out_when_and_as_loud_as_it_went_in(speech: Callable[..., np.ndarray], kbps: int) -> None:
    """The decoded sound lies on the original to the sample, with the same level to a fifth of a dB."""
    pcm = speech(4.0, 0.1, 44_100)
    heard = decode(encode_mp3([pcm], 44_100, kbps)).pcm[:, 0]
    spectrum = np.fft.rfft(pcm, 2 * len(pcm)).conj() * np.fft.rfft(heard, 2 * len(pcm))
    assert int(np.argmax(np.fft.irfft(spectrum))) == 0
    low = np.abs(np.fft.rfftfreq(len(pcm), 1 / 44_100) - 1050) < 950  # where every bit rate keeps the sound as it is
    levels = [np.sum(np.abs(np.fft.rfft(each)[low]) ** 2) for each in (heard, pcm)]
    assert 10 * np.log10(levels[0] / levels[1]) == pytest.approx(0.0, abs=0.2)


@pytest.mark.parametrize(("kbps", "code"), [(64, 5), (96, 7), (128, 9)])
def test_the_bit_rate_is_constant(speech: Callable[..., np.ndarray], kbps: int, code: int) -> None:
    """Every frame has the rate that was asked for, and the header says that they all do."""
    data = encode_mp3([speech(3.0, 0.1, 44_100)], 44_100, kbps)
    assert b"Info" in data[:100]
    place, frames = 0, 0
    while place < len(data):
        assert data[place] == 0xFF
        assert data[place + 2] >> 4 == code
        place += 144_000 * kbps // 44_100 + (data[place + 2] >> 1 & 1)
        frames += 1
    assert place == len(data)
    assert frames * 1152 >= 3 * 44_100


def test_the_same_sound_gives_the_same_bytes(speech: Callable[..., np.ndarray]) -> None:
    """Nothing of the time, of library versions, or of how the sound was cut into blocks gets into the file."""
    pcm = speech(2.0, 0.1, 44_100)
    assert encode_mp3([pcm], 44_100, 96) == encode_mp3(np.split(pcm, [10_000, 70_001]), 44_100, 96)
    assert re.search(rb"Lav[cf]\d", encode_mp3([pcm], 44_100, 96)) is None


def test_peaks_above_full_scale_are_not_clipped(tone: Callable[..., np.ndarray]) -> None:
    """LAME's own scaling is undone before it, and takes back what that adds: a full-scale tone comes out whole."""
    heard = decode(encode_mp3([tone(1.0, 1.0, 441.0)], 44_100, 128)).pcm[4410:-4410, 0]
    assert np.abs(heard).max() == pytest.approx(1.0, abs=0.02)
