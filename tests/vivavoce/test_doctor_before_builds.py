"""What `vivavoce doctor` foretells is what `vivavoce build` then does: one exit code, and the reason before it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from articles.markdown import MAX_ARTICLE_BYTES
from tests.vivavoce.conftest import Examined
from vivavoce.cli import run

HEADLINE = '+++\nheadline = "The Harbour"\n+++\n\n'


def _text(text: str, name: str = "03-more.en.md") -> Callable[[Path], object]:
    return lambda issue: (issue / name).write_text(text)


def _link_out(issue: Path) -> None:
    outside = issue.parents[2] / "outside.md"
    outside.write_text(HEADLINE + "It is elsewhere.")
    (issue / "03-more.en.md").symlink_to(outside)


@pytest.mark.parametrize(
    ("told", "trouble"),
    [
        ("03-more.en.md:2", _text('+++\nheadline = "The\n+++\n\nText.')),
        ("empty", _text("")),
        ("no headline", _text("Text.")),
        ("no text to read", _text('+++\nheadline = "The Harbour"\n[reading]\nheadline = "skip"\n+++\n')),
        ("UTF-8", lambda issue: (issue / "03-more.en.md").write_bytes(HEADLINE.encode() + b"\xe9t\xe9.")),
        ("“xx”", _text(HEADLINE + "Text.", "03-more.xx.md")),
        ("the same name", _text(HEADLINE.replace("+++\n\n", 'id = "harbour"\n+++\n\n') + "Text.")),
        ("kB", _text("x" * (MAX_ARTICLE_BYTES + 1))),
        ("cannot be read", lambda issue: (issue / "03-more.en.md").mkdir()),
        ("leads out of the edition", _link_out),
        ("cannot be read", lambda issue: (issue / "issue.toml").write_text('order = ["09-gone.en.md"]')),
    ],
)
def test_an_article_that_a_build_leaves_out_is_told(
    make_edition: Callable[..., Path], examined: Examined, told: str, trouble: Callable[[Path], object]
) -> None:
    """The line is the one that the build ends with."""
    edition = make_edition()
    trouble(edition / "issues" / "2026-11")
    code, found = examined(edition)
    assert (code, found["issues"]["state"]) == (1, "wrong")
    assert told in found["issues"]["told"]
    assert found["issues"]["mend"]
    assert run(["build", "-C", str(edition)]) == code


def test_of_many_broken_articles_some_are_named_and_the_rest_counted(
    make_edition: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody reads a hundred lines."""
    edition = make_edition({f"{number:02d}-empty.en.md": "" for number in range(1, 9)})
    assert run(["doctor", "-C", str(edition)]) == 1
    said = capsys.readouterr().out
    assert said.count("the file is empty") == 5
    assert "3 more articles" in said
