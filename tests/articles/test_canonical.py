import datetime
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.canonical import CELL_BREAK, canonical_text
from articles.issue import Block, BlockKind, Span
from articles.markdown import read_article

LANGUAGES = ("en", "fr")
HEAD = (BlockKind.KICKER, BlockKind.HEADLINE, BlockKind.STANDFIRST, BlockKind.BYLINE)
BODY = (
    BlockKind.PARAGRAPH,
    BlockKind.HEADING,
    BlockKind.LIST_ITEM,
    BlockKind.QUOTATION,
    BlockKind.CAPTION,
    BlockKind.FOOTNOTE,
    BlockKind.TABLE,
    BlockKind.SIDEBAR,
    BlockKind.FORMULA,
    BlockKind.EMBED,
)

# What Markdown, TOML or the reader could misread, beside ordinary words.
PIECES = st.sampled_from(
    "# ## - + * ** 1. 12) > ::: :::: +++ --- === ___ ~~~ ``` | || \\ \\\\ [a](b) ![a](b.jpg) [a]: [x]{lang=fr} "
    "{lang=fx} {.caption} {#id} <b> </b> <!-- --> <http://x.yz> <4@x> <.a/b@x> &amp; &#35; & < _ __ _a_ a_b *a* "
    "a*b \" ' « » é ’ … } { ] [ ! ![ word Words. 3.5 1 %".split(" ")
)
TEXT = st.lists(PIECES | st.text("ab *_#\\[]{}<>&|`\"'!.-+:=~\u00a0\u202f1)é", max_size=6), min_size=1, max_size=6).map(
    lambda pieces: " ".join(" ".join(pieces).split())
)
# A paragraph that is nothing but an address or a formula is read as one.
OTHER_KIND = re.compile(r"<?(?:https?://|www\.)[^\s<>]+>?|\$\$.+\$\$")
WORDS = TEXT.filter(lambda text: bool(text.strip()) and not OTHER_KIND.fullmatch(text))


def block(kind: BlockKind, text: str, language: str = "en") -> Block:
    return Block(kind, (Span(text, language),), language, 0)


def read_back(folder: Path, text: str) -> list[tuple[BlockKind, str, tuple[Span, ...]]]:
    path = folder / "01-a.en.md"
    path.write_text(text, encoding="utf-8")
    return plain(read_article(path, LANGUAGES).blocks)


def plain(blocks: tuple[Block, ...]) -> list[tuple[BlockKind, str, tuple[Span, ...]]]:
    return [(one.kind, one.language, one.spans) for one in blocks]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("canonical")


@given(
    st.lists(st.tuples(st.sampled_from(BODY), WORDS, st.sampled_from(LANGUAGES)), max_size=6),
    st.lists(WORDS, min_size=4, max_size=4),
)
@example([(BlockKind.HEADING, "Ends {in} braces {lang=fr}", "en"), (BlockKind.HEADING, "C #", "fr")], ["a"] * 4)
@example([(BlockKind.PARAGRAPH, "1986. A good year", "en"), (BlockKind.PARAGRAPH, "---", "en")], ["#", "::: {}"] * 2)
def test_what_is_written_is_read_back(folder: Path, body: list[tuple[BlockKind, str, str]], head: list[str]) -> None:
    """Any text in any kind of block and either language is read back as the same blocks."""
    blocks = (
        *(block(kind, text) for kind, text in zip(HEAD, head, strict=True)),
        *(block(kind, text, language) for kind, text, language in body),
    )
    assert read_back(folder, canonical_text(blocks, "en")) == plain(blocks)


@given(st.sampled_from(BODY), WORDS, WORDS, WORDS)
def test_a_few_words_in_another_language_stay_marked(folder: Path, kind: BlockKind, a: str, b: str, c: str) -> None:
    """A span in another language comes back as that span, inside every kind of block."""
    spans = (Span(f"{a} ", "en"), Span(b, "fr"), Span(f" {c}", "en"))
    blocks = (block(BlockKind.HEADLINE, "T"), Block(kind, spans, "en", 0))
    assert read_back(folder, canonical_text(blocks, "en")) == plain(blocks)


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(TEXT, min_size=n, max_size=n), min_size=1, max_size=4)))
def test_tables_keep_their_cells(folder: Path, rows: list[list[str]]) -> None:
    """Rows of equally many cells are a table of that many columns, whatever the cells hold; an empty row is none."""
    rows = [row for row in rows if any(row)]
    blocks = [block(BlockKind.HEADLINE, "T")]
    for row in rows:
        spans = [Span(text, "en") for cell in row for text in (cell, CELL_BREAK)][:-1]
        blocks.append(Block(BlockKind.TABLE, tuple(spans), "en", 0))
    text = canonical_text(blocks, "en")
    read = read_back(folder, text)
    assert ["".join(s.text for s in spans) for _, _, spans in read[1:]] == [CELL_BREAK.join(row) for row in rows]


def test_the_editor_s_own_marks_are_kept(folder: Path) -> None:
    """A language that was given though it is the article's, and a block's own treatment, are written and read back."""
    blocks = (
        block(BlockKind.HEADLINE, "T"),
        Block(BlockKind.PARAGRAPH, (Span("Given.", "en"),), "en", 0, marked=True),
        Block(BlockKind.CAPTION, (Span("Skipped.", "en"),), "en", 0, treatment="skip"),
        block(BlockKind.PARAGRAPH, "Plain."),
        block(BlockKind.URL, "https://example.org/a_b"),
    )
    path = folder / "01-a.en.md"
    path.write_text(canonical_text(blocks, "en"), encoding="utf-8")
    read = read_article(path, LANGUAGES).blocks
    assert [(one.kind, one.text, one.marked, one.treatment) for one in read] == [
        (one.kind, one.text, one.marked, one.treatment) for one in blocks
    ]


@pytest.mark.parametrize("text", ["Write to <4@x> today.", "Write to <.a/b@x.yz> today.", "Write to <a@b> today."])
def test_an_address_in_angle_brackets_keeps_its_brackets(folder: Path, text: str) -> None:
    """What Markdown would read as a mail address, whatever it begins with, is read back as it was written."""
    path = folder / "01-a.en.md"
    path.write_text(canonical_text((block(BlockKind.HEADLINE, "T"), block(BlockKind.PARAGRAPH, text)), "en"), "utf-8")
    assert [one.text for one in read_article(path, LANGUAGES).blocks] == ["T", text]


def test_the_text_is_plain_to_an_editor() -> None:
    """Fields, captions, lists and quotations are written as a person would write them."""
    blocks = (
        block(BlockKind.HEADLINE, 'A "quoted" day'),
        block(BlockKind.BYLINE, "By A. Writer"),
        block(BlockKind.CAPTION, "Le port.", "fr"),
        block(BlockKind.PARAGRAPH, "It costs €3.50 (or 20%) & more: snake_case, 3 < 4."),
        block(BlockKind.HEADING, "Next"),
        block(BlockKind.LIST_ITEM, "One"),
        block(BlockKind.LIST_ITEM, "Two"),
        block(BlockKind.QUOTATION, "Said."),
        block(BlockKind.PARAGRAPH, "Un.", "fr"),
        block(BlockKind.PARAGRAPH, "Deux.", "fr"),
    )
    text = canonical_text(blocks, "en", section="Town", date=datetime.date(2023, 4, 1), remarks=["left\nout: \x00this"])
    assert text == (
        '+++\nheadline = "A \\"quoted\\" day"\nlanguage = "en"\nbyline = "By A. Writer"\nsection = "Town"\n'
        "date = 2023-04-01\n# left out: this\n+++\n\n"
        "::: {.caption lang=fr}\nLe port.\n:::\n\n"
        "It costs €3.50 (or 20%) & more: snake_case, 3 < 4.\n\n## Next\n\n- One\n- Two\n\n> Said.\n\n"
        "::: {lang=fr}\n\nUn.\n\nDeux.\n\n:::\n"
    )
