import subprocess
import sys

import pytest

from audio.containers import Container
from tests.limits import PEAK_BYTES

PROGRAM = f"""{PEAK_BYTES}
import datetime, pathlib, tempfile
import numpy as np
from audio.containers import Container, encoding_for
from audio.decode import decoded_blocks
from audio.encode import encode
from audio.tags import Tags

minutes, container = int(sys.argv[1]), Container(sys.argv[2])
second = (0.1 * np.random.default_rng(1).standard_normal((44_100, 1))).astype(np.float32)
with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder, "x" + container.suffix)
    tags = Tags("T", "A", "B", 1, "en", datetime.date(2026, 11, 2))
    blocks = (second for _ in range(60 * minutes))
    encode(blocks, path, encoding_for(container, 64, 44_100, 1), tags, (), 60 * minutes * 44_100)
    assert sum(len(block) for block in decoded_blocks(path)) >= 60 * minutes * 44_100
print(peak_bytes() // 1_000_000)
"""


@pytest.mark.slow
@pytest.mark.parametrize("container", [Container.MP3, Container.M4B, Container.OPUS])
def test_memory_does_not_grow_with_the_sound(container: Container) -> None:
    """Half an hour, written and read back, takes hardly more memory than a minute: only MPEG-4's index is kept."""
    short, long = (
        int(subprocess.run([sys.executable, "-c", PROGRAM, minutes, container], capture_output=True, check=True).stdout)
        for minutes in ("1", "30")
    )
    assert long - short < 25  # MB; the sound itself is 318
