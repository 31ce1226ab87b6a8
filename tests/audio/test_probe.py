from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from audio.containers import Container, encoding_for
from audio.decode import UndecodableError
from audio.encode import encode
from audio.level import in_blocks
from audio.probe import probe
from audio.tags import Tags
from audio.timeline import Chapter

RATE = 44_100
TAGS = Tags("The harbour wakes", "The Gazette", "November", 1, "en", date(2026, 11, 2), cover=b"\xff\xd8 \xff\xd9")
CHAPTERS = (Chapter("The harbour wakes", 0), Chapter("At noon", 66_150), Chapter("L’après-midi", 110_250))


def write(path: Path, container: Container, pcm: np.ndarray) -> Path:
    encode(in_blocks(pcm), path, encoding_for(container, 96, RATE, 1), TAGS, CHAPTERS, len(pcm))
    return path


@pytest.mark.parametrize("container", Container)
def test_a_files_own_words_are_read(container: Container, speech: Callable[..., np.ndarray], tmp_path: Path) -> None:
    """Length to a frame of its coding, and its chapters' titles and starts to 10 ms, in order, from every container."""
    told = probe(write(tmp_path / f"x{container.suffix}", container, speech(3.21, 0.2, RATE)))
    assert told.seconds == pytest.approx(3.21, abs=0.06)
    assert [title for title, _ in told.chapters] == [chapter.title for chapter in CHAPTERS]
    assert [start for _, start in told.chapters] == pytest.approx([0.0, 1.5, 2.5], abs=0.01)


def test_a_file_cut_short_is_as_long_as_what_is_left(speech: Callable[..., np.ndarray], tmp_path: Path) -> None:
    """Half an MP3 file is half as long, whatever its first frame promises."""
    path = write(tmp_path / "x.mp3", Container.MP3, speech(8.0, 0.2, RATE))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert probe(path).seconds == pytest.approx(4.0, abs=0.2)


@pytest.mark.parametrize("data", [b"", b"not a sound at all", bytes(5000)])
def test_what_is_no_sound_is_refused(tmp_path: Path, data: bytes) -> None:
    """Nothing, a text and zeros are told from sound files."""
    (tmp_path / "x.mp3").write_bytes(data)
    with pytest.raises(UndecodableError):
        probe(tmp_path / "x.mp3")


def test_a_picture_is_no_sound(tmp_path: Path) -> None:
    """A file that can be read but has no sound in it is refused in words."""
    (tmp_path / "x.ppm").write_bytes(b"P6 2 2 255\n" + bytes(12))
    with pytest.raises(UndecodableError, match="there is no sound in it"):
        probe(tmp_path / "x.ppm")


def test_a_missing_file_is_the_systems_to_tell(tmp_path: Path) -> None:
    """A file that is not there raises the system's own error."""
    with pytest.raises(FileNotFoundError):
        probe(tmp_path / "gone.mp3")
