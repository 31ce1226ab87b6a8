import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import av
import mutagen.mp3
import numpy as np
import pyloudnorm
import pytest

from articles.errors import ArticleError
from articles.files import WriteError
from articles.issue import BlockKind
from audio.cut import MissingClipError
from audio.jingle import Jingles, open_jingles
from audio.sound import Pauses, Sound
from audio.track import Tags, Track, produce, track_key

RATE = 44_100
SOUND = Sound()
TAGS = Tags(
    title="The harbour wakes",
    artist="The Gazette",
    album="The Gazette, November 2026",
    track=1,
    tracks=2,
    language="en",
    date=date(2026, 11, 2),
    comment="Read by a synthetic voice.",
    cover=b"\xff\xd8\xff\xe0 not really a picture \xff\xd9",
)


def heard(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)]).astype(np.float64)


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


def make(article: Any, jingles: Jingles, folder: Path, sound: Sound = SOUND, tags: Tags = TAGS) -> Track:
    return produce(article.takes, article.store, sound, jingles, tags, folder, "01-harbour")


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
    assert pyloudnorm.Meter(RATE).integrated_loudness(pcm) == pytest.approx(track.lufs, abs=0.02)
    assert track.lufs == pytest.approx(-16, abs=0.5)
    assert np.abs(pcm).max() <= 10 ** (-1 / 20)
    assert track.true_peak_db <= -1


def test_players_find_title_cover_and_chapters(article: Any, jingles: Jingles, tmp_path: Path) -> None:
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


def test_the_same_article_gives_the_same_file_and_writes_nothing_twice(
    article: Any, jingles: Jingles, tmp_path: Path
) -> None:
    """Made again elsewhere the bytes are the same; made again there the file is not touched."""
    first = make(article, jingles, tmp_path / "a")
    elsewhere = make(article, jingles, tmp_path / "b")
    assert replace(elsewhere, path=first.path) == first
    assert elsewhere.path.read_bytes() == first.path.read_bytes()
    before = first.path.stat()
    assert make(article, jingles, tmp_path / "a") == first
    assert first.path.stat().st_mtime_ns == before.st_mtime_ns
    assert [path.name for path in (tmp_path / "a").iterdir()] == [first.path.name]


def test_an_episode_needs_no_jingles(article: Any, tmp_path: Path) -> None:
    """Without jingles the speech stands alone, as loud as ever, and starts at once."""
    track = make(article, Jingles(), tmp_path)
    assert track.speech[0].start == RATE // 5
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


def test_what_is_gone_fails_the_article_and_leaves_nothing(article: Any, jingles: Jingles, tmp_path: Path) -> None:
    """A missing clip, or nothing to say at all, is an error of this article, and no half file is left."""
    article.store.path(article.takes[2].key).unlink()
    with pytest.raises(MissingClipError, match="line 3"):
        make(article, jingles, tmp_path / "episodes")
    article.takes.clear()
    with pytest.raises(ArticleError, match="nothing to say"):
        make(article, jingles, tmp_path / "episodes")
    assert not (tmp_path / "episodes").exists()


def test_a_folder_that_cannot_be_is_told(article: Any, jingles: Jingles, tmp_path: Path) -> None:
    """Where a file stands in the way of the episodes' folder, the writer's own error comes through."""
    (tmp_path / "episodes").write_text("in the way")
    with pytest.raises(WriteError, match="episodes"):
        make(article, jingles, tmp_path / "episodes")


def test_a_key_names_all_that_changes_the_file(article: Any, jingles: Jingles) -> None:
    """Another clip, order, voice, kind, language, block, breath, chapter title, sound, jingle or tag: another key."""
    takes = article.takes

    def changed(**fields: Any) -> list[Any]:
        return [*takes[:2], replace(takes[2], segment=replace(takes[2].segment, **fields)), *takes[3:]]

    heading = replace(takes[3], segment=replace(takes[3].segment, written="At dusk"))
    keys = [
        track_key(takes, SOUND, jingles, TAGS),
        track_key(takes[:-1], SOUND, jingles, TAGS),
        track_key([takes[0], takes[2], takes[1], *takes[3:]], SOUND, jingles, TAGS),
        track_key([*takes[:2], replace(takes[2], key="f" * 64), *takes[3:]], SOUND, jingles, TAGS),
        track_key([*takes[:2], replace(takes[2], voice="siwis"), *takes[3:]], SOUND, jingles, TAGS),
        track_key(changed(kind=BlockKind.QUOTATION), SOUND, jingles, TAGS),
        track_key(changed(language="fr"), SOUND, jingles, TAGS),
        track_key(changed(block=takes[1].segment.block), SOUND, jingles, TAGS),
        track_key(changed(joins_previous=True), SOUND, jingles, TAGS),
        track_key([*takes[:3], heading, *takes[4:]], SOUND, jingles, TAGS),
        track_key(takes, Sound(bitrate_kbps=64), jingles, TAGS),
        track_key(takes, Sound(pauses=Pauses(sentence_ms=300)), jingles, TAGS),
        track_key(takes, SOUND, Jingles(), TAGS),
        track_key(takes, SOUND, Jingles(intro=jingles.outro, outro=jingles.intro), TAGS),
        track_key(takes, SOUND, jingles, replace(TAGS, title="Another")),
        track_key(takes, SOUND, jingles, replace(TAGS, tracks=3)),
        track_key(takes, SOUND, jingles, replace(TAGS, date=date(2026, 11, 3))),
        track_key(takes, SOUND, jingles, replace(TAGS, cover=b"another")),
    ]
    assert len(set(keys)) == len(keys)
    assert all(len(key) == 64 for key in keys)


def test_a_key_names_nothing_else(article: Any, jingles: Jingles, tmp_path: Path) -> None:
    """Moved lines, new block numbers, spelling, a voice's or jingle's new name: the same key, and the same file."""
    moved = [
        replace(
            take,
            voice={"joe": "joseph", "siwis": "s"}[take.voice],
            segment=replace(
                take.segment,
                line=take.segment.line + 7,
                block=take.segment.block * 2 + 5,
                written=take.segment.written if take.segment.kind in ("headline", "heading") else "Wørds.",
            ),
        )
        for take in article.takes
    ]
    renamed = replace(jingles, intro=replace(jingles.intro, name="other.wav"))
    sound = Sound(intro="other.wav")
    assert track_key(moved, sound, renamed, TAGS) == track_key(article.takes, SOUND, jingles, TAGS)
    again = produce(moved, article.store, sound, renamed, TAGS, tmp_path, "01-harbour")
    assert again.sha256 == make(article, jingles, tmp_path).sha256
