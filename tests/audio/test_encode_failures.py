import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from articles.errors import ArticleError, ExitCode
from articles.files import WriteError
from audio.block import Block
from audio.containers import Container, encoding_for
from audio.encode import EncoderError, encode, mp4, ogg
from audio.encode.libav import Labels, write_by_libav
from audio.tags import Tags
from tests.limits import largest_file, small_disk

RATE = 44_100
TAGS = Tags("The harbour wakes", "The Gazette", "November", 1, "en", date(2026, 11, 2))
SECONDS = 60


def noise(seconds: int = SECONDS) -> Iterator[Block]:
    random = np.random.default_rng(1)
    for _ in range(seconds):
        yield (0.1 * random.standard_normal((RATE, 1))).astype(np.float32)


def write(path: Path, container: Container, blocks: Iterator[Block], seconds: int = SECONDS) -> None:
    encode(blocks, path, encoding_for(container, 96, RATE, 1), TAGS, (), seconds * RATE)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 KB."""
    with small_disk(tmp_path, 200) as disk:
        yield disk


@pytest.mark.parametrize("container", Container)
def test_a_full_disk_leaves_nothing_half_written(disk: Path, container: Container) -> None:
    """The error names the file and the reason, and the disk is as empty as before."""
    with pytest.raises(WriteError, match="No space left on device") as refused:
        write(disk / f"x{container.suffix}", container, noise())
    assert refused.value.message.startswith(str(disk / "x"))
    assert "space on the disk" in refused.value.hint
    assert list(disk.iterdir()) == []


@pytest.mark.parametrize("container", Container)
def test_a_file_that_may_not_grow_is_refused(tmp_path: Path, container: Container) -> None:
    """Where the system stops it, wherever that is, the old file stays whole and no other one is left."""
    path = tmp_path / f"x{container.suffix}"
    write(path, container, noise(1), 1)
    old = path.read_bytes()
    write(tmp_path / "whole", container, noise(3), 3)
    size = (tmp_path / "whole").stat().st_size
    (tmp_path / "whole").unlink()
    for limit in (len(old), size // 2, size - 4096, size - 1):
        with largest_file(limit), pytest.raises(WriteError, match="File too large"):
            write(path, container, noise(3), 3)
        assert path.read_bytes() == old
        assert list(tmp_path.iterdir()) == [path]
    with largest_file(size):
        write(path, container, noise(3), 3)
    assert path.stat().st_size == size


@pytest.mark.parametrize("container", Container)
def test_an_article_that_fails_on_the_way_leaves_nothing(tmp_path: Path, container: Container) -> None:
    """When the sound stops with an error, that error is told, and there is no file."""

    def broken() -> Iterator[Block]:
        yield from noise(2)
        raise ArticleError("the clip is gone")

    with pytest.raises(ArticleError, match="the clip is gone"):
        write(tmp_path / "x", container, broken())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("container", Container)
def test_sound_of_another_length_is_not_written(tmp_path: Path, container: Container) -> None:
    """The header gives a length; where the sound has another, there is no file rather than a wrong one."""
    with pytest.raises(ValueError, match="the sound has 88200 samples, not 132300"):
        write(tmp_path / "x", container, noise(2), 3)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_lame_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without lameenc there is no MP3: what is missing, and what to do; nothing is written."""
    monkeypatch.setitem(sys.modules, "lameenc", None)
    with pytest.raises(EncoderError, match="MP3 cannot be made: the encoder LAME is not there") as refused:
        write(tmp_path / "x.mp3", Container.MP3, noise(1), 1)
    assert "lameenc" in refused.value.hint
    told(refused.value, tmp_path)


@pytest.mark.parametrize("container", [Container.M4A, Container.OPUS, Container.M4B])
def test_a_missing_coder_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, container: Container
) -> None:
    """A libav without the coder: its name, and how to do without it; nothing is written."""
    monkeypatch.setattr(ogg, "_OPUS", replace(ogg._OPUS, coder="libnowhere"))
    monkeypatch.setattr(mp4, "_CODER", "libnowhere")
    with pytest.raises(EncoderError, match="cannot be made: libav's coder libnowhere is not there") as refused:
        write(tmp_path / "x", container, noise(1), 1)
    assert "formats in [sound]" in refused.value.hint
    told(refused.value, tmp_path)


def test_a_missing_muxer_is_told_in_one_line(tmp_path: Path) -> None:
    """A libav without the container."""
    with pytest.raises(EncoderError, match="Opus cannot be made: libav's container nowhere is not there") as refused:
        write_by_libav(
            noise(1), tmp_path / "x", replace(ogg._OPUS, muxer="nowhere"), Labels({}), rate=48_000, channels=1,
            bitrate_kbps=48,
        )  # fmt: skip
    told(refused.value, tmp_path)


def told(error: EncoderError, folder: Path) -> None:
    assert error.exit_code is ExitCode.USAGE
    assert "\n" not in str(error)
    assert list(folder.iterdir()) == []
