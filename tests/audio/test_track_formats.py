import hashlib
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyloudnorm
import pytest

from articles.issue import BlockKind
from audio.containers import Container
from audio.jingle import Jingles, open_jingles
from audio.score import Part, Score
from audio.sound import Sound
from audio.timeline import Slot
from tests.audio.readers import by_ffprobe, by_mediainfo, by_mutagen, by_pyav
from tests.audio.tracks import RATE, SOUND, TAGS, bilingual, heard, make, padded

MP3, M4A, OPUS, M4B = Container.MP3, Container.M4A, Container.OPUS, Container.M4B


@pytest.fixture
def article(recorder: Any, speech: Callable[..., np.ndarray]) -> Any:
    """A bilingual article."""
    return bilingual(recorder, speech)


@pytest.fixture(scope="module")
def jingles() -> Jingles:
    """The ones that ship."""
    return open_jingles(SOUND, Path("/nowhere"))


@pytest.mark.parametrize("reader", [by_mutagen, by_pyav, by_ffprobe, by_mediainfo])
def test_every_format_says_the_same(article: Any, jingles: Jingles, tmp_path: Path, reader: Any) -> None:
    """MP3, M4A and Opus of one article: the same title, chapters to 10 ms and length to 60 ms, for each reader."""
    track = make(article, jingles, tmp_path, containers=[MP3, M4A, OPUS])
    assert [file.container for file in track.files] == [MP3, M4A, OPUS]
    assert track.file is track.files[0]
    for file in track.files:
        found = reader(file.path)
        assert (found.title, found.artist, found.album) == (TAGS.title, TAGS.artist, TAGS.album)
        assert found.seconds == pytest.approx(track.seconds, abs=0.06)
        if found.chapters is not None:
            assert [title for title, _ in found.chapters] == ["The harbour wakes", "At noon"]
            starts = [chapter.start / RATE for chapter in track.chapters]
            assert [start for _, start in found.chapters] == pytest.approx(starts, abs=0.01)


def test_every_format_sounds_the_same(article: Any, jingles: Jingles, tmp_path: Path) -> None:
    """Another decoder finds the same length in all of them, and another meter the loudness and peak that are told."""
    track = make(article, jingles, tmp_path, containers=[MP3, M4A, OPUS])
    for file in track.files:
        data = file.path.read_bytes()
        assert (file.sha256, file.size_bytes) == (hashlib.sha256(data).hexdigest(), len(data))
        assert file.path == tmp_path / f"01-harbour.{file.sha256[:10]}.{file.container}"
        rate = 48_000 if file.container is OPUS else RATE
        pcm = heard(file.path)
        wanted = round(track.seconds * rate)
        assert 0 <= len(pcm) - wanted < (1024 if file.container is M4A else 1)  # the reader leaves AAC's last frame
        lufs = pyloudnorm.Meter(rate).integrated_loudness(pcm[:wanted])
        assert lufs == pytest.approx(-16, abs=0.5)
        assert lufs == pytest.approx(file.lufs, abs=0.06)
        assert np.abs(pcm).max() <= 10 ** (-0.95 / 20)
        assert file.true_peak_db <= -1
    assert [file.bitrate_kbps for file in track.files] == [96, 96, 48]
    assert [file.mime_type for file in track.files] == ["audio/mpeg", "audio/mp4", "audio/ogg"]


def test_a_stereo_episode_is_stereo(article: Any, tmp_path: Path) -> None:
    """Asked for stereo: two channels in every format, the voice the same in both, as loud as in mono."""
    sound = Sound(channels="stereo")
    track = make(article, open_jingles(sound, Path("/nowhere")), tmp_path, sound, containers=[MP3, OPUS])
    assert track.channels == 2
    for file in track.files:
        pcm = heard(file.path, 2)
        rate = 48_000 if file.container is OPUS else RATE
        assert pcm.shape == (round(track.seconds * rate), 2)
        assert pyloudnorm.Meter(rate).integrated_loudness(pcm) == pytest.approx(-16, abs=0.5)
        placed = track.speech[2]
        said = pcm[placed.start * rate // RATE : placed.end * rate // RATE]
        assert np.abs(said[:, 0] - said[:, 1]).max() < 0.02 * np.abs(said).max()


@pytest.fixture
def issue(article: Any, speech: Callable[..., np.ndarray]) -> Score:
    """A programme of an opening, the article, another one and a close."""
    opening = article.record(padded(speech(1.1, 0.2, seed=11)), written="The Gazette.")
    *takes, _ = article.takes
    others = [article.record(padded(speech(1.3, 0.2, seed=seed)), BlockKind.HEADLINE) for seed in (12, 13)]
    return (
        Part((opening,), "Opening", "en"),
        Part(tuple(takes), "The harbour wakes", "en"),
        Part((others[0],), "Le marché", "fr"),
        Part((others[1],), "Close", "en"),
    )


def test_a_programme_has_a_chapter_for_each_part(article: Any, issue: Score, jingles: Jingles, tmp_path: Path) -> None:
    """MP3 and M4B: a chapter per part in order, at the sting before it, for two readers; as loud as an episode."""
    track = make(article, jingles, tmp_path, containers=[MP3, M4B], score=issue)
    titles = [part.title for part in issue]
    assert [chapter.title for chapter in track.chapters] == titles
    stings = [placed for placed in track.jingles if placed.slot is Slot.STING]
    assert [chapter.start for chapter in track.chapters] == [0, *(sting.start for sting in stings)]
    assert [placed.part for placed in track.speech] == [0, *[1] * 6, 2, 3]
    assert all(before.end <= after.start for before, after in pairwise(track.speech))
    for file in track.files:
        for reader in (by_mutagen, by_pyav):
            found = reader(file.path)
            assert found.chapters is not None
            assert [title for title, _ in found.chapters] == titles
            starts = [chapter.start / RATE for chapter in track.chapters]
            assert [start for _, start in found.chapters] == pytest.approx(starts, abs=0.01)
        assert pyloudnorm.Meter(RATE).integrated_loudness(heard(file.path)) == pytest.approx(-16, abs=0.5)
        assert file.true_peak_db <= -1
    assert [file.path.suffix for file in track.files] == [".mp3", ".m4b"]


def test_a_voice_is_as_loud_in_every_part(article: Any, issue: Score, jingles: Jingles, tmp_path: Path) -> None:
    """One gain through the whole programme: a voice's clip said in two parts is the same sound in both, to 0.2 dB."""
    again = (*issue, replace(issue[0], title="Again"))
    track = make(article, jingles, tmp_path, containers=[MP3], score=again)
    pcm = heard(track.path)
    first, last = track.speech[0], track.speech[-1]
    assert first.take == last.take
    levels = [20 * np.log10(pcm[each.start : each.end].std()) for each in (first, last)]
    assert levels[0] == pytest.approx(levels[1], abs=0.2)
