import pytest

from articles.language import foreign_language

LANGUAGES = ("en", "fr")


@pytest.mark.parametrize(
    ("article", "sentence", "language"),
    [
        ("en", "L’équipe qui a porté le projet peut être fière !", "fr"),
        ("en", "Ici, personne n’a froid aux yeux !", "fr"),
        ("en", "Nous avons voulu que la place soit rendue aux habitants.", "fr"),
        ("en", "Photo prise pendant la fête du quai, en juin dernier.", "fr"),
        ("en", "On ne change pas une équipe qui gagne.", "fr"),
        ("en", "She left for the Quai des Cordiers with Aurèle Montjoie.", None),
        ("en", "At the Musée des Civilisations de l’Europe et de la Méditerranée, entry is free.", None),
        ("en", "Bouillabaisse, aïoli, panisses: the menu never changes.", None),
        ("en", "Rue de la République, Place de la Joliette, Boulevard de Dunkerque.", None),
        ("en", "Vive la différence, as they say.", None),
        ("en", "Bon appétit!", None),
        ("fr", "You can come as you are, and bring your friends.", "en"),
        ("fr", "The quick brown fox jumps over the lazy dog.", "en"),
        ("fr", "Le groupe Green Tech Solutions rachète la start-up Blue Harbour.", None),
        ("fr", "Il a travaillé chez The Old Harbour Company of London, puis à Nice.", None),
        ("fr", "Le week-end dernier, le brunch du Sunday Times Club affichait complet.", None),
    ],
)
def test_a_sentence_is_switched_and_a_name_is_not(article: str, sentence: str, language: str | None) -> None:
    """A whole sentence in the other language is found; names, titles and brands, however long, change nothing."""
    guess = foreign_language(sentence, article, LANGUAGES)
    assert (guess.language if guess else None) == language
