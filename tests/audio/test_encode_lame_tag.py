import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.containers import Container, Encoding
from audio.encode import lame_tag
from audio.encode.lame_tag import LameTag, crc16


def test_the_checksum_is_the_one_that_lame_uses() -> None:
    """CRC-16/ARC of the nine digits is BB3D, as every catalogue of checksums has it; of nothing it is 0."""
    assert crc16(b"123456789") == 0xBB3D
    assert crc16(b"") == 0


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_a_checksum_goes_on_where_it_stopped(first: bytes, second: bytes) -> None:
    """Two stretches, one after the other, have the checksum of the whole; bit by bit it is the same."""
    whole = crc16(first + second)
    assert crc16(second, crc16(first)) == whole == bit_by_bit(first + second)


def bit_by_bit(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


@pytest.fixture
def eager_threads() -> Iterator[None]:
    """Python passes from thread to thread as often as it can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("eager_threads")
def test_files_coded_at_once_have_their_own_checksums() -> None:
    """What is learnt on the way, of longer and longer stretches, is not disturbed by another thread that learns it."""
    data = [np.random.default_rng(seed).bytes(1 << 13 + seed % 4) for seed in range(8)]
    alone = [crc16(each) for each in data]
    with ThreadPoolExecutor(8) as threads:
        for _ in range(20):
            lame_tag._shifted.cache_clear()
            assert list(threads.map(crc16, data)) == alone


@pytest.mark.parametrize("kbps", [64, 96, 128])
@pytest.mark.parametrize("rate", [44_100, 48_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_the_frame_fits_and_guards_itself(kbps: int, rate: int, channels: int) -> None:
    """It is as long as the sound's own frames; it has the sound's checksum, and one of all that stands before it."""
    tag = LameTag(Encoding(Container.MP3, kbps, rate, channels), 50_000)
    sound = b"\xff\xfb\x92\x74" + np.random.default_rng(1).bytes(50 * tag.size - 4)
    for start in range(0, len(sound), 1000):
        tag.add(sound[start : start + 1000])
    frame = tag.frame()
    assert len(frame) == tag.size == 144_000 * kbps // rate
    end = 4 + (17 if channels == 1 else 32) + 120 + 34
    assert int.from_bytes(frame[end : end + 2], "big") == bit_by_bit(frame[:end])
    assert int.from_bytes(frame[end - 2 : end], "big") == bit_by_bit(sound)
    assert frame[2] & 0x02 == 0


def test_delay_and_padding_are_told_in_twelve_bits_each() -> None:
    """LAME's 576 samples in front, and behind the sound what fills the last frames."""
    tag = LameTag(Encoding(Container.MP3, 96, 48_000), 10_000)
    tag.add(b"\xff\xfb\x74\xc4" + bytes(10 * tag.size - 4))
    frame = tag.frame()
    start = 4 + 17 + 120
    assert frame[start : start + 9] == b"LAME3.100"
    both = int.from_bytes(frame[start + 21 : start + 24], "big")
    assert (both >> 12, both & 0xFFF) == (576, 10 * 1152 - 576 - 10_000)
