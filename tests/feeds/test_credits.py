import pytest

from feeds.credits import narrated_by, writer


@pytest.mark.parametrize(
    ("byline", "name"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("Par Zoé et Anne", "Zoé et Anne"),
        ("BY JANE DOE", "JANE DOE"),
        ("Jane Byron", "Jane Byron"),
        ("Parfait Dupont", "Parfait Dupont"),
        ("By", "By"),
        ("By\n Jane  Doe", "Jane Doe"),
        ("", ""),
    ],
)
def test_a_byline_gives_the_name_in_it(byline: str, name: str) -> None:
    """Without the word before it, in both languages, and without taking a name apart."""
    assert writer(byline) == name


def test_a_narrator_is_told_to_be_synthetic() -> None:
    """In the listener's language, beside the name."""
    assert narrated_by("joe", "en-GB") == "joe (synthetic voice)"
    assert narrated_by("siwis", "fr-CA") == "siwis (voix de synthèse)"
