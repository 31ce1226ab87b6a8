import pytest

from audio.languages import three_letters


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", "fra"),
        ("en-GB", "eng"),
        ("DE", "deu"),
        ("zu", "zul"),
        ("aa", "aar"),
        ("gsw", "gsw"),
        ("xx", "und"),
        ("", "und"),
    ],
)
def test_languages_have_three_letters_in_sound_files(language: str, expected: str) -> None:
    """A BCP 47 tag gives its ISO 639-2/T code, whatever its region, and `und` when there is none."""
    assert three_letters(language) == expected
