from collections.abc import Callable

import pytest

from articles.importers.settle import Imported
from articles.importers.source import ImportRefused

One = Callable[..., Imported]

TEXT = """
{% include ad.html %}
You smell it before you see it[^1]: fresh *paint*, `code`, sawdust.

{{< figure src="a.jpg" caption="Sous la verrière, les premiers locataires ont déjà accroché leur devise." >}}

## Cold walls {#cold .big}

> Doors.

- one
- two

| a | b |
|---|---|
| 1 | 2 |

![The roof in winter.](roof.jpg)

[^1]: So they say.
"""
YAML = """---
title: "The *Ice* House"
description: For ninety years it kept the catch cold.
authors: [Claire Fontanel, {name: Tom Ardenne}]
lang: en-GB
categories: [Business]
layout: post
date: 2023-04-07 10:00:00 +0200
---
"""
TOML = '+++\ntitle = "The Ice House"\nauthor = "Claire Fontanel"\nlanguage = "en"\ndate = 2023-04-07\n+++\n'
JSON = '{\n "title": "The Ice House",\n "author": {"name": "Claire Fontanel"},\n "date": "2023-04-07"\n}\n'
PANDOC = "% The Ice House\n% Claire Fontanel\n% 7 April 2023\n"


def test_jekyll_s_fields_become_ours(one: One) -> None:
    """Fields under their other names are taken; one that is none of ours is named."""
    article = one("a.md", YAML + TEXT)
    assert [(str(block.kind), block.language, block.text) for block in article.blocks] == [
        ("headline", "en", "The Ice House"),
        ("standfirst", "en", "For ninety years it kept the catch cold."),
        ("byline", "en", "Claire Fontanel, Tom Ardenne"),
        ("paragraph", "en", "You smell it before you see it: fresh paint, code, sawdust."),
        ("caption", "fr", "Sous la verrière, les premiers locataires ont déjà accroché leur devise."),
        ("heading", "en", "Cold walls"),
        ("quotation", "en", "Doors."),
        ("list item", "en", "one"),
        ("list item", "en", "two"),
        ("table", "en", "a, b"),
        ("table", "en", "1, 2"),
        ("caption", "en", "The roof in winter."),
        ("footnote", "en", "So they say."),
    ]
    assert (article.section, str(article.date)) == ("Business", "2023-04-07")
    assert any("layout" in note.text for note in article.notes)
    assert any("include ad.html" in note.text and not note.sure for note in article.notes)


@pytest.mark.parametrize("head", [TOML, JSON, PANDOC])
def test_every_kind_of_front_matter_is_read(one: One, head: str) -> None:
    """TOML, JSON and Pandoc's title block give the same headline, byline and day."""
    article = one("a.md", head + "\nThe text.\n")
    assert [block.text for block in article.blocks] == ["The Ice House", "Claire Fontanel", "The text."]
    assert str(article.date) == "2023-04-07"


def test_a_heading_is_the_headline_where_no_field_is(one: One) -> None:
    """Markdown without front matter takes its first heading."""
    article = one("notes.md", "# The Ice House\n\nBy Bo Lee\n\nThe text.\n")
    assert [str(block.kind) for block in article.blocks] == ["headline", "byline", "paragraph"]


def test_repeated_lists_in_yaml_do_no_harm(one: One) -> None:
    """Aliases that would multiply a value for ever are not followed."""
    laughs = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    article = one("a.md", f"---\ntitle: T\n{laughs}author: *i\n---\n\nThe text.\n")
    assert "byline" in article.missing


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ntitle: [\n---\n\nText", "a.md: broken front matter (line 2)"),
        ("---\ntitle: !!python/object/apply:os.system [x]\n---\n\nText", "a.md: broken front matter"),
        ("+++\ntitle = \n+++\n\nText", "a.md: broken front matter"),
        ("---\ntitle: T\n\nText", "a.md: its front matter is never closed"),
        (
            "---\na: &a {x: 1}\nb: &b {<<: [*a, *a]}\ntitle: T\n---\n\nText",
            "a.md: broken front matter (line 3): “<<” takes over other fields, which is not read",
        ),
        ("---\ntitle: T\n---\n\n", "a.md: there is no text below its front matter"),
        ("---\ntitle: T\n---\n\n" + "> " * 120 + "Text", "a.md: more than 100 levels of lists and quotations"),
    ],
)
def test_broken_markdown_is_refused(one: One, text: str, message: str) -> None:
    """Each is told in a line that names the file, and nothing in it is run."""
    with pytest.raises(ImportRefused) as caught:
        one("a.md", text)
    assert str(caught.value).startswith(message)
    assert caught.value.hint
