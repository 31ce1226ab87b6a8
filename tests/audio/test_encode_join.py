from collections.abc import Callable
from datetime import date
from pathlib import Path

import av
import numpy as np
import pytest

from articles.files import WriteError
from audio.containers import Container, Encoding
from audio.decode import UndecodableError
from audio.encode import encode
from audio.encode.join import JOINABLE, JOINT_GRID, Stretch, join, take_frames
from audio.level import in_blocks
from audio.measure import measure
from audio.splice.place import LEAD_SAMPLES as LEAD
from audio.tags import Tags
from audio.timeline import Chapter
from tests.audio.readers import by_ffprobe, by_mutagen, program
from tests.limits import small_disk

TAGS = Tags("The harbour wakes", "The Gazette", "November", 1, "en", date(2026, 11, 2), comment="Read aloud.")
SLOTS = (20 * JOINT_GRID, 12 * JOINT_GRID, 100_001)


@pytest.fixture
def sounds(speech: Callable[..., np.ndarray]) -> Callable[[int, int], list[np.ndarray]]:
    """A function that gives three stretches of speech at a rate, in channels, silence at both ends of each."""

    def make(rate: int, channels: int) -> list[np.ndarray]:
        made = []
        for seed, samples in enumerate(SLOTS):
            said = speech(samples / rate, 0.3, rate, seed)[: samples - LEAD - 4200]
            made.append(np.pad(said, (LEAD, samples - LEAD - len(said))))
        return [np.repeat(each[:, None], channels, axis=1) for each in made]

    return make


def decoded(path: Path) -> np.ndarray:
    """All that an independent decoder finds: (frames, channels)."""
    with av.open(str(path)) as file:
        channels = file.streams.audio[0].layout.nb_channels
        found = [frame.to_ndarray() for frame in file.decode(audio=0)]
    return np.concatenate([part if len(part) == channels else part.reshape(-1, channels).T for part in found], axis=1).T


def files(pcms: list[np.ndarray], encoding: Encoding, folder: Path) -> list[Path]:
    """Each of the sounds as a file of its own."""
    paths = [folder / f"{number}{encoding.container.suffix}" for number in range(len(pcms))]
    for pcm, path in zip(pcms, paths, strict=True):
        encode(in_blocks(pcm), path, encoding, TAGS, (), len(pcm))
    return paths


def taken(paths: list[Path], encoding: Encoding) -> list[Stretch]:
    """Their frames: of all but the last as far as the joint."""
    return [
        take_frames(path, encoding.container, path.with_suffix(".frames"), samples if path != paths[-1] else None)
        for path, samples in zip(paths, SLOTS, strict=True)
    ]


@pytest.mark.parametrize("container", JOINABLE)
@pytest.mark.parametrize(("rate", "channels", "kbps"), [(44_100, 1, 96), (48_000, 2, 128)])
def test_joined_frames_decode_to_what_they_decoded_to_alone(
    container: Container,
    rate: int,
    channels: int,
    kbps: int,
    sounds: Callable[[int, int], list[np.ndarray]],
    tmp_path: Path,
) -> None:
    """Sample for sample each part is where it should be, and no joint is heard; the length is what is told.

    MP3's silence at a joint differs by a ten-thousandth: LAME's dither. (AAC's noise is the decoder's own from file to
    file at low rates; at these it has none.)
    """
    encoding = Encoding(container, kbps, rate, channels)
    paths = files(sounds(rate, channels), encoding, tmp_path)
    path = tmp_path / f"joined{container.suffix}"
    join(taken(paths, encoding), path, encoding, TAGS, (), sum(SLOTS))
    whole, start = decoded(path), 0
    for alone, samples in zip(paths, SLOTS, strict=True):
        part = decoded(alone)[:samples]
        assert np.abs(whole[start : start + samples] - part).max() < 0.0001
        inside = slice(start + LEAD, start + samples - 2000)
        assert np.abs(whole[inside] - part[LEAD : samples - 2000]).max() == 0
        start += samples
    assert measure(path, rate, channels).frames == sum(SLOTS)


@pytest.mark.parametrize("container", JOINABLE)
def test_a_joined_file_is_in_order(
    container: Container, sounds: Callable[[int, int], list[np.ndarray]], tmp_path: Path
) -> None:
    """ffmpeg has no warning, mp3val neither, mutagen and ffprobe find its chapters; joined again, the same bytes."""
    encoding = Encoding(container, 64, 44_100)
    stretches = taken(files(sounds(44_100, 1), encoding, tmp_path), encoding)
    chapters = (Chapter("One", 0), Chapter("Two", SLOTS[0]), Chapter("Three", sum(SLOTS[:2])))
    path, again = (tmp_path / f"{name}{container.suffix}" for name in ("joined", "again"))
    for each in (path, again):
        join(stretches, each, encoding, TAGS, chapters, sum(SLOTS))
    assert path.read_bytes() == again.read_bytes()
    assert program("ffmpeg", "-v", "warning", "-i", path, "-map", "0:a", "-f", "null", "-") == ""
    for reader in (by_mutagen, by_ffprobe):
        found = reader(path)
        assert found.title == TAGS.title
        assert found.chapters is not None
        assert [title for title, _ in found.chapters] == ["One", "Two", "Three"]
        starts = [chapter.start / 44_100 for chapter in chapters]
        assert [start for _, start in found.chapters] == pytest.approx(starts, abs=0.001)
    if container is Container.MP3:
        told = program("mp3val", path)
        assert f"{sum(len(each.sizes) for each in stretches) + 1} MPEG frames" in told
        assert "WARNING" not in told


def test_many_stretches_are_counted_frame_by_frame(
    sounds: Callable[[int, int], list[np.ndarray]], tmp_path: Path
) -> None:
    """A thousand joints, at each of which LAME's padding begins anew: to the sample as long as it is told."""
    encoding = Encoding(Container.MP3, 64, 44_100)
    pcm = np.zeros((JOINT_GRID, 1), dtype=np.float32)
    path = tmp_path / "short.mp3"
    encode(in_blocks(pcm), path, encoding, TAGS, (), len(pcm))
    stretch = take_frames(path, Container.MP3, tmp_path / "short.frames", JOINT_GRID)
    last = taken(files(sounds(44_100, 1), encoding, tmp_path), encoding)[-1]
    samples = 1000 * JOINT_GRID + SLOTS[-1]
    join([stretch] * 1000 + [last], tmp_path / "long.mp3", encoding, TAGS, (), samples)
    assert measure(tmp_path / "long.mp3", 44_100, 1).frames == samples


def test_a_file_that_is_too_short_is_refused(tmp_path: Path) -> None:
    """Frames that are not there, and files that are no sound."""
    encoding = Encoding(Container.MP3, 96, 44_100)
    path = tmp_path / "short.mp3"
    encode(in_blocks(np.zeros((5000, 1), dtype=np.float32)), path, encoding, TAGS, (), 5000)
    with pytest.raises(ValueError, match="frames, not 16"):
        take_frames(path, Container.MP3, tmp_path / "x", 2 * JOINT_GRID)
    path.write_bytes(b"no sound")
    with pytest.raises(UndecodableError):
        take_frames(path, Container.MP3, tmp_path / "x")


@pytest.mark.slow
@pytest.mark.parametrize("container", [Container.MP3, Container.M4B])
def test_a_full_disk_leaves_nothing_behind(
    container: Container, sounds: Callable[[int, int], list[np.ndarray]], tmp_path: Path
) -> None:
    """The error says so, and what was there before is still there."""
    encoding = Encoding(container, 128, 44_100)
    stretches = taken(files(sounds(44_100, 1), encoding, tmp_path), encoding)
    with small_disk(tmp_path, 60) as disk:
        path = disk / f"joined{container.suffix}"
        path.write_bytes(b"before")
        with pytest.raises(WriteError, match="cannot be written"):
            join(stretches, path, encoding, TAGS, (), sum(SLOTS))
        assert [each.name for each in disk.iterdir()] == [path.name]
        assert path.read_bytes() == b"before"
