from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.containers import Container
from audio.encode.join import JOINT_GRID
from audio.jingle import Jingles, open_jingles
from audio.jingle_names import JingleNames
from audio.score import Part
from audio.sound import Pauses, Sound
from audio.splice.place import LEAD_SAMPLES, Place, can_be_spliced, places

MP3, M4B, OPUS = Container.MP3, Container.M4B, Container.OPUS
SCORE = tuple(Part((), title, "en", section) for title, section in (("Opening", ""), ("One", "Town"), ("Close", "")))


@given(
    end=st.integers(LEAD_SAMPLES, 10**8), pause_ms=st.integers(250, 1500), sample_rate=st.sampled_from([44_100, 48_000])
)
def test_a_joint_lies_where_both_containers_have_a_frames_end(end: int, pause_ms: int, sample_rate: int) -> None:
    """The pause is the one that is wanted to half the grid; two MP3 frames of it follow the last word."""
    pause = pause_ms * sample_rate // 1000
    samples = Place(False, False, pause).samples(end)
    assert samples % 1152 == samples % 1024 == 0
    assert abs(samples + LEAD_SAMPLES - end - pause) <= JOINT_GRID // 2
    assert samples - end >= 2 * 1152


def test_the_last_part_ends_with_its_last_sound() -> None:
    """Nothing is joined to it."""
    assert Place(False, True, 0).samples(123_457) == 123_457


def test_a_pause_is_what_the_next_part_asks_for() -> None:
    """Before a sting the pause around a jingle, without one that between articles; after the last part none."""
    sound = Sound(sections={"Town": JingleNames(sting="none")})
    found = places(SCORE, open_jingles(sound, Path("/nowhere")), sound)
    assert found == (Place(True, False, 66_150), Place(False, False, 15_435), Place(False, True, 0))


@pytest.mark.parametrize(
    ("sound", "containers", "can"),
    [
        (Sound(), (MP3, M4B), True),
        (Sound(), (MP3,), True),
        (Sound(), (MP3, OPUS), False),
        (Sound(overlap_ms=5000), (MP3, M4B), True),
        (Sound(pauses=Pauses(jingle_ms=250)), (MP3, M4B), True),
        (Sound(pauses=Pauses(jingle_ms=249)), (MP3, M4B), False),
        (Sound(pauses=Pauses(jingle_ms=0), sting="none"), (MP3, M4B), True),
        (Sound(pauses=Pauses(headline_ms=100), sting="none"), (MP3, M4B), False),
    ],
)
def test_what_can_be_spliced(sound: Sound, containers: tuple[Container, ...], can: bool) -> None:
    """Any programme whose every joint has its quarter of a second, in MP3 and MPEG-4."""
    assert can_be_spliced(SCORE, open_jingles(sound, Path("/nowhere")), sound, containers) is can


def test_one_part_is_no_programme() -> None:
    """An episode has no joints."""
    assert not can_be_spliced(SCORE[:1], Jingles(), Sound(), (MP3,))


def test_one_short_pause_is_one_too_many() -> None:
    """Where only one section has no pause before its sting, the programme is mixed whole."""
    sound = Sound(pauses=Pauses(jingle_ms=0), sections={"Town": JingleNames(sting="none")})
    jingles = open_jingles(sound, Path("/nowhere"))
    assert not can_be_spliced(SCORE, jingles, sound, (MP3, M4B))
    assert can_be_spliced((SCORE[0], replace(SCORE[1]), replace(SCORE[2], section="Town")), jingles, sound, (MP3, M4B))
