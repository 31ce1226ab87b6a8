import hashlib
import io
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import mutagen.mp3
import numpy as np
import pyloudnorm
import pytest
from PIL import Image

import audio.master
import audio.track
from articles.errors import ArticleError
from articles.files import WriteError
from articles.issue import BlockKind
from audio.containers import Container
from audio.cut import MissingClipError
from audio.jingle import Jingles, open_jingles
from audio.loudness import LoudnessError
from audio.score import Part, Score
from audio.sound import Sound
from audio.timeline import Slot
from audio.track import Tags, Track, produce
from tests.audio.readers import by_ffprobe, by_mediainfo, by_mutagen, by_pyav
from voices.take import Take

RATE = 44_100
SOUND = Sound()
MP3, M4A, OPUS, M4B = Container.MP3, Container.M4A, Container.OPUS, Container.M4B


def _picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(written, "JPEG")
    return written.getvalue()


TAGS = Tags(
    title="The harbour wakes",
    artist="The Gazette",
    album="The Gazette, November 2026",
    track=1,
    tracks=2,
    language="en",
    date=date(2026, 11, 2),
    comment="Read by a synthetic voice.",
    genre="News",
    cover=_picture(),
)


def heard(path: Path, channels: int = 1) -> np.ndarray:
    """What an independent decoder finds: (frames,), or (frames, channels)."""
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray() for frame in container.decode(audio=0)]
    planar = [part if len(part) == channels else part.reshape(-1, channels).T for part in frames]
    pcm = np.concatenate(planar, axis=1).T.astype(np.float64)
    return pcm[:, 0] if channels == 1 else pcm


def padded(pcm: np.ndarray, rate: int = 22_050) -> np.ndarray:
    silence = np.zeros(rate // 3, dtype=np.float32)
    return np.concatenate([silence, pcm, silence, silence])


@pytest.fixture
def article(recorder: Any, speech: Callable[..., np.ndarray]) -> Any:
    """A bilingual article: headline, standfirst, paragraph, heading, a softer French caption, paragraph."""
    recorder.record(padded(speech(1.2, 0.2)), BlockKind.HEADLINE, written="The harbour wakes")
    recorder.record(padded(speech(1.5, 0.2, seed=2)), BlockKind.STANDFIRST)
    recorder.record(padded(speech(1.7, 0.2, seed=3)))
    recorder.record(padded(speech(0.6, 0.2, seed=4)), BlockKind.HEADING, written="At noon")
    french = speech(1.4, 0.04, 24_000, seed=5)
    recorder.record(padded(french, 24_000), BlockKind.CAPTION, rate=24_000, language="fr", voice="siwis")
    recorder.record(padded(speech(1.9, 0.2, seed=6)))
    return recorder


@pytest.fixture(scope="module")
def jingles() -> Jingles:
    """The ones that ship."""
    return open_jingles(SOUND, Path("/nowhere"))


def score_of(takes: Sequence[Take], title: str = "The harbour wakes") -> Score:
    return (Part(tuple(takes), title, "en"),)


def make(
    article: Any,
    jingles: Jingles,
    folder: Path,
    sound: Sound = SOUND,
    *,
    containers: Sequence[Container] = (MP3,),
    score: Score | None = None,
) -> Track:
    score = score_of(article.takes) if score is None else score
    scratch = article.store.root.parent / "scratch"
    return produce(score, article.store, sound, jingles, TAGS, folder, "01-harbour", scratch, containers)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 100 KB: an MP3 of the article takes more."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    command = [str(mount), "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(disk)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mount: a small disk cannot be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


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
    containers = [MP3, M4A, OPUS]
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


def left(root: Path) -> list[Path]:
    """Every file below `root`."""
    return [path for path in root.rglob("*") if path.is_file()] if root.exists() else []


def test_the_scratch_folder_is_left_empty(article: Any, jingles: Jingles, tmp_path: Path) -> None:
    """After an end and after an error no mix lies there, and nothing else was written beside the files."""
    make(article, jingles, tmp_path / "episodes")
    assert left(tmp_path / "scratch") == []
    assert len(left(tmp_path / "episodes")) == 1
    with pytest.raises(LoudnessError):
        make(article, Jingles(), tmp_path / "more", Sound(target_lufs=-10.0, true_peak_db=-9.0))
    assert left(tmp_path / "scratch") == left(tmp_path / "more") == []


def test_what_is_gone_fails_the_article_and_leaves_nothing(article: Any, jingles: Jingles, tmp_path: Path) -> None:
    """A missing clip, or nothing to say at all, is an error of this article, and no half file is left."""
    article.store.path(article.takes[2].key).unlink()
    with pytest.raises(MissingClipError, match="line 3"):
        make(article, jingles, tmp_path / "episodes")
    for nothing in ((), (Part((), "Nothing", "en"),)):
        with pytest.raises(ArticleError, match="nothing to say"):
            make(article, jingles, tmp_path / "episodes", score=nothing)
    assert not (tmp_path / "episodes").exists()
    assert left(tmp_path / "scratch") == []


def test_a_clip_that_goes_while_it_is_mixed_leaves_nothing(
    article: Any, jingles: Jingles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken away between the rehearsal and the mix, it is missed by its line, and the spool is gone."""
    lay_out = audio.track.lay_out

    def laid(*everything: Any) -> Any:
        article.store.path(article.takes[4].key).unlink()
        return lay_out(*everything)

    monkeypatch.setattr(audio.track, "lay_out", laid)
    with pytest.raises(MissingClipError, match="line 5"):
        make(article, jingles, tmp_path / "episodes")
    assert left(tmp_path / "scratch") == left(tmp_path / "episodes") == []


def test_silence_fails_the_article(recorder: Any, tmp_path: Path) -> None:
    """Clips without a sound, and no jingles, are nothing that could be made loud."""
    recorder.record(np.zeros(22_050, dtype=np.float32))
    with pytest.raises(LoudnessError, match="nothing to hear"):
        make(recorder, Jingles(), tmp_path / "episodes")
    assert left(tmp_path / "scratch") == left(tmp_path / "episodes") == []


@pytest.mark.parametrize("container", [MP3, M4A, OPUS])
def test_a_disk_that_fills_up_while_encoding_holds_nothing(
    article: Any, jingles: Jingles, tmp_path: Path, small_disk: Path, container: Container
) -> None:
    """Full in the middle of a file: one line says which and why, and neither disk nor scratch hold a part of it."""
    sound = Sound(bitrate_kbps=128)
    with pytest.raises(WriteError, match="No space left on device") as refused:
        make(article, jingles, small_disk, sound, containers=[container])
    assert str(small_disk) in refused.value.message
    assert "\n" not in str(refused.value)
    assert left(small_disk) == left(tmp_path / "scratch") == []


def test_a_scratch_disk_that_fills_up_is_told(article: Any, jingles: Jingles, tmp_path: Path, small_disk: Path) -> None:
    """No room for the mix: the error says what to do, and nothing was written anywhere."""
    with pytest.raises(WriteError, match="cannot be kept while it is mixed"):
        produce(score_of(article.takes), article.store, SOUND, jingles, TAGS, tmp_path / "episodes", "01", small_disk)
    assert left(small_disk) == left(tmp_path / "episodes") == []


def test_a_file_that_cannot_be_corrected_is_not_left(
    article: Any, jingles: Jingles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full at the second encoding: the first one, which was out of tolerance, is not left either."""
    encode, done = audio.master.encode, []

    def refused_the_second_time(*everything: Any) -> None:
        if done:
            raise WriteError("x.mp3: cannot be written (No space left on device)")
        encode(*everything)
        done.append(everything)

    monkeypatch.setattr(audio.master, "encode", refused_the_second_time)
    monkeypatch.setattr(audio.master, "ceiling_db", lambda *_: 0.0)
    with pytest.raises(WriteError):
        make(article, jingles, tmp_path / "episodes")
    assert len(done) == 1
    assert left(tmp_path / "episodes") == []


def test_a_folder_that_cannot_be_is_told(article: Any, jingles: Jingles, tmp_path: Path) -> None:
    """Where a file stands in the way of the episodes' folder, the writer's own error comes through."""
    (tmp_path / "episodes").write_text("in the way")
    with pytest.raises(WriteError, match="episodes"):
        make(article, jingles, tmp_path / "episodes")
