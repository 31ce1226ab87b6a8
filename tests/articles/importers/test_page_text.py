from collections.abc import Callable

import pytest

from articles.importers.settle import Imported
from articles.issue import BlockKind

PAGE = """\
Everything that is made, sold or mended along the quays is told here, by those who make it, sell it and mend it.
May 2024

Port-Salvane town hall

The Bridge Nobody Wanted

It took eleven years and four mayors. On 3 May, the smallest bridge of the county opened to walkers   and to one goat.

By Ada Pell
Les habitants du quartier ont traversé le pont dès l’aube, et la fanfare les attendait de l’autre côté !

The first to cross was a baker who had been against it from the start. He says that the bread was getting cold.

Four «experts» had been consulted. None of them lives here, and only one of them answered the telephone when we called.

The goat has crossed every day since.


The Salvane Gazette"""

One = Callable[..., Imported]


def body(article: Imported) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in article.blocks]


def test_every_part_of_a_page_is_recognised(one: One) -> None:
    """Section, date, kicker, headline, standfirst, byline, caption, body and magazine's name fall into place."""
    article = one("bridge.txt", PAGE)
    assert [(block.kind, block.language, block.text[:20]) for block in article.blocks] == [
        (BlockKind.KICKER, "en", "Port-Salvane town ha"),
        (BlockKind.HEADLINE, "en", "The Bridge Nobody Wa"),
        (BlockKind.STANDFIRST, "en", "It took eleven years"),
        (BlockKind.BYLINE, "en", "By Ada Pell"),
        (BlockKind.CAPTION, "fr", "Les habitants du qua"),
        (BlockKind.PARAGRAPH, "en", "The first to cross w"),
        (BlockKind.PARAGRAPH, "en", "Four «experts» had b"),
        (BlockKind.PARAGRAPH, "en", "The goat has crossed"),
    ]
    assert [(left.place, left.text[:10]) for left in article.left_out] == [
        ("line 1", "Everything"),
        ("line 20", "The Salvan"),
    ]


def test_nothing_is_invented(one: One) -> None:
    """A month is no day: the date is left out and the doubt is noted with its line; no section is made up."""
    article = one("bridge.txt", PAGE)
    assert (article.date, article.section) == (None, "")
    assert article.missing == ("section", "date")
    assert [(note.place, note.sure) for note in article.notes if note.field == "date"] == [("line 2", False)]


def test_every_field_says_where_it_was_found(one: One) -> None:
    """Each field's note names the line it was taken from."""
    places = {str(note.field): note.place for note in one("bridge.txt", PAGE).notes if note.place.startswith("line")}
    assert places == {
        "date": "line 2",
        "kicker": "line 4",
        "headline": "line 6",
        "standfirst": "line 8",
        "byline": "line 10",
        "caption": "line 11",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A title\n\nBy Bo Lee\n\nFirst paragraph here.\n\nSecond.",
            ["headline", "byline", "paragraph", "paragraph"],
        ),
        ("Titre\n\nPar Zoé d’Arc\n\nLe texte est là.", ["headline", "byline", "paragraph"]),
        ("A title\n\nThe text, at once.\n\nAnd more of it.", ["headline", "paragraph", "paragraph"]),
        ("A title\n\nThe text, at once.\n\nBy Bo Lee", ["headline", "byline", "paragraph"]),
        ("A title\n\n7 April 2023\n\nBy Bo Lee\n\nThe text.", ["headline", "byline", "paragraph"]),
        (
            "Kicker\n\nTitle\n\nIn short, this.\n\nBy Bo Lee\n\nText.",
            "kicker headline standfirst byline paragraph".split(),
        ),
        ("A title\n\nBy Bo Lee\n\n• One\n• Two\n\nEnd.", ["headline", "byline", "list item", "list item", "paragraph"]),
        (
            "A title\n\nBy Bo Lee\n\nA first paragraph.\n\nA heading\n\nA longer paragraph follows it.",
            ["headline", "byline", "paragraph", "heading", "paragraph"],
        ),
        (
            "A title\n\nBy Bo Lee\n\nPhoto: the port at dawn.\n\nA paragraph.",
            ["headline", "byline", "caption", "paragraph"],
        ),
    ],
)
def test_pages_with_fewer_parts(one: One, text: str, expected: list[str]) -> None:
    """A part that is not there is not looked for in the next one."""
    assert [str(kind) for kind, _ in body(one("a.txt", text))] == expected


@pytest.mark.parametrize(
    "line", ["By the sea there is a town.", "Par hasard, il a plu.", "By Tuesday the shop was shut"]
)
def test_a_sentence_is_no_byline(one: One, line: str) -> None:
    """A line that begins with By or Par and goes on as a sentence is text."""
    article = one("a.txt", f"A title\n\n{line}\n\nThe rest of the text.\n\nAnd its end.")
    assert not [kind for kind, _ in body(article) if kind is BlockKind.BYLINE]


def test_lines_broken_to_a_width_are_joined(one: One) -> None:
    """Text copied from a PDF has its paragraphs whole again, and the words divided at line ends."""
    text = """\
The bridge

By Bo Lee

The bridge was opened on Friday by a baker who had
always been against it, and by the goat of the neigh-
bours, who had not. A well-known band played, and well-
known songs were sung until the rain came down.

Nobody stayed after that, except the goat, which has
no telephone and was not told about the weather.
"""
    paragraphs = [text for kind, text in body(one("a.txt", text)) if kind is BlockKind.PARAGRAPH]
    assert paragraphs == [
        "The bridge was opened on Friday by a baker who had always been against it, and by the goat of the neighbours, "
        "who had not. A well-known band played, and well-known songs were sung until the rain came down.",
        "Nobody stayed after that, except the goat, which has no telephone and was not told about the weather.",
    ]


def test_windows_line_ends_and_mixed_ones_change_nothing(one: One) -> None:
    """Line ends of any system, and all of them in one file, give the same article."""
    plain = body(one("a.txt", PAGE))
    mixed = PAGE.replace("\n\n", "\r\n\r").replace("2024\n", "2024\r")
    assert body(one("a.txt", PAGE.replace("\n", "\r\n"))) == plain
    assert body(one("a.txt", mixed)) == plain


def test_what_looks_like_markup_stays_text(one: One) -> None:
    """Lines that Markdown would read as markup are written so that they are read back as they stood."""
    odd = ["# 1 in the county.", "1. is a number.", "::: is not a div.", "*not* [a](link) {lang=fx}."]
    article = one("a.txt", "\n\n".join(["A title", "By Bo Lee", *odd]))
    assert [text for _, text in body(article)][2:] == odd


def test_text_without_a_headline_has_none(one: One) -> None:
    """Where no line can be the headline, none is made up, and the producer is told."""
    article = one("notes.txt", "Only a paragraph here.\n\nAnd another one.")
    assert article.headline == ""
    assert any(note.field == "headline" and not note.sure for note in article.notes)


def test_right_to_left_text_is_imported_with_a_warning(one: One) -> None:
    """Hebrew and Arabic keep their letters; what may have been turned round is named."""
    article = one("a.txt", "כותרת ראשית\n\nBy Bo Lee\n\nזה הטקסט של הכתבה, והוא כתוב מימין לשמאל.", "he", ("he", "en"))
    assert article.headline == "כותרת ראשית"
    assert any("right to left" in note.text and not note.sure for note in article.notes)
