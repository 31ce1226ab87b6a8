import wave
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from audio.block import BLOCK_FRAMES
from audio.containers import Container, encoding_for
from audio.decode import UndecodableError, decode, decoded_blocks
from audio.encode import encode
from audio.tags import Tags

RATE = 44_100
TAGS = Tags("T", "A", "B", 1, "en", date(2026, 11, 2))


@pytest.mark.parametrize("container", Container)
@pytest.mark.parametrize("channels", [1, 2])
def test_blocks_are_the_whole_sound(
    tmp_path: Path, speech: Callable[..., np.ndarray], container: Container, channels: int
) -> None:
    """Joined, the blocks are what decoding at once gives, and none but the last is short or much too long."""
    pcm = np.stack([speech(8.0, 0.1, RATE, seed) for seed in range(channels)], axis=1)
    path = tmp_path / f"x{container.suffix}"
    encode([pcm], path, encoding_for(container, 96, RATE, channels), TAGS, (), len(pcm))
    blocks = list(decoded_blocks(path))
    assert all(BLOCK_FRAMES <= len(block) < BLOCK_FRAMES + 8192 for block in blocks[:-1])
    assert len(blocks) > 5
    assert all(block.dtype == np.float32 and block.shape[1] == channels for block in blocks)
    assert np.array_equal(np.concatenate(blocks), decode(path).pcm)


def test_a_wav_comes_back_as_it_was(tmp_path: Path) -> None:
    """16 bits, as floats of full scale 1, for a path as for bytes."""
    pcm = np.random.default_rng(1).integers(-32768, 32768, (100_000, 2), dtype=np.int16)
    with wave.open(str(tmp_path / "x.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(pcm.astype("<i2").tobytes())
    decoded = decode((tmp_path / "x.wav").read_bytes())
    assert (decoded.sample_rate, decoded.channels, decoded.codec) == (RATE, 2, "pcm_s16le")
    assert np.array_equal(decoded.pcm, (pcm / 32768).astype(np.float32))
    assert np.array_equal(np.concatenate(list(decoded_blocks(tmp_path / "x.wav"))), decoded.pcm)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"This is no sound.\n" * 100, "not a sound file that can be read"),
        (b"RIFF\x24\x00\x00\x00WAVE", "not a sound file that can be read|no sound in it"),
    ],
)
def test_what_is_no_sound_is_told(tmp_path: Path, data: bytes, reason: str) -> None:
    """In a few words, whether it is read at once or in blocks."""
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(UndecodableError, match=reason):
        decode(tmp_path / "x")
    with pytest.raises(UndecodableError, match=reason):
        list(decoded_blocks(tmp_path / "x"))


def test_a_missing_file_is_the_systems_error(tmp_path: Path) -> None:
    """There is nothing to say about it that the system does not."""
    with pytest.raises(FileNotFoundError):
        next(decoded_blocks(tmp_path / "x"))


def test_reading_can_stop_early(tmp_path: Path, tone: Callable[..., np.ndarray]) -> None:
    """One block of many can be taken and the rest left, and the file is closed: it can be replaced."""
    path = tmp_path / "x.mp3"
    encode([tone(6.0)[:, None]], path, encoding_for(Container.MP3, 96, RATE, 1), TAGS, (), 6 * RATE)
    blocks = decoded_blocks(path)
    assert len(next(blocks)) >= BLOCK_FRAMES
    blocks.close()
    with pytest.raises(UndecodableError, match="longer than 3 seconds"):
        decode(path, longest_seconds=3)
