import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from articles.errors import ExitCode
from audio.jingle import JingleError, open_jingles
from audio.jingle_names import JingleNames
from audio.sound import Sound
from audio.timeline import PlacedJingle, Slot

RATE = 44_100
NOWHERE = Path("/nowhere")


@pytest.fixture
def write(tmp_path: Path, tone: Callable[..., np.ndarray]) -> Callable[..., str]:
    """A function that puts a jingle of so many seconds into the edition, and gives its name."""

    def make(name: str, seconds: float = 1.0, *, stereo: bool = False, rate: int = RATE) -> str:
        sides = [tone(seconds, 0.3, 440, rate), tone(seconds, 0.3, 660, rate)][: 1 + stereo]
        (tmp_path / name).parent.mkdir(exist_ok=True)
        with wave.open(str(tmp_path / name), "wb") as file:
            file.setnchannels(len(sides))
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes((np.stack(sides, axis=1) * 32767).astype("<i2").tobytes())
        return name

    return make


def test_the_defaults_ship_and_need_no_word() -> None:
    """An edition without its own has intro, sting and outro in mono, and nothing to be told, at any rate."""
    for rate in (44_100, 48_000):
        jingles = open_jingles(Sound(sample_rate=rate), NOWHERE)
        assert jingles.intro is not None
        assert jingles.outro is not None
        assert jingles.sting is not None
        assert (jingles.bed, jingles.language, jingles.channels, jingles.notes) == (None, None, 1, ())
        assert jingles.intro.sample_rate == rate
        assert 3 * rate < jingles.intro.samples < 6 * rate


def test_every_place_has_a_default() -> None:
    """Asked for by name or not, there is one that ships for each."""
    jingles = open_jingles(Sound(bed="", language=""), NOWHERE)
    assert [jingle.name for jingle in map(jingles.get, Slot) if jingle] == [f"the default {slot}" for slot in Slot]


def test_none_means_none() -> None:
    """An edition can do without, and one without a programme needs no sting."""
    jingles = open_jingles(Sound(intro="none", outro="none", sting="none"), NOWHERE)
    assert [jingles.get(slot) for slot in Slot] == [None] * 5
    assert open_jingles(Sound(programme=False), NOWHERE).sting is None


def test_a_section_goes_before_a_language_and_that_before_the_edition(
    tmp_path: Path, write: Callable[..., str]
) -> None:
    """Each place on its own: what a section does not say, its language may, and what neither says is the edition's."""
    names = {name: write(f"{name}.wav", 0.5) for name in ("all", "french", "town", "loop")}
    sound = Sound(
        intro=names["all"],
        sting=names["all"],
        outro=names["all"],
        languages={"fr": JingleNames(intro=names["french"], outro=names["french"])},
        sections={"Town": JingleNames(intro=names["town"], outro="none", bed=names["loop"])},
    )
    jingles = open_jingles(sound, tmp_path)

    def worn(language: str, section: str) -> list[str | None]:
        those = jingles.of(language, section)
        return [jingle.name if jingle else None for jingle in (those.intro, those.sting, those.outro, those.bed)]

    assert worn("en", "") == ["all.wav", "all.wav", "all.wav", None]
    assert worn("fr", "") == ["french.wav", "all.wav", "french.wav", None]
    assert worn("en", "Town") == ["town.wav", "all.wav", None, "loop.wav"]
    assert worn("fr", "Town") == ["town.wav", "all.wav", None, "loop.wav"]
    assert worn("de", "Elsewhere") == worn("en", "")
    assert jingles.of("fr", "Elsewhere").intro is jingles.of("fr", "").intro


def test_a_placed_jingle_is_found_whoever_wears_it(tmp_path: Path, write: Callable[..., str]) -> None:
    """By the name on the timeline, the edition's and a section's; a name that is none of these is refused."""
    sound = Sound(sections={"Town": JingleNames(sting=write("town.wav"))})
    jingles = open_jingles(sound, tmp_path)
    assert jingles.find(PlacedJingle(Slot.STING, 0, 1, 0, 0, "town.wav")) is jingles.of("en", "Town").sting
    assert jingles.find(PlacedJingle(Slot.INTRO, 0, 1, 0, 0, "the default intro")).name == "the default intro"
    with pytest.raises(LookupError):
        jingles.find(PlacedJingle(Slot.INTRO, 0, 1, 0, 0, "gone.wav"))


@pytest.mark.parametrize(
    ("setting", "section_in_stereo", "channels"),
    [("auto", False, 1), ("auto", True, 2), ("mono", True, 1), ("stereo", False, 2)],
)
def test_all_of_an_edition_has_as_many_channels(
    tmp_path: Path, write: Callable[..., str], setting: str, section_in_stereo: bool, channels: int
) -> None:
    """One stereo jingle anywhere makes every episode stereo, unless the edition says what it wants."""
    write("town.wav", stereo=section_in_stereo)
    sound = Sound(channels=setting, sections={"Town": JingleNames(intro="town.wav")})
    jingles = open_jingles(sound, tmp_path)
    assert jingles.channels == jingles.of("en", "Town").channels == channels
    assert jingles.of("en", "Town").intro.channels == (2 if section_in_stereo and setting != "mono" else 1)


def test_a_note_is_given_once(tmp_path: Path, write: Callable[..., str]) -> None:
    """One file used at both ends and in a section makes one line for the producer."""
    name = write("jingles/x.wav", stereo=True, rate=48_000)
    sound = Sound(intro=name, outro=name, channels="mono", sections={"Town": JingleNames(sting=name)})
    assert open_jingles(sound, tmp_path).notes == ("jingles/x.wav: stereo at 48 kHz, mixed down to mono at 44.1 kHz",)


@pytest.mark.parametrize("sound", [Sound(intro="x.wav"), Sound(sections={"Town": JingleNames(intro="x.wav")})])
def test_a_bad_jingle_is_an_error_wherever_it_stands(tmp_path: Path, sound: Sound) -> None:
    """Named as the edition names it, with what to do; nothing is replaced that the edition did not allow."""
    (tmp_path / "x.wav").write_text("no sound")
    with pytest.raises(JingleError, match=r"^x\.wav: it is not a sound file") as refused:
        open_jingles(sound, tmp_path)
    assert refused.value.exit_code is ExitCode.USAGE


@pytest.mark.parametrize("name", ["gone.wav", "text.wav", "empty.wav"])
def test_where_the_edition_allows_it_the_default_is_heard_instead(tmp_path: Path, name: str) -> None:
    """The default of that very place, and a line says why."""
    (tmp_path / "text.wav").write_text("no sound")
    (tmp_path / "empty.wav").touch()
    jingles = open_jingles(Sound(outro=name, jingle_fallback=True), tmp_path)
    assert jingles.outro.name == "the default outro"
    (note,) = jingles.notes
    assert note.startswith(f"{name}: ")
    assert note.endswith("; the default outro is heard instead")
