from dataclasses import replace
from typing import Any

import pytest

import audio.encode.coders
from audio.containers import Container
from audio.jingle import Jingles
from audio.jingle_names import JingleNames
from audio.score import Part
from audio.sound import Pauses, Sound
from audio.splice.place import Place
from audio.splice.reel_key import reel_key
from tests.audio.tracks import SOUND

MP3, M4B = Container.MP3, Container.M4B
MIDDLE, FIRST, LAST = Place(False, False, 15_435), Place(True, False, 15_435), Place(False, True, 0)


@pytest.fixture
def part(article: Any) -> Part:
    """The bilingual article, its first take as its ident."""
    return Part(tuple(article.takes[1:]), "The harbour wakes", "en", "Town", (article.takes[0],))


def with_take(part: Part, **fields: Any) -> Part:
    """The part with another second take."""
    own = {name: fields.pop(name) for name in ("key", "voice") if name in fields}
    first, second, *others = part.takes
    changed = replace(second, segment=replace(second.segment, **fields), **own)
    return replace(part, takes=(first, changed, *others))


def test_all_that_changes_the_sound_changes_the_key(part: Part, jingles: Jingles) -> None:
    """Takes, the ident, language and block for the pauses, the place, settings, jingles, container, the aim."""
    assert jingles.sting is not None
    others = [
        (replace(part, takes=part.takes[1:]), MIDDLE, jingles, SOUND, MP3, 0.0),
        (replace(part, ident=()), MIDDLE, jingles, SOUND, MP3, 0.0),
        (with_take(part, key="f" * 64), MIDDLE, jingles, SOUND, MP3, 0.0),
        (with_take(part, voice="siwis"), MIDDLE, jingles, SOUND, MP3, 0.0),
        (with_take(part, language="de"), MIDDLE, jingles, SOUND, MP3, 0.0),
        (with_take(part, joins_previous=True), MIDDLE, jingles, SOUND, MP3, 0.0),
        (part, FIRST, jingles, SOUND, MP3, 0.0),
        (part, LAST, jingles, SOUND, MP3, 0.0),
        (part, replace(MIDDLE, pause=66_150), jingles, SOUND, MP3, 0.0),
        (part, MIDDLE, replace(jingles, sting=None), SOUND, MP3, 0.0),
        (part, MIDDLE, replace(jingles, sting=replace(jingles.sting, sha256="0" * 64)), SOUND, MP3, 0.0),
        (part, MIDDLE, replace(jingles, channels=2), SOUND, MP3, 0.0),
        (part, MIDDLE, replace(jingles, others={("", "Town"): replace(jingles, bed=jingles.sting)}), SOUND, MP3, 0.0),
        (part, MIDDLE, jingles, Sound(target_lufs=-18), MP3, 0.0),
        (part, MIDDLE, jingles, Sound(bitrate_kbps=64), MP3, 0.0),
        (part, MIDDLE, jingles, Sound(overlap_ms=300), MP3, 0.0),
        (part, MIDDLE, jingles, Sound(pauses=Pauses(sentence_ms=300)), MP3, 0.0),
        (part, MIDDLE, jingles, SOUND, M4B, 0.0),
        (part, MIDDLE, jingles, SOUND, MP3, 0.45),
    ]
    keys = {reel_key(*each) for each in others}
    assert len(keys - {reel_key(part, MIDDLE, jingles, SOUND, MP3)}) == len(others)


def test_a_key_names_nothing_else(part: Part, jingles: Jingles) -> None:
    """Titles, lines, spelling, other sections' jingles, the intro in the middle, formats of episodes: the same key."""
    usual = reel_key(part, MIDDLE, jingles, SOUND, MP3)
    same = [
        (replace(part, title="Another"), MIDDLE, jingles, SOUND, MP3),
        (with_take(part, line=99, written="Wørds.", index=40), MIDDLE, jingles, SOUND, MP3),
        (part, MIDDLE, replace(jingles, intro=None, outro=None), SOUND, MP3),
        (part, MIDDLE, replace(jingles, others={("", "Sport"): Jingles()}), SOUND, MP3),
        (part, MIDDLE, jingles, Sound(formats=("mp3", "opus"), sections={"Sport": JingleNames(sting="none")}), MP3),
    ]
    assert {reel_key(*each) for each in same} == {usual}


def test_another_coders_frames_are_not_mixed_in(part: Part, jingles: Jingles, monkeypatch: pytest.MonkeyPatch) -> None:
    """A newer LAME: MP3's keys change, MPEG-4's do not."""
    keys = [reel_key(part, MIDDLE, jingles, SOUND, container) for container in (MP3, M4B)]
    version = audio.encode.coders.version
    monkeypatch.setattr(audio.encode.coders, "version", lambda name: "9" if name == "lameenc" else version(name))
    newer = [reel_key(part, MIDDLE, jingles, SOUND, container) for container in (MP3, M4B)]
    assert newer[0] != keys[0]
    assert newer[1] == keys[1]


def test_an_outro_belongs_to_the_last_part(part: Part, jingles: Jingles) -> None:
    """Another outro, or another intro, changes the key of the part that it is heard in."""
    assert reel_key(part, LAST, replace(jingles, outro=None), SOUND, MP3) != reel_key(part, LAST, jingles, SOUND, MP3)
    assert reel_key(part, FIRST, replace(jingles, intro=None), SOUND, MP3) != reel_key(part, FIRST, jingles, SOUND, MP3)
