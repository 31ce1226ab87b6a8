import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import mutagen.mp3
import mutagen.mp4
import mutagen.oggopus
import numpy as np
import pytest
from PIL import Image

from audio.containers import Container, encoding_for
from audio.encode import encode
from audio.tags import Tags
from audio.timeline import Chapter
from tests.audio.readers import READERS, by_ffprobe, by_mutagen, by_pyav, program

RATE = 44_100
SAMPLES = 4 * RATE + 77
SECONDS = SAMPLES / RATE


MOST_TITLE_BYTES = {Container.MP3: 126, Container.M4A: 255, Container.M4B: 255, Container.OPUS: 5000}


def picture(side: int) -> bytes:
    written = io.BytesIO()
    noise = np.random.default_rng(1).integers(0, 256, (side, side, 3), dtype=np.uint8)
    Image.fromarray(noise).save(written, "JPEG", quality=90)
    return written.getvalue()


COVER = picture(300)
TAGS = Tags(
    title='L’été à « La Cité » & <ailleurs>, dit "l’autre" 🎉',
    artist="Ville & Affaires",
    album="Ville & Affaires, avril 2023",
    track=3,
    language="fr-FR",
    date=date(2023, 4, 1),
    comment="Voix de synthèse : siwis, licence CC BY 4.0.\nNobody reads this aloud.",
    cover=COVER,
)
# Longer and shorter titles in an order that sorting by size would change, at times that no millisecond divides.
CHAPTERS = (
    Chapter("L’été à « La Cité », un titre assez long pour être lu", 0),
    Chapter('B & <b> "b" 🎉', 31_337),
    Chapter("Une autre partie", 65_539),
    Chapter("C", 150_001),
)


@pytest.fixture(params=list(Container), ids=str)
def container(request: pytest.FixtureRequest) -> Container:
    assert isinstance(request.param, Container)
    return request.param


def written(
    tmp_path: Path, container: Container, tags: Tags = TAGS, chapters: tuple[Chapter, ...] = CHAPTERS, channels: int = 1
) -> Path:
    path = tmp_path / f"x{container.suffix}"
    time = np.arange(SAMPLES, dtype=np.float32) / RATE
    tone = np.repeat((0.1 * np.sin(2765 * time)).astype(np.float32)[:, None], channels, axis=1)
    encode([tone], path, encoding_for(container, 64, RATE, channels), tags, chapters, SAMPLES)
    return path


def same_chapters(found: list[tuple[str, float]], chapters: tuple[Chapter, ...]) -> bool:
    """Whether titles and order are the same, and the times to 10 ms."""
    titles = [title for title, _ in found] == [chapter.title for chapter in chapters]
    return titles and all(
        abs(start - chapter.start / RATE) <= 0.01 for (_, start), chapter in zip(found, chapters, strict=True)
    )


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_finds_every_tag(tmp_path: Path, container: Container, reader: str) -> None:
    """Title, artist, album, track, date, language, genre, comment, cover and chapters, letter by letter."""
    found = READERS[reader](written(tmp_path, container))
    assert (found.title, found.artist, found.album) == (TAGS.title, TAGS.artist, TAGS.album)
    assert (found.track, found.date, found.genre) == ("3", "2023-04-01", "Podcast")
    assert found.language in {"fra", "fr", None}
    assert str(found.comment).replace(" / ", "\n") == TAGS.comment  # so mediainfo prints a new line
    assert found.cover in (COVER, True)
    assert found.chapters is None or same_chapters(found.chapters, CHAPTERS)
    assert found.seconds == pytest.approx(SECONDS, abs=0.05)


def test_only_known_gaps_are_left(tmp_path: Path) -> None:
    """Two things are not told by every reader: ID3's chapters by mediainfo, MPEG-4's language by mutagen."""
    gaps = set()
    for container in Container:
        path = written(tmp_path, container)
        for reader, read in READERS.items():
            found = read(path)
            gaps |= {
                (reader, str(container), name) for name in ("chapters", "language") if getattr(found, name) is None
            }
    assert gaps == {
        ("mediainfo", "mp3", "chapters"),
        ("mutagen", "m4a", "language"),
        ("mutagen", "m4b", "language"),
    }


def test_the_last_chapter_ends_with_the_sound(tmp_path: Path, container: Container) -> None:
    """Each ends where the next one starts, the last at the end: no second of the file is in no chapter."""
    told = program(
        "ffprobe", "-v", "error", "-of", "csv=p=0", "-show_entries", "chapter=end_time", written(tmp_path, container)
    )
    ends = [float(line) for line in told.split()]
    assert ends == pytest.approx([chapter.start / RATE for chapter in CHAPTERS[1:]] + [SECONDS], abs=0.01)


@pytest.mark.parametrize("count", [0, 1, 60])
def test_any_number_of_chapters(tmp_path: Path, container: Container, count: int) -> None:
    """None, one for all, or the sixty of a long issue: every reader lists the same ones in the same order."""
    chapters = tuple(Chapter(f"Part {number} of many", number * 2_900) for number in range(count))
    path = written(tmp_path, container, chapters=chapters)
    for read in READERS.values():
        found = read(path).chapters
        assert found is None or same_chapters(found, chapters)


@pytest.mark.parametrize("letter", ["x", "é", "🎉"])
def test_a_title_of_three_hundred_characters(tmp_path: Path, container: Container, letter: str) -> None:
    """The file's title is kept whole; a chapter's ends in an ellipsis where the container's readers would lose it."""
    tags = replace(TAGS, title=300 * letter)
    chapters = (Chapter(300 * letter, 0), Chapter("And on", RATE))
    path = written(tmp_path, container, tags, chapters)
    kept = min(300, MOST_TITLE_BYTES[container] // len(letter.encode()))
    for read in (by_mutagen, by_pyav, by_ffprobe):
        found = read(path)
        assert found.title == tags.title
        assert found.chapters is not None
        (long, _), (short, start) = found.chapters
        assert (short, start) == ("And on", pytest.approx(1.0, abs=0.01))
        assert long == tags.title if kept == 300 else re.fullmatch(f"{letter}{{{kept - 3},{kept}}}…", long)


def test_nothing_is_written_for_what_is_not_there(tmp_path: Path, container: Container) -> None:
    """No cover: no picture; no chapters: no list of them."""
    path = written(tmp_path, container, replace(TAGS, cover=b""), ())
    for read in READERS.values():
        found = read(path)
        assert found.title == TAGS.title
        assert not found.cover
        assert not found.chapters


def test_control_characters_do_not_end_a_text_early(tmp_path: Path, container: Container) -> None:
    """A NUL or half a surrogate in a title becomes a space, in every container."""
    path = written(tmp_path, container, replace(TAGS, title="One\x00two\ud800three"), (Chapter("A\x00b", 0),))
    found = by_mutagen(path)
    assert found.title == "One two three"
    assert [title for title, _ in found.chapters or ()] == ["A b"]


def test_a_large_cover_is_kept_whole(tmp_path: Path, container: Container) -> None:
    """Half a megabyte of picture comes back byte by byte, and the tags around it too."""
    cover = picture(700)
    assert len(cover) > 400_000
    path = written(tmp_path, container, replace(TAGS, cover=cover))
    for read in (by_mutagen, by_pyav):
        found = read(path)
        assert found.cover == cover
        assert found.chapters is not None
        assert same_chapters(found.chapters, CHAPTERS)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("chapters", [(), CHAPTERS])
def test_mp3val_finds_no_fault(tmp_path: Path, channels: int, chapters: tuple[Chapter, ...]) -> None:
    """A checker of MP3 files has nothing to warn of."""
    told = program("mp3val", written(tmp_path, Container.MP3, chapters=chapters, channels=channels))
    assert "WARNING" not in told
    assert "MPEG frames (MPEG 1 Layer III), +ID3v2, CBR" in told


@pytest.mark.parametrize("container", [Container.M4A, Container.M4B])
def test_mpeg_4_has_its_chapters_twice(tmp_path: Path, container: Container) -> None:
    """As a text track for Apple's players and as Nero's list for the others, and both agree."""
    path = written(tmp_path, container)
    told = program(
        "ffprobe",
        "-v",
        "error",
        "-ignore_chapters",
        "1",
        "-of",
        "csv=p=0",
        "-show_entries",
        "packet=pts_time",
        "-select_streams",
        "s",
        path,
    )
    assert [float(line) for line in told.split()] == pytest.approx([each.start / RATE for each in CHAPTERS], abs=0.001)
    listed = mutagen.mp4.MP4(path).chapters
    assert [round(each.start * RATE) for each in listed] == [each.start for each in CHAPTERS]


def test_only_the_m4b_is_an_audiobook(tmp_path: Path) -> None:
    """Apple's kind of medium: 2 keeps the place in a long file, and would put an episode among the books."""
    assert mutagen.mp4.MP4(written(tmp_path, Container.M4B)).tags["stik"] == [2]
    assert "stik" not in mutagen.mp4.MP4(written(tmp_path, Container.M4A)).tags


def test_mutagen_reads_the_exact_length_from_mp3s_header(tmp_path: Path) -> None:
    """Delay and padding are where readers expect them; and the encoder that made it is named."""
    info = mutagen.mp3.MP3(written(tmp_path, Container.MP3)).info
    assert round(info.length * RATE) in (SAMPLES, round(SAMPLES / 1152 + 2) * 1152)
    assert info.bitrate_mode is mutagen.mp3.BitrateMode.CBR
    assert "3.100" in info.encoder_info


def test_opus_chapters_are_numbered_from_one(tmp_path: Path) -> None:
    """As the chapter extension of Vorbis comments has it, with a time and a name each, in order."""
    comments = mutagen.oggopus.OggOpus(written(tmp_path, Container.OPUS)).tags
    listed = [(name, text) for name, text in comments if name.startswith("CHAPTER")]
    assert [name for name, _ in listed] == [
        f"CHAPTER00{number}{part}" for number in range(1, 5) for part in ("", "NAME")
    ]
    assert [text for name, text in listed if not name.endswith("NAME")] == [
        "00:00:00.000",
        "00:00:00.711",
        "00:00:01.486",
        "00:00:03.401",
    ]
