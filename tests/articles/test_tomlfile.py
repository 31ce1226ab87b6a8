import pytest

from articles.errors import SettingsError
from articles.tomlfile import line_of, parse_toml

TEXT = """\
top = 1
[words]
"Vieux-Port" = "a"
'l’AMP' = { letters = true }
"a \\"b\\" = c" = "x"
sub.deep = 2

[reading."list item"]
pause = 3
[[other]]
x = 4
"""


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("top",), 1),
        (("words",), 2),
        (("words", "Vieux-Port"), 3),
        (("words", "l’AMP", "letters"), 4),
        (("words", 'a "b" = c'), 5),
        (("words", "sub", "deep"), 6),
        (("reading", "list item", "pause"), 9),
        (("other", "x"), 11),
        (("words", "missing"), 2),
        (("nowhere",), 1),
    ],
)
def test_a_key_s_line_is_found(keys: tuple[str, ...], line: int) -> None:
    """Bare, quoted and dotted keys are found; for a key that is not there, its table is named."""
    assert line_of(TEXT, keys) == line


@pytest.mark.parametrize(("text", "line"), [("a = 1\nb = ", 2), ("a = 1\na = 2", 2), ('[x]\n\ny = "', 3)])
def test_broken_toml_names_its_line(text: str, line: int) -> None:
    """What is no TOML is told with file and line, in one line."""
    with pytest.raises(SettingsError, match=rf"^it\.toml:{line}: not valid TOML: [^\n]+$"):
        parse_toml(text, "it.toml")


@pytest.mark.parametrize(
    "text", ["a." * 500_000, "x = 1\n" + '"a" . ' * 200_000, "a = " + "[" * 50_000, "a = {" * 5_000]
)
def test_what_would_keep_the_parser_busy_is_refused(text: str) -> None:
    """A name of thousands of parts and lists in lists in lists are answered in a line, like any mistake."""
    with pytest.raises(SettingsError, match=r"^edition\.toml:\d+: not valid TOML: "):
        parse_toml(text, "edition.toml")
