import pytest

from feeds.credits import credited, narrated_by, writers

ANN, LUC, ZOE = "Ann Bell", "Luc Brun", "Zoé Roy"


@pytest.mark.parametrize(
    ("byline", "name"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("Par Claire Fontanel", "Claire Fontanel"),
        ("BY JANE DOE", "JANE DOE"),
        ("By: Jane Doe", "Jane Doe"),
        ("Text: Ann Bell", ANN),
        ("Text Ann Bell", ANN),
        ("Texte\u00a0: Ann Bell", ANN),
        ("Textes et photos : Ann Bell", ANN),
        ("Text and photos by Ann Bell", ANN),
        ("Words by Ann Bell, pictures by Luc Brun", ANN),
        ("Propos recueillis par Ann Bell", ANN),
        ("Reportage de Luc Brun", LUC),
        ("De notre correspondante Ann Bell", ANN),
        ("Jane Byron", "Jane Byron"),
        ("Parfait Dupont", "Parfait Dupont"),
        ("Ann Story", "Ann Story"),
        ("By Image Ismail", "Image Ismail"),
        ("By", "By"),
        ("By\n Jane  Doe", "Jane Doe"),
        ("La rédaction", "La rédaction"),
    ],
)
def test_a_byline_gives_the_name_in_it(byline: str, name: str) -> None:
    """Without the words before it, in both languages, and without taking a name apart."""
    assert writers(byline) == (name,)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ann Bell and Luc Brun", (ANN, LUC)),
        ("Par Zoé et Anne", ("Zoé", "Anne")),
        ("By Ann Bell, Luc Brun and Zoé Roy", (ANN, LUC, ZOE)),
        ("By Ann Bell, Luc Brun, and Zoé Roy", (ANN, LUC, ZOE)),
        ("Par Charles de Gaulle et Anne d’Arc", ("Charles de Gaulle", "Anne d’Arc")),
        ("Ann Bell & Luc Brun", (ANN, LUC)),
        ("Ann Bell / Luc Brun", (ANN, LUC)),
        ("By Ann Bell with Luc Brun", (ANN, LUC)),
        ("By Ann Bell, Luc Brun", (ANN, LUC)),
        ("By Martin King, Jr., and John Roe", ("Martin King Jr.", "John Roe")),
        ("By Jane Doe and John Roe, professors at McGill", ("Jane Doe", "John Roe")),
        ("Texte : Ann Bell et Luc Brun ; photos : Zoé Roy", (ANN, LUC)),
    ],
)
def test_several_authors_are_several_people(byline: str, names: tuple[str, ...]) -> None:
    """However they are joined; an app can then list each with all that they wrote."""
    assert writers(byline) == names
    assert credited(byline) == ", ".join(names)


@pytest.mark.parametrize(
    ("byline", "name"),
    [
        ("By Ann Example & Co", "Ann Example & Co"),
        ("Ernst & Young", "Ernst & Young"),
        ("The Arts and Culture Desk", "The Arts and Culture Desk"),
        ("By the editors and friends", "the editors and friends"),
        ("By Jane Doe, professor of physics at McGill", "Jane Doe"),
        ("By Jane Doe, Montréal", "Jane Doe"),
        ("By Jane Doe, The Example Press", "Jane Doe"),
        ("By Jane Doe (jane@example.org)", "Jane Doe"),
    ],
)
def test_what_is_one_stays_one(byline: str, name: str) -> None:
    """A firm and a department are not two people, and neither is a person with a profession or a place."""
    assert writers(byline) == (name,)


@pytest.mark.parametrize(
    "byline",
    [
        "By Ann Bell, photos by Luc Brun",
        "Texte Ann Bell – Photos Luc Brun",
        "By Ann Bell and photos by Luc Brun",
        "Par Ann Bell, traduit de l’anglais par Luc Brun",
        "Ann Bell, edited by Luc Brun",
        "Ann Bell, with additional reporting by Luc Brun",
        "Illustrations: Luc Brun. Text: Ann Bell",
    ],
)
def test_who_did_something_else_is_no_author(byline: str) -> None:
    """Photographers, translators and editors are named in the byline; its author is who wrote."""
    assert writers(byline) == (ANN,)


@pytest.mark.parametrize("byline", ["", "  ", "Photos by Luc Brun", "Traduit de l’anglais par Luc Brun"])
def test_a_byline_without_an_author_gives_none(byline: str) -> None:
    """Then the publication stands for them."""
    assert writers(byline) == ()
    assert credited(byline) == ""


def test_a_narrator_is_told_to_be_synthetic() -> None:
    """In the listener's language, beside the name."""
    assert narrated_by("joe", "en-GB") == "joe (synthetic voice)"
    assert narrated_by("siwis", "fr-CA") == "siwis (voix de synthèse)"
