import io
from dataclasses import replace
from datetime import date

import mutagen.id3
import pytest

from audio.id3 import id3_tag
from audio.tags import Tags
from audio.timeline import Chapter

RATE = 44_100
TAGS = Tags(
    title="L’été à « La Cité »",
    artist="Ville & Affaires",
    album="Ville & Affaires, avril 2023",
    track=3,
    language="fr-FR",
    date=date(2023, 4, 1),
    comment="Voix de synthèse : siwis.\nLicence CC BY 4.0.",
    cover=b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40 + b"\xff\xd9",
)
# Longer and shorter titles in an order that sorting by size would change.
CHAPTERS = (
    Chapter("L’été à « La Cité », un titre assez long", 0),
    Chapter("B", RATE),
    Chapter("Une autre partie", 3 * RATE // 2),
    Chapter("C", 5 * RATE // 2),
)


def read(tag: bytes) -> mutagen.id3.ID3:
    return mutagen.id3.ID3(io.BytesIO(tag))


def test_an_independent_reader_finds_every_tag() -> None:
    """Mutagen reads back what was written, letter by letter, in ID3 version 2.4."""
    frames = read(id3_tag(TAGS, (), 3 * RATE, RATE))
    assert frames.version == (2, 4, 0)
    texts = {name: str(frames[name]) for name in ("TIT2", "TPE1", "TALB", "TRCK", "TLAN", "TDRC", "TCON")}
    assert texts == {
        "TIT2": TAGS.title,
        "TPE1": TAGS.artist,
        "TALB": TAGS.album,
        "TRCK": "3",
        "TLAN": "fra",
        "TDRC": "2023-04-01",
        "TCON": "Podcast",
    }
    (comment,) = frames.getall("COMM")
    assert (comment.lang, str(comment)) == ("fra", TAGS.comment)
    (cover,) = frames.getall("APIC")
    assert (cover.mime, cover.type, cover.data) == (
        "image/jpeg",
        mutagen.id3.PictureType.COVER_FRONT,
        TAGS.cover,
    )
    assert frames.getall("CHAP") == []


def test_chapters_are_in_time_order() -> None:
    """The table of contents is ordered, the file has its chapters in that order, each ends where the next starts."""
    tag = id3_tag(TAGS, CHAPTERS, 3 * RATE, RATE)
    frames = read(tag)
    (contents,) = frames.getall("CTOC")
    assert contents.flags == mutagen.id3.CTOCFlags.TOP_LEVEL | mutagen.id3.CTOCFlags.ORDERED
    listed = [frames[f"CHAP:{name}"] for name in contents.child_element_ids]
    assert [(str(each.sub_frames["TIT2"]), each.start_time, each.end_time) for each in listed] == [
        (CHAPTERS[0].title, 0, 1000),
        ("B", 1000, 1500),
        ("Une autre partie", 1500, 2500),
        ("C", 2500, 3000),
    ]
    places = [tag.rindex(name.encode() + b"\x00") for name in contents.child_element_ids]
    assert places == sorted(places)


@pytest.mark.parametrize("count", [255, 300])
def test_more_chapters_than_a_file_can_hold(count: int) -> None:
    """A file lists at most 255 chapters; the last one listed then runs to the end."""
    many = tuple(Chapter(f"Part {number}", number * 100) for number in range(count))
    frames = read(id3_tag(TAGS, many, 3 * RATE, RATE))
    assert len(frames.getall("CTOC")[0].child_element_ids) == len(frames.getall("CHAP")) == 255
    assert frames["CHAP:chapter 255"].end_time == 3000


def test_nothing_is_written_for_what_is_not_known() -> None:
    """No comment, no cover, no album: no frames."""
    frames = read(id3_tag(replace(TAGS, comment="", cover=b"", album=""), (), RATE, RATE))
    assert {name[:4] for name in frames} == {"TIT2", "TPE1", "TRCK", "TLAN", "TDRC", "TCON"}


def test_control_characters_do_not_end_a_title_early() -> None:
    """A NUL would split the text in two and half a surrogate cannot be written: both become spaces."""
    frames = read(id3_tag(replace(TAGS, title="One\x00two\ud800three"), (), RATE, RATE))
    assert frames["TIT2"].text == ["One two three"]


def test_a_chapters_title_is_as_long_as_players_can_read() -> None:
    """libav takes a size inside a chapter for eight bits to a byte: no frame there may need more than seven."""
    frames = read(
        id3_tag(TAGS, (Chapter("é" * 80, 0), Chapter("x" * 126, RATE), Chapter("x" * 127, 2 * RATE)), 3 * RATE, RATE)
    )
    titles = [str(frames[f"CHAP:chapter {number}"].sub_frames["TIT2"]) for number in (1, 2, 3)]
    assert titles == ["é" * 61 + "…", "x" * 126, "x" * 123 + "…"]
