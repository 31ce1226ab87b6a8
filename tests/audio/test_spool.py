import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.errors import ExitCode
from articles.files import WriteError
from audio.block import BLOCK_FRAMES, Block
from audio.spool import open_spool
from tests.limits import largest_file, small_disk


def noise(frames: int, channels: int = 1) -> Block:
    return np.random.default_rng(frames).normal(0, 2, (frames, channels)).astype(np.float32)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 300 KB."""
    with small_disk(tmp_path, 300) as disk:
        yield disk


@pytest.mark.parametrize("channels", [1, 2])
@given(sizes=st.lists(st.sampled_from([0, 1, 63, 4097, BLOCK_FRAMES, BLOCK_FRAMES + 1]), max_size=5))
def test_every_sample_comes_back(tmp_path_factory: pytest.TempPathFactory, channels: int, sizes: list[int]) -> None:
    """What was kept is handed on unchanged and read again bit for bit, beyond full scale too, in whole blocks."""
    blocks = [noise(size, channels) for size in sizes]
    with open_spool(tmp_path_factory.getbasetemp(), channels) as spool:
        handed = [block.copy() for block in spool.fill(blocks)]
        read = [*spool.blocks()]
        assert spool.frames == sum(sizes)
    together = np.concatenate([np.zeros((0, channels), dtype=np.float32), *blocks])
    for got in (handed, read):
        assert np.concatenate([together[:0], *got]).tobytes() == together.tobytes()
    assert all(len(block) == BLOCK_FRAMES for block in read[:-1])
    assert all(block.dtype == np.float32 and block.shape[1] == channels for block in read)


def test_it_is_read_from_the_start_each_time(tmp_path: Path) -> None:
    """A second reading, and one after another was left half way, begin with the first sample."""
    sound = noise(3 * BLOCK_FRAMES, 2)
    with open_spool(tmp_path, 2) as spool:
        for _ in spool.fill([sound]):
            pass
        next(spool.blocks())
        assert [np.concatenate([*spool.blocks()]).tobytes() for _ in range(2)] == [sound.tobytes()] * 2


def test_two_may_read_it_at_once(tmp_path: Path) -> None:
    """Readers that take turns get all of it each, as two encoders on two threads do."""
    sound = noise(5 * BLOCK_FRAMES + 17, 1)
    with open_spool(tmp_path, 1) as spool:
        for _ in spool.fill([sound]):
            pass
        pairs = [*zip(spool.blocks(), spool.blocks(), strict=True)]
    for number in range(2):
        assert np.concatenate([pair[number] for pair in pairs]).tobytes() == sound.tobytes()


def test_sound_in_another_order_of_samples_is_kept_as_it_is(tmp_path: Path) -> None:
    """A block that lies in memory channel after channel, or is every other frame of one, is kept frame by frame."""
    sound = noise(1000, 2)
    with open_spool(tmp_path, 2) as spool:
        assert len([*spool.fill([np.asfortranarray(sound), sound[::2]])]) == 2
        assert np.concatenate([*spool.blocks()]).tobytes() == np.concatenate([sound, sound[::2]]).tobytes()


def test_nothing_is_left_afterwards(tmp_path: Path) -> None:
    """The folder is made, holds no file that anyone could see, and is empty after an end and after an error."""
    folder = tmp_path / "state" / "scratch"
    with open_spool(folder, 1) as spool:
        assert len([*spool.fill([noise(100_000)])]) == 1
        assert list(folder.iterdir()) == []
    with pytest.raises(KeyError), open_spool(folder, 1) as spool:  # noqa: PT012
        assert len([*spool.fill([noise(100_000)])]) == 1
        raise KeyError
    assert list(folder.iterdir()) == []


def test_nothing_is_left_by_a_process_that_is_killed(tmp_path: Path) -> None:
    """SIGKILL in the middle of a mix leaves the folder empty and the disk as free as before."""
    script = (
        "import os, sys, numpy as np; from pathlib import Path; from audio.spool import open_spool\n"
        f"with open_spool(Path({str(tmp_path)!r}), 1) as spool:\n"
        "    for _ in spool.fill([np.zeros((65536, 1), dtype=np.float32)] * 8): pass\n"
        "    print(spool.frames, flush=True); sys.stdin.read()\n"
    )
    root = Path(__file__).parents[2]
    child = subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == f"{8 * 65536}\n"
        child.kill()
    assert child.returncode == -signal.SIGKILL
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("frames", [50, 1000, BLOCK_FRAMES])
def test_a_full_disk_is_told_in_one_line(disk: Path, frames: int) -> None:
    """Whatever the size of the block that does not fit, the error says what to do, and the disk is empty again."""
    with pytest.raises(WriteError) as refused, open_spool(disk, 1) as spool:
        for _ in spool.fill(noise(frames) for _ in range(100_000)):
            pass
    assert refused.value.message == "the sound cannot be kept while it is mixed (No space left on device)"
    assert "make room on the disk" in refused.value.hint
    assert "\n" not in str(refused.value)
    assert refused.value.exit_code is ExitCode.USAGE
    assert shutil.disk_usage(disk).used == 0


def test_a_file_that_may_not_grow_is_told_too(tmp_path: Path) -> None:
    """Where the system takes only a part of the last block and then no more, that is the same error."""
    with largest_file(300_001), pytest.raises(WriteError, match="File too large"), open_spool(tmp_path, 1) as spool:
        for _ in spool.fill(noise(BLOCK_FRAMES) for _ in range(2)):
            pass
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    """Where a file stands in the way, the error names the folder."""
    (tmp_path / "scratch").write_text("in the way")
    with pytest.raises(WriteError, match="scratch: cannot be written"), open_spool(tmp_path / "scratch", 1):
        pass
