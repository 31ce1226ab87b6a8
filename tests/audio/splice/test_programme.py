import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyloudnorm
import pytest

import audio.splice.press
import audio.splice.programme
from audio.containers import Container
from audio.cut import clip_of, heard
from audio.jingle import open_jingles
from audio.loudness import LoudnessError
from audio.measure import measure
from audio.score import Score
from audio.sound import Pauses, Sound
from audio.timeline import Slot
from audio.track import Track
from tests.audio.readers import by_ffprobe, by_mediainfo, by_mutagen, by_pyav, program
from tests.audio.tracks import RATE, SOUND, TAGS, left
from tests.audio.tracks import heard as decoded

pytestmark = pytest.mark.slow

Join = Callable[..., Track]

LOOSE = Sound(loudness_tolerance_lu=2.0)


@pytest.fixture
def pressed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The file suffixes of all that was encoded, as it happened."""
    encoded: list[str] = []
    encode = audio.splice.press.encode

    def counted(blocks: Any, path: Path, *others: Any) -> None:
        encoded.append(path.suffix)
        encode(blocks, path, *others)

    monkeypatch.setattr(audio.splice.press, "encode", counted)
    return encoded


@pytest.fixture
def mixed_whole(monkeypatch: pytest.MonkeyPatch) -> list[Score]:
    """The scores that were mixed as a whole."""
    scores: list[Score] = []
    produce = audio.splice.programme.produce

    def noted(score: Score, *others: Any, **more: Any) -> Track:
        scores.append(score)
        return produce(score, *others, **more)

    monkeypatch.setattr(audio.splice.programme, "produce", noted)
    return scores


def lag(pcm: np.ndarray, track: Track, number: int, article: Any) -> int:
    """By how many samples a take is heard later than the track says, by correlation with its clip."""
    placed = track.speech[number]
    clip = heard(clip_of(placed.take, article.store), placed, RATE).astype(float)
    around = pcm[placed.start - 500 : placed.end + 500]
    return int(np.argmax(np.correlate(around, clip, "valid"))) - 500


def test_every_word_is_heard_at_the_sample_that_is_told(article: Any, issue: Score, join_up: Join) -> None:
    """In both files, by another decoder: no take is a sample early or late, chapters stand at the stings."""
    track = join_up(issue)
    assert [chapter.title for chapter in track.chapters] == [part.title for part in issue]
    stings = [placed.start for placed in track.jingles if placed.slot is Slot.STING]
    assert [chapter.start for chapter in track.chapters] == [0, *stings]
    assert [placed.part for placed in track.speech] == [0, *[1] * 6, 2, 2, 3]
    assert [placed.take for placed in track.speech] == [take for part in issue for take in part.takes]
    for file in track.files:
        pcm = decoded(file.path)
        assert 0 <= len(pcm) - track.samples < (1 if file.container is Container.MP3 else 1024)
        assert [lag(pcm, track, number, article) for number in range(len(track.speech))] == [0] * len(track.speech)
        for sting in stings:
            assert np.abs(pcm[sting - RATE // 20 : sting - 441]).max() < 0.0002
            assert np.abs(pcm[sting : sting + RATE // 10]).max() > 0.005


def test_the_figures_are_those_of_the_joined_file(issue: Score, join_up: Join) -> None:
    """Loudness to 0.05 LU and true peak to 0.01 dB are what measuring the whole file gives; so is its length."""
    track = join_up(issue)
    for file in track.files:
        whole = measure(file.path, RATE, 1)
        assert file.lufs == pytest.approx(whole.lufs, abs=0.05)
        assert file.lufs == pytest.approx(pyloudnorm.Meter(RATE).integrated_loudness(decoded(file.path)), abs=0.1)
        assert file.true_peak_db == pytest.approx(whole.true_peak_db, abs=0.01)
        assert whole.frames == track.samples
        assert file.lufs == pytest.approx(-16, abs=LOOSE.loudness_tolerance_lu)
        assert file.true_peak_db <= -1
    profile = measure(track.path, RATE, 1).profile
    assert len(track.profile.peaks) == len(profile.peaks)
    assert np.abs(np.array(track.profile.loudness) - profile.loudness).max() < 2
    assert np.median(np.abs(np.array(track.profile.loudness) - profile.loudness)) < 0.3


@pytest.mark.parametrize("reader", [by_mutagen, by_pyav, by_ffprobe, by_mediainfo])
def test_readers_find_tags_chapters_and_length(issue: Score, join_up: Join, reader: Any) -> None:
    """Four independent readers: the programme's title, its chapters to 10 ms, its length to 60 ms."""
    track = join_up(issue)
    for file in track.files:
        found = reader(file.path)
        assert (found.title, found.artist, found.album) == (TAGS.title, TAGS.artist, TAGS.album)
        assert found.seconds == pytest.approx(track.seconds, abs=0.06)
        if found.chapters is not None:
            assert [title for title, _ in found.chapters] == [part.title for part in issue]
            starts = [chapter.start / RATE for chapter in track.chapters]
            assert [start for _, start in found.chapters] == pytest.approx(starts, abs=0.01)


def test_players_find_nothing_wrong(issue: Score, join_up: Join) -> None:
    """ffmpeg decodes both without a warning, mp3val finds every frame in order, none left over, a constant rate."""
    track = join_up(issue, tags=replace(TAGS, cover=b""))  # ffmpeg has a warning for so small a picture
    for file in track.files:
        assert program("ffmpeg", "-v", "warning", "-i", file.path, "-map", "0:a", "-f", "null", "-") == ""
    told = program("mp3val", track.path)
    assert "WARNING" not in told
    assert "ERROR" not in told
    assert "CBR" in told


def test_a_player_that_jumps_to_a_chapter_is_there(issue: Score, join_up: Join, tmp_path: Path) -> None:
    """ffmpeg, asked for the sound from a chapter on, gives the samples that lie there, in both files."""
    track = join_up(issue)
    for file in track.files:
        pcm = decoded(file.path)
        for chapter in track.chapters[1:]:
            raw = tmp_path / "from.f32"
            start = f"{chapter.start / RATE:.6f}"
            program("ffmpeg", "-v", "error", "-y", "-ss", start, "-i", file.path, "-map", "0:a", "-f", "f32le", raw)
            jumped = np.frombuffer(raw.read_bytes(), dtype="<f4")[:RATE].astype(float)
            around = pcm[chapter.start - 2000 : chapter.start + len(jumped) + 2000]
            assert int(np.argmax(np.correlate(around, jumped, "valid"))) == 2000


def test_only_the_part_that_changed_is_made_anew(issue: Score, join_up: Join, pressed: list[str]) -> None:
    """A sentence less in one article: that part is encoded, no other; its reels take the old ones' place."""
    join_up(issue, workers=1)
    assert sorted(set(pressed)) == [".m4b", ".mp3"]
    pressed.clear()
    changed = replace(issue[1], takes=issue[1].takes[:-1])
    track = join_up((issue[0], changed, *issue[2:]))
    assert 2 <= len(pressed) <= 4
    assert len(track.speech) == 9


def test_titles_tags_and_order_cost_nothing(issue: Score, join_up: Join, pressed: list[str]) -> None:
    """Another cover, another headline, articles in another order, moved lines: joined anew, not encoded."""
    first = join_up(issue)
    pressed.clear()
    moved = tuple(replace(take, segment=replace(take.segment, line=99)) for take in issue[1].takes)
    renamed = replace(issue[1], title="Another", takes=moved)
    track = join_up((issue[0], issue[2], renamed, issue[3]), tags=replace(TAGS, title="Another", cover=b""))
    assert pressed == []
    assert [chapter.title for chapter in track.chapters] == ["Opening", "Le marché", "Another", "Close"]
    assert track.speech[3].take.segment.line == 99
    assert track.samples == first.samples


def test_the_files_do_not_depend_on_what_was_kept(issue: Score, join_up: Join, tmp_path: Path) -> None:
    """Made of kept parts, of new ones on one thread or two, of some damaged ones: the same bytes; no file is left."""
    join_up(issue)
    changed = (issue[0], replace(issue[1], takes=issue[1].takes[:-1]), *issue[2:])
    warm = join_up(changed, folder=tmp_path / "warm")
    for path in [path for path in left(tmp_path / "parts") if path.suffix == ".frames"][:3]:
        os.truncate(path, path.stat().st_size // 2)
    mended = join_up(changed, folder=tmp_path / "mended")
    cold = join_up(changed, folder=tmp_path / "cold", shelf=tmp_path / "other", workers=1)
    kept = {path.name for path in left(tmp_path / "other")}
    assert {path.name for path in left(tmp_path / "parts")} == kept
    assert len(kept) == 4 * 2 * 2
    for each in (mended, cold):
        assert [file.path.read_bytes() for file in each.files] == [file.path.read_bytes() for file in warm.files]
        assert replace(each, file=warm.file, alternates=warm.alternates) == warm
    assert left(tmp_path / "scratch") == []
    assert len(left(tmp_path / "cold")) == 2


def test_it_is_ended_between_two_parts(issue: Score, join_up: Join, tmp_path: Path) -> None:
    """What `go_on` raises ends it: no file and no scrap is left; parts that were done stay for the next time."""

    class Ended(Exception):
        pass

    asked = []

    def go_on() -> None:
        asked.append(True)
        if len(asked) > 2:
            raise Ended

    with pytest.raises(Ended):
        join_up(issue, workers=1, go_on=go_on)
    assert not left(tmp_path / "programme")
    assert list((tmp_path / "parts").iterdir())
    assert not list((tmp_path / "scratch").iterdir())


def test_words_are_as_loud_in_every_part(issue: Score, join_up: Join) -> None:
    """The same words with an intro, after a sting, and before an outro: as loud each time, to 0.2 dB."""
    track = join_up((issue[0], issue[1], replace(issue[0], title="Again"), replace(issue[0], title="Close")))
    pcm = decoded(track.path)
    places = [placed for placed in track.speech if placed.take == issue[0].takes[0]]
    levels = [20 * np.log10(pcm[each.start : each.end].std()) for each in places]
    assert len(levels) == 3
    assert levels == [pytest.approx(levels[0], abs=0.2)] * 3


@pytest.mark.parametrize(
    "sound",
    [
        replace(LOOSE, overlap_ms=1500),
        replace(LOOSE, bed=""),
        replace(LOOSE, sample_rate=48_000, bitrate_kbps=64),
        replace(LOOSE, channels="stereo"),
    ],
    ids=["overlap", "bed", "48 kHz, 64 kbit/s", "stereo"],
)
def test_other_settings_are_joined_too(
    issue: Score, join_up: Join, mixed_whole: list[Score], article: Any, sound: Sound
) -> None:
    """Speech over the sting, a bed, another rate, two channels: made of parts, right in loudness, peak and length."""
    track = join_up(issue, sound, open_jingles(sound, Path("/nowhere")))
    assert mixed_whole == []
    for file in track.files:
        whole = measure(file.path, sound.sample_rate, track.channels)
        assert whole.frames == track.samples
        assert file.lufs == pytest.approx(whole.lufs, abs=0.05)
        assert whole.lufs == pytest.approx(-16, abs=LOOSE.loudness_tolerance_lu)
        assert whole.true_peak_db <= -0.99
    if sound.overlap_ms:
        sting = next(placed for placed in track.jingles if placed.slot is Slot.STING)
        assert track.speech[1].start < sting.end


def test_pauses_are_the_editions_to_a_tenth_of_a_second(article: Any, issue: Score, join_up: Join) -> None:
    """Between two parts lies the pause before a jingle, up to 105 ms longer or shorter; within a part every pause is
    what it would be in the whole.
    """
    track = join_up(issue)
    for before, after in pairwise(track.speech):
        gap_ms = (after.start - before.end) * 1000 / RATE
        if before.part == after.part:
            assert gap_ms in (pytest.approx(each, abs=0.1) for each in (380, 600, 750, 850, 900, 1000))
        else:
            sting = next(placed for placed in track.jingles if before.end < placed.start < after.start)
            assert (sting.start - before.end) * 1000 / RATE == pytest.approx(350, abs=105)


@pytest.mark.parametrize(
    ("sound", "containers"),
    [
        (Sound(pauses=Pauses(jingle_ms=100)), (Container.MP3, Container.M4B)),
        (SOUND, (Container.MP3, Container.OPUS)),
    ],
    ids=["a short pause", "Opus"],
)
def test_what_cannot_be_joined_is_mixed_whole(
    issue: Score, join_up: Join, mixed_whole: list[Score], sound: Sound, containers: tuple[Container, ...]
) -> None:
    """Where no joint fits into the pauses, or a file's frames cannot stand side by side: as it always was."""
    track = join_up(issue, sound, containers=containers)
    assert mixed_whole == [issue]
    assert track.lufs == pytest.approx(-16, abs=0.5)
    assert [file.container for file in track.files] == list(containers)


def test_a_silent_part_is_mixed_with_the_others(
    article: Any, issue: Score, join_up: Join, mixed_whole: list[Score]
) -> None:
    """A close of which nothing is heard cannot be levelled alone; the programme is made all the same."""
    silent = article.record(np.zeros(8000, dtype=np.float32))
    score = (*issue[:-1], replace(issue[-1], takes=(silent,)))
    track = join_up(score)
    assert mixed_whole == [score]
    assert track.lufs == pytest.approx(-16, abs=0.5)


def test_much_music_makes_all_words_louder(issue: Score, join_up: Join, mixed_whole: list[Score]) -> None:
    """Where stings and pauses make the whole softer than the edition tolerates, all its parts are made louder."""
    track, loose = join_up(issue, SOUND), join_up(issue)
    assert mixed_whole == []
    for file, other in zip(track.files, loose.files, strict=True):
        assert measure(file.path, RATE, 1).lufs == pytest.approx(-16, abs=0.5)
        assert other.lufs < -16.5


def test_a_programme_that_cannot_be_so_loud_says_so(article: Any, issue: Score, join_up: Join, tmp_path: Path) -> None:
    """Peaks at -9 dBTP and -10 LUFS cannot both be had: the error has the figures, and nothing is published or kept."""
    with pytest.raises(LoudnessError, match=r"-10 ±0\.5 LUFS and at most -9 dBTP"):
        join_up(issue, Sound(target_lufs=-10, true_peak_db=-9))
    assert left(tmp_path / "programme") == []
    assert left(tmp_path / "scratch") == []
    assert left(tmp_path / "parts") == []


def test_the_shelf_can_be_deleted(issue: Score, join_up: Join, tmp_path: Path) -> None:
    """Without it everything is made anew, and the files are not even touched."""
    track = join_up(issue)
    before = [file.path.stat().st_mtime_ns for file in track.files]
    shutil.rmtree(tmp_path / "parts")
    assert join_up(issue) == track
    assert [file.path.stat().st_mtime_ns for file in track.files] == before
