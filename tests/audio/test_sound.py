from dataclasses import fields

import pytest

from audio.sound import Pauses, Sound


def test_an_empty_section_is_a_valid_one() -> None:
    """Every setting has a default, and the defaults are those of a podcast."""
    sound = Sound()
    assert (sound.target_lufs, sound.true_peak_db, sound.bitrate_kbps, sound.sample_rate) == (
        -16,
        -1,
        96,
        44_100,
    )
    assert (sound.intro, sound.sting, sound.language, sound.outro, sound.bed) == ("", "", "none", "", "none")
    assert (sound.formats, sound.channels, sound.programme, sound.jingle_fallback) == (("mp3",), "auto", True, False)
    assert (sound.overlap_ms, sound.ident) == (0, {})


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("target_lufs", -5.0, "-31 to -10"),
        ("target_lufs", float("nan"), "-31 to -10"),
        ("loudness_tolerance_lu", 0.0, "0.1 to 3"),
        ("true_peak_db", 0.5, "-9 to 0"),
        ("bitrate_kbps", 320, "64, 96 or 128"),
        ("sample_rate", 22_050, "44100 or 48000"),
        ("channels", "5.1", "auto, mono or stereo"),
        ("overlap_ms", -1, "0 to 5000"),
        ("overlap_ms", 5001, "0 to 5000"),
    ],
)
def test_a_value_out_of_range_is_told_with_what_is_allowed(name: str, value: float, allowed: str) -> None:
    """The message is one line that names the setting, what it is, and what it may be."""
    with pytest.raises(ValueError, match=name) as refused:
        Sound(**{name: value})
    message = str(refused.value)
    assert allowed in message
    assert f"{name} is {value}" in message
    assert "\n" not in message


@pytest.mark.parametrize("name", [pause.name for pause in fields(Pauses)])
@pytest.mark.parametrize("value", [-1, 1501])
def test_no_pause_can_be_negative_or_near_two_seconds(name: str, value: int) -> None:
    """Whatever an edition asks for, silence stays under two seconds."""
    with pytest.raises(ValueError, match=rf"^{name} is {value}: give milliseconds from 0 to 1500"):
        Pauses(**{name: value})


@pytest.mark.parametrize("formats", [(), ("m4a",), ("m4a", "mp3"), ("mp3", "wma"), ("mp3", "mp3")])
def test_every_episode_is_an_mp3_first(formats: tuple[str, ...]) -> None:
    """Other formats stand beside it, and no others than those that can be made, each once."""
    with pytest.raises(ValueError, match=r'formats is .*: give "mp3", and after it "m4a", "opus" or both'):
        Sound(formats=formats)
    assert Sound(formats=("mp3", "opus", "m4a")).formats == ("mp3", "opus", "m4a")


def test_an_ident_names_only_what_there_is() -> None:
    """A misspelt place is told, with the language of the template and the places there are."""
    with pytest.raises(ValueError, match=r"ident\.fr is wrong: .*\{publicaton\}.*\{publication\}"):
        Sound(ident={"en": "{publication}", "fr": "{publicaton}, {month}"})
