"""Names and texts that would steer a terminal, through the real commands: nothing of them is printed as it is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.conftest import ARTICLE, House, Told
from vivavoce.cli import run
from vivavoce.terminal import Terminal

pytestmark = pytest.mark.slow

TITLE = "\x1b]0;x\x07"
"""What gives a terminal's window another title."""


def assert_harmless(told: Told) -> None:
    """Every line can be printed as it is."""
    for line in (told.out + told.err).split("\n"):
        assert line.isprintable(), ascii(line)


def made(path: Path) -> Path:
    """The folder at `path`; the test is skipped where no file can be called so."""
    try:
        path.mkdir(parents=True)
    except OSError:
        pytest.skip("this file system keeps no such name")
    return path


def test_a_note_is_one_line_that_can_be_seen(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever a server gave as its reason, or a file as its name."""
    Terminal().note(f"not from a.example: it answered 404 {TITLE}\u202e\x9b31m\nvivavoce: all is well")
    (line,) = capsys.readouterr().err.splitlines()
    assert line.isprintable()


def test_a_checked_file_s_name_is_harmless(house: House, command: Callable[..., Told]) -> None:
    """`check` names the files of a folder that a stranger gave."""
    folder = made(house.edition / f"theirs{TITLE}")
    (folder / f"a{TITLE}b.xml").write_text("<rss><channel><title>A</title></channel></rss>", encoding="utf-8")
    told = command("check", folder)
    assert "1 feed" in told.out
    assert_harmless(told)


def test_an_imported_file_s_name_is_harmless(house: House, command: Callable[..., Told]) -> None:
    """`import` names each file, and gives its words back in many places."""
    source = made(house.edition / "inbox") / f"a{TITLE}\u202eb.txt"
    source.write_text(
        "Title\n\nBy Ada \x9bPell\n\nA text that goes on for a while, and then it ends.\n", encoding="utf-8"
    )
    told = command("import", source, "--issue", "2026-11")
    assert told.code == 0
    assert "→ issues/2026-11/" in told.out
    assert_harmless(told)


def test_the_words_of_a_lexicon_are_harmless(house: House, command: Callable[..., Told]) -> None:
    """What could not be taken over is named with its word."""
    word = "A&#x9b;31m&#x202e;X"
    house.write(
        "theirs.pls",
        '<lexicon version="1.0" alphabet="ipa" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon">'
        f'<lexeme><grapheme>{word}</grapheme><phoneme alphabet="{word}">x</phoneme></lexeme>'
        f"<lexeme><grapheme>B{word}</grapheme></lexeme>"
        f"<lexeme><grapheme>C{word}</grapheme><alias>c</alias></lexeme>"
        f"<lexeme><grapheme>C{word}</grapheme><alias>d</alias></lexeme></lexicon>",
    )
    for _ in range(2):
        told = command("lexicon", "import", house.edition / "theirs.pls", "--lang", "en")
        assert told.code == 0
        assert told.err.count("left out") == 4
        assert_harmless(told)


@pytest.mark.parametrize("name", ["2026-11\x1b[31m", "2026-12\u202egnp", "2026-12\n13"])
def test_an_issue_s_folder_has_a_name_that_can_be_seen(house: House, command: Callable[..., Told], name: str) -> None:
    """Another is refused with a line, alone and among others; those are built."""
    house.article(ARTICLE)
    (made(house.edition / "issues" / name) / "01-a.en.md").write_text(ARTICLE, encoding="utf-8")
    for told in (command("build"), command("build", name), command("doctor"), command("plan")):
        assert told.code != 0
        assert "holds characters that nobody sees" in told.err + told.out
        assert_harmless(told)
    told = command("build", "--archive")
    assert told.code == 2
    assert_harmless(told)
    assert (house.public / "index.html").exists()
    assert command("build", "2026-11").code == 0


def test_an_issue_s_name_does_not_colour_the_archive_s_table(house: House, command: Callable[..., Told]) -> None:
    """Brackets are what a folder may have, and no markup."""
    name = "2026-12[red]"
    house.write(f"issues/{name}/01-a.en.md", ARTICLE)
    told = command("build", "--archive", name)
    assert told.code == 0
    assert name in told.out


def test_the_edition_s_own_folder_is_named_harmlessly(
    make_edition: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole edition may have come from a stranger, its folder's name with it."""
    root = make_edition()
    root = root.rename(root.with_name(f"edition{TITLE}"))
    for arguments in (["build"], ["build", "--archive"], ["doctor"], ["check"], ["plan"]):
        assert run([*arguments, "-C", str(root)]) == 0
        captured = capsys.readouterr()
        assert_harmless(Told(0, captured.out, captured.err))


def test_what_an_order_lists_is_named_harmlessly(house: House, command: Callable[..., Told]) -> None:
    """A file that is not there may be called anything in issue.toml."""
    house.article(ARTICLE)
    house.write("issues/2026-11/issue.toml", 'order = ["a\\u001b]0;x\\u0007\\u202eb.en.md"]\n')
    for told in (command("doctor"), command("plan"), command("build")):
        assert_harmless(told)


def test_what_lies_in_public_is_named_harmlessly(house: House, command: Callable[..., Told], tmp_path: Path) -> None:
    """Whatever is sent from there, and what is no longer; and a link, which is not sent."""
    house.article(ARTICLE)
    assert command("build").code == 0
    (house.public / f"a{TITLE}.txt").write_text("a")
    (house.public / f"b{TITLE}.txt").symlink_to(house.public / "index.html")
    for arguments in (["--dry-run"], [], ["--dry-run"]):
        assert_harmless(command("publish", tmp_path / "there", *arguments))
    (house.public / f"a{TITLE}.txt").unlink()
    assert_harmless(command("publish", tmp_path / "there", "--dry-run"))
