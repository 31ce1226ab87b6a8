import datetime
import time

import pytest

from articles.errors import ArticleError
from articles.frontmatter import split_front_matter


def test_toml_and_yaml_say_the_same() -> None:
    """A head in TOML and the same in YAML give the same fields, and the body's line is right in both."""
    toml, body = split_front_matter('+++\nheadline = "Été"\ndate = 2023-04-01\n+++\nText\n', "a.md")
    yaml, same = split_front_matter('---\nheadline: "Été"\ndate: 2023-04-01\n---\nText\n', "a.md")
    assert toml.fields == yaml.fields == {"headline": "Été"}
    assert toml.date == yaml.date == datetime.date(2023, 4, 1)
    assert toml.body_line == yaml.body_line == 5
    assert body == same == "Text\n"


def test_no_head_is_no_error() -> None:
    """A file without front matter is all body."""
    front, body = split_front_matter("# Title\n\nText", "a.md")
    assert (front.fields, body, front.body_line) == ({}, "# Title\n\nText", 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('+++\nheadline = "x"\n', "a.md:1: the front matter is never closed"),
        ('+++\nkicker = "k"\nheadline = x\n+++\n', "a.md:3: broken front matter"),
        ("---\nkicker: k\nheadline: a: b\n---\n", "a.md:3: broken front matter"),
        ("---\n- one\n---\n", "a.md:2: broken front matter: not a list of fields"),
        (
            '+++\nlanguage = "en"\nheadlin = "x"\n+++\n',
            "a.md:3: unknown field “headlin” — did you mean headline?",
        ),
        ("+++\nheadline = 12\n+++\n", "a.md:2: headline is not a text"),
        ('+++\nheadline = "x"\ndate = "soon"\n+++\n', "a.md:3: date “soon” is not a date"),
        pytest.param(f"+++\ndate = 0x{'f' * 5000}\n+++\n", "a.md:2: date “…” is not a date", id="digits"),
        pytest.param(f"---\n? 0x{'f' * 5000}\n: x\n---\n", "a.md:1: broken front matter: Exceeds", id="digits in YAML"),
        (
            "---\nreading: &a {caption: skip}\nheadline: {<<: [*a, *a]}\n---\n",
            "a.md:3: broken front matter: “<<” takes over other fields, which is not read — write the fields out",
        ),
    ],
)
def test_a_broken_head_is_told_with_its_line(text: str, message: str) -> None:
    """Whatever is wrong with the head, the message names the file and the line where it stands."""
    with pytest.raises(ArticleError) as caught:
        split_front_matter(text, "a.md")
    assert str(caught.value).startswith(message)


def test_fields_that_take_over_others_ten_times_each_are_refused_at_once() -> None:
    """Eight lines would be ten million fields, and twenty more than any memory has."""
    laughs = "".join(f"a{level}: &a{level} {{<<: [{f'*a{level - 1}, ' * 10}]}}\n" for level in range(1, 6))
    began = time.process_time()
    with pytest.raises(ArticleError, match="takes over other fields"):
        split_front_matter(f"---\na0: &a0 {{x: 1}}\n{laughs}---\n\nText\n", "a.md")
    assert time.process_time() - began < 0.5


def test_a_head_of_thousands_of_fields_is_refused_at_its_first_unknown_one() -> None:
    """The line is looked for of the one that is told of, not of all."""
    head = "".join(f"a{number}=1\n" for number in range(6_000))
    began = time.process_time()
    with pytest.raises(ArticleError, match=r"a\.md:2: unknown field “a0”"):
        split_front_matter(f"+++\n{head}+++\n\nText\n", "a.md")
    assert time.process_time() - began < 2
