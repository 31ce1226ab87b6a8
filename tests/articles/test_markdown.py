from pathlib import Path

import pytest

from articles.errors import ArticleError
from articles.issue import BlockKind, Span
from articles.markdown import read_article

LANGUAGES = ("en", "fr")


def write(folder: Path, text: str | bytes, name: str = "01-my-title.en.md") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_front_matter_comes_first_in_the_order_of_print(tmp_path: Path) -> None:
    """Kicker, headline, standfirst and byline are blocks like any other, in this order, with their own lines."""
    path = write(tmp_path, '+++\nbyline = "By A"\nheadline = "H"\nstandfirst = "S"\nkicker = "K"\n+++\n\nText.\n')
    article = read_article(path, LANGUAGES)
    assert [(block.kind, block.text, block.line) for block in article.blocks] == [
        (BlockKind.KICKER, "K", 5),
        (BlockKind.HEADLINE, "H", 3),
        (BlockKind.STANDFIRST, "S", 4),
        (BlockKind.BYLINE, "By A", 2),
        (BlockKind.PARAGRAPH, "Text.", 8),
    ]


def test_a_slug_has_no_number_and_no_language(tmp_path: Path) -> None:
    """The file's number gives the order and its suffix the language; neither is the article's identity."""
    article = read_article(write(tmp_path, "# T\n\nText.", "07-l’été à Marseille.fr.md"), LANGUAGES)
    assert (article.slug, article.language) == ("l-été-à-marseille", "fr")


@pytest.mark.parametrize(
    ("name", "slug"),
    [("7.en.md", "7"), ("01-sea.en.md", "sea"), ("01.title.en.md", "title"), ("12. a title.en.md", "a-title")],
)
def test_a_file_may_be_called_by_its_number_alone(tmp_path: Path, name: str, slug: str) -> None:
    """What follows a number and a full stop is the language where nothing else is left."""
    article = read_article(write(tmp_path, "# T\n\nText.", name), LANGUAGES)
    assert (article.slug, article.language) == (slug, "en")


@pytest.mark.parametrize(
    ("markdown", "kind", "language", "text"),
    [
        (
            "A *plain* [link](http://x.y)\nover two lines.",
            BlockKind.PARAGRAPH,
            "en",
            "A plain link over two lines.",
        ),
        ("## Heading", BlockKind.HEADING, "en", "Heading"),
        ("## Titre {lang=fr}", BlockKind.HEADING, "fr", "Titre"),
        ("## Set {a, b} {.x lang=fr}", BlockKind.HEADING, "fr", "Set {a, b}"),
        ("> Said.", BlockKind.QUOTATION, "en", "Said."),
        ("- Item", BlockKind.LIST_ITEM, "en", "Item"),
        ("::: {lang=fr}\nBonjour.\n:::", BlockKind.PARAGRAPH, "fr", "Bonjour."),
        ("::: {.caption lang=fr}\nLégende.\n:::", BlockKind.CAPTION, "fr", "Légende."),
        ("![Légende.](a.jpg){lang=fr}", BlockKind.CAPTION, "fr", "Légende."),
        ("![Caption.](a.jpg)", BlockKind.CAPTION, "en", "Caption."),
        ("{lang=fr}\nBonjour.", BlockKind.PARAGRAPH, "fr", "Bonjour."),
        ("| a | b |\n|---|---|", BlockKind.TABLE, "en", "a, b"),
        ("::: {.sidebar}\nBeside.\n:::", BlockKind.SIDEBAR, "en", "Beside."),
        ("https://example.org/a?b=c", BlockKind.URL, "en", "https://example.org/a?b=c"),
        ("$$ a^2 $$", BlockKind.FORMULA, "en", "$$ a^2 $$"),
    ],
)
def test_every_form_has_its_kind_and_language(
    tmp_path: Path, markdown: str, kind: BlockKind, language: str, text: str
) -> None:
    """Each Markdown form with Pandoc attributes becomes one block of the right kind, language and text."""
    article = read_article(write(tmp_path, f"# T\n\n{markdown}\n"), LANGUAGES)
    (block,) = article.blocks[1:]
    assert (block.kind, block.language, block.text) == (kind, language, text)


def test_a_few_words_in_another_language_are_a_span(tmp_path: Path) -> None:
    """`[mots]{lang=fr}` switches the language for these words only, in a headline too."""
    article = read_article(write(tmp_path, "# The [Métropole]{lang=fr}\n\nAt [Le Port]{lang=fr} today."), LANGUAGES)
    assert article.headline == "The Métropole"
    assert article.blocks[1].spans == (Span("At ", "en"), Span("Le Port", "fr"), Span(" today.", "en"))


def test_html_is_not_read_aloud(tmp_path: Path) -> None:
    """Tags leave their words, scripts leave nothing, a block of HTML or code is an embed, a comment is no block."""
    body = "<div>x</div>\n\n<!-- note -->\n\nA <b>bold</b> <script>f()</script>word.\n\n```\ncode\n```\n"
    article = read_article(write(tmp_path, f"# T\n\n{body}"), LANGUAGES)
    assert [(block.kind, block.text) for block in article.blocks[1:]] == [
        (BlockKind.EMBED, "<div>x</div>"),
        (BlockKind.PARAGRAPH, "A bold word."),
        (BlockKind.EMBED, "code"),
    ]


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<!-- a --> <!-- b -->\n<!--\nc -->", []),
        ("<!-- a -->" * 40, []),
        ("<!-- a -->" * 40 + " x", ["<!-- a -->" * 40 + " x"]),
        ("<!-- a --> Printed. -->", ["<!-- a --> Printed. -->"]),
    ],
)
def test_comments_are_no_block_and_what_follows_one_is(tmp_path: Path, html: str, kept: list[str]) -> None:
    """Any number of comments in a row are left out; a word behind the end of one is the editor's, and is not lost."""
    article = read_article(write(tmp_path, f"# T\n\nText.\n\n{html}\n"), LANGUAGES)
    assert [block.text for block in article.blocks[2:]] == kept


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "a.en.md", "a.en.md: the file is empty"),
        (b" \n\n", "a.en.md", "a.en.md: the file is empty"),
        (b"# T\n\nCaf\xe9", "a.en.md", "a.en.md:3: not valid UTF-8 (byte 0xe9)"),
        (b"# T\n\n" + b"Text.\n\n" * 60_000, "a.en.md", "a.en.md: 420 kB are more than the 400 kB of an article"),
        (b"Text only.", "a.en.md", "a.en.md:1: no headline"),
        (b"# T\n\nText", "a.md", "a.md:1: no language is given"),
        (b'+++\nheadline = "T"\nlanguage = "fx"\n+++\nText', "a.en.md", "a.en.md:3: unknown language “fx”"),
        (b"# T\n\nOne.\n\n::: {lang=fx}\nTwo\n:::", "a.en.md", "a.en.md:5: unknown language “fx”"),
        (b"# T\n\n::: {read=aloud}\nOne\n:::", "a.en.md", "a.en.md:3: read=aloud is no way to treat a block"),
        (b'+++\nheadline = "T"\nreading.captoin = "skip"\n+++\nText', "a.en.md", "a.en.md:3: reading has captoin"),
        (b"# T\n\nOne\n[two]{lang=fx}", "a.en.md", "a.en.md:4: unknown language “fx”"),
    ],
)
def test_bad_input_is_told_with_file_and_line(tmp_path: Path, content: bytes, name: str, message: str) -> None:
    """Each thing that can be wrong with a file is one line that names the file, and the line where it stands."""
    with pytest.raises(ArticleError) as caught:
        read_article(write(tmp_path, content, name), LANGUAGES)
    assert str(caught.value).startswith(message)
    assert caught.value.hint


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """An article that the running order names and that is not there is an error about that article."""
    with pytest.raises(ArticleError, match=r"gone\.en\.md: cannot be read \(No such file"):
        read_article(tmp_path / "gone.en.md", LANGUAGES)


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    """A file saved on Windows reads like the same file saved elsewhere."""
    text = '+++\nheadline = "T"\n+++\n\nOne\ntwo.\n\nThree.\n'
    unix = read_article(write(tmp_path, text), LANGUAGES)
    windows = read_article(write(tmp_path, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()), LANGUAGES)
    assert windows.blocks == unix.blocks


def test_footnotes_are_blocks_and_their_calls_are_not_text(tmp_path: Path) -> None:
    """A footnote's call leaves no mark in the sentence; its text is a footnote."""
    article = read_article(write(tmp_path, "# T\n\nA fact[^1] here.\n\n[^1]: The source.\n\nMore.\n"), LANGUAGES)
    assert [(block.kind, block.text) for block in article.blocks[1:]] == [
        (BlockKind.PARAGRAPH, "A fact here."),
        (BlockKind.PARAGRAPH, "More."),
        (BlockKind.FOOTNOTE, "The source."),
    ]


def test_a_block_and_an_article_can_say_how_they_are_treated(tmp_path: Path) -> None:
    """`read=skip` marks one block, `reading.caption` in the head all captions of the article."""
    text = '+++\nheadline = "T"\nreading.caption = "read"\n+++\n\n::: {.caption read=end}\nOne.\n:::\n'
    article = read_article(write(tmp_path, text), LANGUAGES)
    assert article.blocks[-1].treatment == "end"
    assert article.reading == (("caption", "read"),)


def test_a_line_broken_on_purpose_is_kept_and_a_wrapped_one_is_not(tmp_path: Path) -> None:
    """A hard break stays in the text, where it ends a sentence; an ordinary line end is a space."""
    article = read_article(write(tmp_path, "# T\n\nOpen\ndaily\\\nClosed on Mondays\n"), LANGUAGES)
    assert article.blocks[1].text == "Open daily\nClosed on Mondays"


@pytest.mark.parametrize("deep", [5, 20, 40, 48])
def test_blocks_deep_in_one_another_are_all_read(tmp_path: Path, deep: int) -> None:
    """The tenth list within lists is no less a part of the article than the first, nor the twentieth quotation."""
    lists = "\n".join(f"{'  ' * level}- item {level}" for level in range(deep))
    article = read_article(write(tmp_path, f"# T\n\n{lists}\n\n{'> ' * deep}said\n\nEnd.\n"), LANGUAGES)
    assert [block.text for block in article.blocks[1:]] == [*(f"item {level}" for level in range(deep)), "said", "End."]


@pytest.mark.parametrize("text", ["> " * 120 + "said", "\n".join(f"{'  ' * level}- item" for level in range(60))])
def test_blocks_too_deep_to_be_read_are_refused(tmp_path: Path, text: str) -> None:
    """What the parser would pass over without a word is no article; file and line are named."""
    with pytest.raises(ArticleError, match=r"^01-my-title\.en\.md:\d+: more than 100 levels of lists"):
        read_article(write(tmp_path, f"# T\n\n{text}\n"), LANGUAGES)


def test_passages_within_passages_are_marked(tmp_path: Path) -> None:
    """A link in a marked passage in a note in brackets is read as what it is; brackets without end are only text."""
    text = "One [deux [trois [quatre](http://a.b)]{lang=fr} cinq]{lang=fr} six. " + "[" * 30
    (paragraph,) = read_article(write(tmp_path, f"# T\n\n{text}\n"), LANGUAGES).blocks[1:]
    assert paragraph.spans == (
        Span("One ", "en"),
        Span("deux trois quatre cinq", "fr"),
        Span(" six. " + "[" * 30, "en"),
    )
