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
    assert (sound.intro, sound.outro, sound.bed) == ("", "", "none")


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("target_lufs", -5.0, "-31 to -10"),
        ("target_lufs", float("nan"), "-31 to -10"),
        ("loudness_tolerance_lu", 0.0, "0.1 to 3"),
        ("true_peak_db", 0.5, "-9 to 0"),
        ("bitrate_kbps", 320, "64, 96 or 128"),
        ("sample_rate", 22_050, "44100 or 48000"),
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
    with pytest.raises(ValueError, match=rf"pauses\.{name} is {value}: give milliseconds from 0 to 1500"):
        Pauses(**{name: value})
