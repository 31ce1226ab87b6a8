"""Names and texts that would steer a terminal, through the real commands: nothing of them is printed as it is."""

import json
import os
import subprocess
import sys
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


STEERING = f"{TITLE}\x9b31m\u202e\u2066"


@pytest.mark.parametrize("as_json", [[], ["--json"]])
@pytest.mark.parametrize("text", [f"hello {STEERING} there", "hi \udcff there"])
def test_an_explained_text_is_harmless(command: Callable[..., Told], text: str, as_json: list[str]) -> None:
    """Whatever a producer pastes, in whichever encoding."""
    told = command("explain", "--text", text, "--lang", "en", *as_json)
    assert told.code == 0
    assert "there" in told.out
    assert_harmless(told)
    assert_harmless(command("explain", "--text", text, *as_json))


def test_text_in_another_encoding_is_explained() -> None:
    """What can be read of it is, and the next line."""
    done = subprocess.run(
        [sys.executable, "-m", "vivavoce", "explain", "--text", "-"],
        input=b"Le caf\xe9 est chaud.\nOui.\n", capture_output=True, check=False,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "written   Le caf\ufffd est chaud." in done.stdout.decode()
    assert "Oui." in done.stdout.decode()


def test_half_a_pair_is_said_as_no_letter(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    """`say` takes what a shell gives it."""
    code = run(["say", f"hi \udcff there {TITLE}", "--voice", "tone", "-o", f"{house.root}/a{TITLE}.wav"])
    captured = capsys.readouterr()
    assert code == 0
    assert_harmless(Told(code, captured.out, captured.err))
    (house.root / f"a{TITLE}.wav").unlink()


@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_an_explained_article_is_harmless(house: House, command: Callable[..., Told], as_json: list[str]) -> None:
    """Signs that turn the text round are kept in an article, and not printed as they are."""
    house.article(ARTICLE + f"\nOver \u2066there{STEERING}.\n")
    told = command("explain", "2026-11", "1", *as_json)
    assert told.code == 0
    assert "there" in told.out
    assert_harmless(told)
    assert_harmless(command("plan", *as_json))


def test_json_keeps_what_it_cannot_show(house: House, command: Callable[..., Told]) -> None:
    """A sign that steers stands there as its number: a program reads the same."""
    house.article("# A\n\nOver \u2066there.\n")
    told = command("explain", "2026-11", "1", "--json")
    assert "\\u2066" in told.out
    assert any("\u2066" in segment["written"] for segment in json.loads(told.out))


@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_a_checked_feed_is_harmless(house: House, command: Callable[..., Told], as_json: list[str]) -> None:
    """Neither its titles nor its addresses steer."""
    turn = "\u202e\u2066\u0085"
    item = f'<item><title>b{turn}</title><guid>a{turn}</guid><enclosure url="http://a/{turn} b" type="x{turn}"/></item>'
    house.write(
        "theirs.xml", f"<rss version='2.0'><channel><title>a{turn}</title><link>{turn} x</link>{item}</channel></rss>"
    )
    told = command("check", house.edition / "theirs.xml", *as_json)
    assert told.code == 1
    assert_harmless(told)


@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_the_secrets_of_a_checked_feed_s_addresses_are_not_told(
    house: House, command: Callable[..., Told], monkeypatch: pytest.MonkeyPatch, as_json: list[str]
) -> None:
    """A feed with a password for each listener is somebody's."""
    monkeypatch.setenv("MY_TOKEN", "abcdef0123456789")
    address = "https://joe:hunter22secret@h.example/\u00e9?sig=abcdef0123456789"
    house.write(
        "theirs.xml",
        f"<rss version='2.0'><channel><title>A</title><link>{address} x</link><item><title>B</title>"
        f'<enclosure url="{address}" length="1" type="audio/mpeg"/></item></channel></rss>',
    )
    told = command("check", house.edition / "theirs.xml", *as_json)
    assert told.code == 1
    assert "***@h.example" in told.out
    assert "hunter22" not in told.out
    assert "abcdef0123456789" not in told.out


@pytest.mark.parametrize("name", [f"n{TITLE}\u202e", "n\udcff\x1b[31m"])
def test_a_new_edition_s_folder_is_named_harmlessly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Whatever a shell completes it to."""
    made(tmp_path / name)
    code = run(["new", str(tmp_path / name)])
    captured = capsys.readouterr()
    assert code == 0
    assert_harmless(Told(code, captured.out, captured.err))


@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_a_word_of_a_lexicon_is_told_harmlessly(command: Callable[..., Told], as_json: list[str]) -> None:
    """When it is added, and when it is tried."""
    told = command("lexicon", "add", "a\u202eb", "--say", "boo", "--lang", "en", *as_json)
    assert told.code == 0
    assert_harmless(told)
