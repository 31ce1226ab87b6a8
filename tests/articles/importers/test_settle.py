import pytest

from articles.importers.draft import Draft, Passage, Run, passage
from articles.importers.settle import known, settle
from articles.issue import BlockKind, Span
from articles.language import foreign_language, guess_language

LANGUAGES = ("en", "fr")
ENGLISH = "The ice house has spent two years behind scaffolding, and it opens again on Saturday with a brass band."
FRENCH = "Pourquoi acheter une perceuse qui tournera moins d’un quart d’heure dans toute sa vie ?"


def draft(*texts: str, language: str = "", kind: BlockKind = BlockKind.PARAGRAPH) -> Draft:
    passages = tuple(passage(kind, text, f"line {number}") for number, text in enumerate(texts, 1))
    return Draft(passages, "a", language=language, language_from="<html lang>")


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (FRENCH, "fr"), ("It is open.", "en")])
def test_a_language_is_guessed_among_those_given(text: str, language: str) -> None:
    """The guess is one of the languages asked for, and sure of a plain sentence."""
    guess = guess_language(text, LANGUAGES)
    assert guess.language == language
    assert guess.confidence > 0.8


def test_nothing_to_go_by_is_no_confidence() -> None:
    """Figures and signs speak for no language."""
    assert guess_language("12 345 — …", LANGUAGES).confidence == 0
    assert guess_language("12 345", ("fr",)).language == "fr"


@pytest.mark.parametrize(
    "text",
    [
        "Métropole Aix-Marseille-Provence",
        "Le Petit Atelier de la Rue Haute",
        "Place de la Criée",
        "Jean-Baptiste de La Salle, Marie-Odile Lefèvre, François Le Goff",
        "Bonjour",
        ENGLISH,
    ],
)
def test_names_and_short_texts_are_not_switched(text: str) -> None:
    """A name, a brand, a few words, and a text in the article's own language stay in it."""
    assert foreign_language(text, "en", LANGUAGES) is None


def test_a_sentence_in_the_other_language_is_switched() -> None:
    """A whole sentence is, in both directions."""
    french, english = foreign_language(FRENCH, "en", LANGUAGES), foreign_language(ENGLISH, "fr", LANGUAGES)
    assert french is not None
    assert english is not None
    assert (french.language, english.language) == ("fr", "en")


def test_a_language_that_is_asked_for_comes_first_then_the_declared_one() -> None:
    """--lang, then the source's own word, then a guess that is noted as one."""
    assert settle(draft(FRENCH, language="fr-CA"), "a", LANGUAGES, "en").language == "en"
    declared = settle(draft(ENGLISH, language="fr-CA"), "a", LANGUAGES)
    assert declared.language == "fr"
    assert [note.sure for note in declared.notes if note.field == "language"] == [True, False]
    guessed = settle(draft(FRENCH), "a", LANGUAGES)
    assert (guessed.language, [note.sure for note in guessed.notes]) == ("fr", [False])


def test_a_language_that_the_edition_lacks_is_told() -> None:
    """A page in German is given the likeliest language of the edition, with a warning that names its own."""
    (note,) = settle(draft(ENGLISH, language="de"), "a", LANGUAGES).notes
    assert "declares “de”, which the edition does not have" in note.place
    assert not note.sure


@pytest.mark.parametrize(
    ("tag", "listed", "expected"),
    [
        ("fr_FR", LANGUAGES, "fr"),
        ("EN", LANGUAGES, "en"),
        ("en", ("en-GB",), "en-GB"),
        ("de", LANGUAGES, ""),
        ("", LANGUAGES, ""),
    ],
)
def test_tags_are_matched_to_the_edition_s(tag: str, listed: tuple[str, ...], expected: str) -> None:
    """However a source spells its language, the edition's own tag is used."""
    assert known(tag, listed) == expected


def test_runs_are_joined_with_single_spaces() -> None:
    """Spaces at the edges of runs and of the passage are one or none; words in another language stay a span."""
    runs = (Run("  At "), Run(" Le Port ", "fr"), Run("  today. "))
    article = settle(Draft((Passage(BlockKind.PARAGRAPH, runs),), "a", language="en"), "a", LANGUAGES)
    assert article.blocks[0].spans == (Span("At ", "en"), Span("Le Port ", "fr"), Span("today.", "en"))


def test_an_address_alone_is_an_address() -> None:
    """A paragraph that is only an address, or a formula, is of that kind, as it will be when it is read back."""
    blocks = settle(draft("https://example.org/a", "$$a = b$$", ENGLISH), "a", LANGUAGES).blocks
    assert [block.kind for block in blocks] == [BlockKind.URL, BlockKind.FORMULA, BlockKind.PARAGRAPH]


def test_passages_without_words_are_no_blocks() -> None:
    """A rule made of dashes or stars is not read."""
    assert [block.text for block in settle(draft("* * *", ENGLISH, "———"), "a", LANGUAGES).blocks] == [ENGLISH]
