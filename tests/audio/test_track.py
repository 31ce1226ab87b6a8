import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mutagen.mp3
import numpy as np
import pyloudnorm
import pytest

from audio.containers import Container
from audio.jingle import Jingles, open_jingles
from audio.sound import Sound
from tests.audio.tracks import RATE, SOUND, TAGS, bilingual, heard, make


@pytest.fixture
def article(recorder: Any, speech: Callable[..., np.ndarray]) -> Any:
    """A bilingual article."""
    return bilingual(recorder, speech)


@pytest.fixture(scope="module")
def jingles() -> Jingles:
    """The ones that ship."""
    return open_jingles(SOUND, Path("/nowhere"))


def test_an_episode_is_what_it_says_it_is(article: Any, jingles: Jingles, tmp_path: Path) -> None:
    """Name, hash, size, length, loudness and peak are those of the file, measured without this program's own tools."""
    track = make(article, jingles, tmp_path / "episodes")
    data = track.path.read_bytes()
    assert track.sha256 == hashlib.sha256(data).hexdigest()
    assert track.path == tmp_path / "episodes" / f"01-harbour.{track.sha256[:10]}.mp3"
    assert track.size_bytes == len(data)
    pcm = heard(track.path)
    assert len(pcm) == track.samples
    assert track.seconds == pytest.approx(len(pcm) / RATE)
    assert (track.sample_rate, track.channels) == (RATE, 1)
    assert pyloudnorm.Meter(RATE).integrated_loudness(pcm) == pytest.approx(track.lufs, abs=0.06)
    assert track.lufs == pytest.approx(-16, abs=0.5)
    assert np.abs(pcm).max() <= 10 ** (-1 / 20)
    assert track.true_peak_db <= -1


def test_players_find_title_and_chapters(article: Any, jingles: Jingles, tmp_path: Path) -> None:
    """An independent reader sees constant 96 kbit/s mono, the tags, and chapters at the timeline's times."""
    track = make(article, jingles, tmp_path)
    file = mutagen.mp3.MP3(track.path)
    assert (file.info.bitrate, file.info.bitrate_mode, file.info.channels) == (96_000, mutagen.mp3.BitrateMode.CBR, 1)
    assert file.info.length == pytest.approx(track.seconds, abs=0.06)  # it does not subtract the encoder's padding
    assert str(file.tags["TIT2"]) == TAGS.title
    assert file.tags.getall("APIC")[0].data == TAGS.cover
    chapters = [file.tags[f"CHAP:{name}"] for name in file.tags.getall("CTOC")[0].child_element_ids]
    assert [str(each.sub_frames["TIT2"]) for each in chapters] == ["The harbour wakes", "At noon"]
    assert [each.start_time for each in chapters] == [round(each.start / 44.1) for each in track.chapters]
    assert track.chapters[1].start == track.speech[3].start


def test_every_segment_is_heard_where_the_track_says(article: Any, jingles: Jingles, tmp_path: Path) -> None:
    """Speech sounds from its start to its end, silence lies before and after it, and the order is the article's."""
    track = make(article, jingles, tmp_path)
    pcm = heard(track.path)
    assert [placed.take for placed in track.speech] == article.takes
    for placed in track.speech:
        loud = np.abs(pcm[placed.start + RATE // 50 : placed.end - RATE // 25])
        assert loud.max() > 0.1
        assert np.abs(pcm[placed.start - RATE // 20 : placed.start - RATE // 100]).max() < 0.01
        assert np.abs(pcm[placed.end + RATE // 100 : placed.end + RATE // 20]).max() < 0.01


def test_the_profile_is_that_of_the_file(article: Any, jingles: Jingles, tmp_path: Path) -> None:
    """Step for step its peaks are those of the decoded samples, and its loudest moment is near the target."""
    track = make(article, jingles, tmp_path)
    pcm = np.abs(heard(track.path))
    steps = pcm[: len(pcm) // 4410 * 4410].reshape(-1, 4410).max(axis=1)
    assert track.profile.step_s == 0.1
    assert len(track.profile.peaks) == len(steps)
    assert np.array(track.profile.peaks) == pytest.approx(steps, abs=0.12)
    assert np.median(np.abs(track.profile.peaks - steps)) < 0.01
    assert max(track.profile.loudness) == pytest.approx(-15, abs=1.5)


def test_a_words_time_in_the_clip_gives_its_time_in_the_episode(
    recorder: Any, tone: Callable[..., np.ndarray], tmp_path: Path
) -> None:
    """A burst at a known sample of a 24 kHz clip is heard at `start - skipped` plus that sample at the new rate."""
    recorder.record(tone(1.0, 0.1, rate=22_050))
    clip = np.zeros(48_000, dtype=np.float32)
    clip[12_000:40_000] = tone(28_000 / 24_000, 0.05, 300, 24_000)
    clip[30_000:30_024] = 0.5
    recorder.record(clip, rate=24_000)
    track = make(recorder, Jingles(), tmp_path)
    placed = track.speech[1]
    expected = placed.start - placed.skipped + 30_012 * RATE // 24_000
    around = heard(track.path)[expected - 4410 : expected + 4410]
    assert abs(int(np.argmax(np.abs(around))) - 4410) < 40


def test_a_change_of_language_is_no_change_of_volume(article: Any, jingles: Jingles, tmp_path: Path) -> None:
    """The French voice's clip is 14 dB softer than the English one's; in the episode they are within 1 LU."""
    track = make(article, jingles, tmp_path)
    pcm = heard(track.path)
    meter = pyloudnorm.Meter(RATE)
    english, french = (
        meter.integrated_loudness(
            np.concatenate([pcm[each.start : each.end] for each in track.speech if each.take.voice == voice])
        )
        for voice in ("joe", "siwis")
    )
    assert english == pytest.approx(french, abs=1.0)


def test_no_silence_lasts_two_seconds(article: Any, jingles: Jingles, tmp_path: Path) -> None:
    """The longest stretch under -50 dB, jingles' tails and clips' own silence included, is far shorter."""
    pcm = heard(make(article, jingles, tmp_path).path)
    frames = pcm[: len(pcm) // 441 * 441].reshape(-1, 441)
    quiet = np.sqrt(np.mean(frames**2, axis=1)) < 10 ** (-50 / 20)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(int), [0]])))
    assert (edges[1::2] - edges[::2]).max() * 0.01 < 1.5


def test_the_same_article_gives_the_same_files_and_writes_nothing_twice(
    article: Any, jingles: Jingles, tmp_path: Path
) -> None:
    """Made again elsewhere the bytes are the same; made again there no file is touched; a damaged one is replaced."""
    containers = [Container.MP3, Container.M4A, Container.OPUS]
    first = make(article, jingles, tmp_path / "a", containers=containers)
    elsewhere = make(article, jingles, tmp_path / "b", containers=containers)
    assert [file.path.read_bytes() for file in elsewhere.files] == [file.path.read_bytes() for file in first.files]
    before = [file.path.stat().st_mtime_ns for file in first.files]
    assert make(article, jingles, tmp_path / "a", containers=containers) == first
    assert [file.path.stat().st_mtime_ns for file in first.files] == before
    assert {path.name for path in (tmp_path / "a").iterdir()} == {file.path.name for file in first.files}
    data = first.path.read_bytes()
    first.path.write_bytes(bytes(len(data)))
    make(article, jingles, tmp_path / "a", containers=containers)
    assert first.path.read_bytes() == data


def test_an_episode_needs_no_jingles(article: Any, tmp_path: Path) -> None:
    """Without jingles the speech stands alone, as loud as ever, and starts at once."""
    track = make(article, Jingles(), tmp_path)
    assert track.speech[0].start == RATE // 5
    assert track.jingles == ()
    assert track.lufs == pytest.approx(-16, abs=0.5)


def test_the_bed_can_be_asked_for(article: Any, tmp_path: Path) -> None:
    """With the bed that ships there is music in the pause after the headline, and none after the paragraph."""
    sound = Sound(bed="")
    track = make(article, open_jingles(sound, Path("/nowhere")), tmp_path, sound)
    pcm = heard(track.path)

    def pause(after: int) -> float:
        return float(pcm[track.speech[after].end + 2000 : track.speech[after + 1].start - 2000].std())

    assert pause(0) > 0.005
    assert pause(2) < 0.0005
