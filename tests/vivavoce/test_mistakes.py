"""Mistakes that producers make in edition.toml and issue.toml, and what they are told, word for word.

The tables are beside this file, for an editor to add to.
"""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from articles.errors import ExitCode, SettingsError
from vivavoce.cli import run
from vivavoce.edition import EditionSettings, IssueSettings
from vivavoce.settings import read_settings
from vivavoce.wrong_settings import dataclass_in, is_table_of_names

Edition = Callable[..., Path]

SETTINGS = """\
title = "La Gazette"
id = "5b0c9a4e-6f0e-4f62-9d7c-8f8f6f2a7d11"
languages = ["en", "fr"]
epub = "none"

[voices]
en = "tone"
fr = { voice = "tone", speed = 1.0 }

[sound]
bitrate_kbps = 64
target_lufs = -16

[sound.pauses]
sentence_ms = 380

[sound.ident]
fr = "{publication}."

[sound.languages.fr]
outro = "none"

[reading]
caption = "read"

[feed]
url = "http://localhost:8000/"
author = "The newsroom"
owner_name = "The newsroom"
owner_email = "audio@example.org"
explicit = false
"""


def table(name: str) -> list[tuple[tuple[str, ...], str]]:
    """The lines before each arrow of a table beside this file, and the message behind it; the head is for people."""
    _, *mistakes = (Path(__file__).parent / name).read_text(encoding="utf-8").split("\n\n")
    pairs = [mistake.strip("\n").partition("→ ") for mistake in mistakes]
    return [(tuple(before.splitlines()), message) for before, _, message in pairs]


VALUES = (
    '"x"', "1", "1.5", "true", "2026-01-01", "2026-01-01T00:00:00", "nan", "[]", '["a"]', "[1]", "[[1]]", "[{ a = 1 }]",
    "{}", "{ a = 1 }", '{ a = "x" }', "{ a = {} }", "{ a = { b = 1 } }", "{ a = { a = { a = 1 } } }", '{ "" = 1 }',
    '{ "a.b" = 1 }', "{ voice = 1 }", '{ voice = "x", kinds = { quotation = 1 } }', "{ opener = 1 }",
)  # fmt: skip
"""Of every type that TOML has, and of some depth."""


def paths(kind: type, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The keys to each setting that a file of `kind` may have; "fr" stands for what a table's keys may be."""
    for key, hint in get_type_hints(kind).items():
        here = (*before, key, *(["fr"] if is_table_of_names(hint) else []))
        inner = dataclass_in(get_args(hint)[1] if is_table_of_names(hint) else hint)
        yield (*before, key)
        yield here
        if inner:
            yield from paths(inner, here)


def told(root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that `plan` says; it exits as for wrong settings."""
    assert run(["plan", "-C", str(root)]) == ExitCode.USAGE
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    return line.removeprefix("vivavoce: ")


def test_the_edition_without_a_mistake_is_planned(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """What the tables below change is right before it is changed, however the file was saved."""
    root = make_edition(settings=SETTINGS)
    for text in (SETTINGS, "\ufeff" + SETTINGS, SETTINGS.replace("\n", "\r\n"), SETTINGS.replace("\n", "\r")):
        (root / "edition.toml").write_bytes(text.encode())
        assert run(["plan", "-C", str(root)]) == ExitCode.DONE
    capsys.readouterr()


@pytest.mark.parametrize(("lines", "message"), table("mistakes_edition.txt"))
def test_a_mistake_in_the_edition_is_one_line(
    make_edition: Edition, capsys: pytest.CaptureFixture[str], lines: tuple[str, ...], message: str
) -> None:
    """File, line, what is wrong, and what to do."""
    written, *instead = lines
    assert written in SETTINGS
    line = told(make_edition(settings=SETTINGS.replace(written, "\n".join(instead), 1)), capsys)
    assert line.startswith(f"edition.toml:{message}")


@pytest.mark.parametrize(("lines", "message"), table("mistakes_issue.txt"))
def test_a_mistake_in_an_issue_is_one_line(
    make_edition: Edition, capsys: pytest.CaptureFixture[str], lines: tuple[str, ...], message: str
) -> None:
    """The file is named with its issue: there are many of that name."""
    root = make_edition(settings=SETTINGS)
    (root / "issues" / "2026-11" / "issue.toml").write_text("\n".join(lines), encoding="utf-8")
    assert told(root, capsys).startswith(f"issues/2026-11/issue.toml:{message}")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", 'edition.toml:1: title is missing — write title = "…"'),
        (
            SETTINGS.replace("Gaz", "\x01Gaz").encode(),
            "edition.toml:1: not valid TOML: a character that nobody can see",
        ),
        (
            SETTINGS.split("[feed]")[0].encode(),
            "edition.toml:1: the table [feed] is missing — it needs url, author, own",
        ),
        (
            SETTINGS.replace("room", "r\xf6\xf6m").encode("latin-1"),
            "edition.toml:28: is not UTF-8 text — in your editor,",
        ),
        (SETTINGS.encode("utf-16"), "edition.toml:1: is not UTF-8 text"),
        (SETTINGS.encode("utf-16-le"), "edition.toml:1: is not UTF-8 text"),
        (SETTINGS.replace("epub", "\0epub").encode(), "edition.toml:4: is not UTF-8 text"),
        (b"\x89PNG\r\n\x1a\n", "edition.toml:1: is not UTF-8 text"),
    ],
    ids=["empty", "control character", "half", "latin-1", "utf-16", "utf-16 without mark", "zero byte", "picture"],
)
def test_a_file_that_is_not_what_it_should_be_is_told(
    make_edition: Edition, capsys: pytest.CaptureFixture[str], data: bytes, message: str
) -> None:
    """Editors save in many ways; what was saved otherwise than as UTF-8 text says how to save it."""
    root = make_edition()
    (root / "edition.toml").write_bytes(data)
    assert told(root, capsys).startswith(message)


def test_what_is_no_file_at_all_is_told(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder in the file's place, a file that cannot be opened, and none: each says what to do."""
    root = make_edition()
    path = root / "edition.toml"
    path.unlink()
    assert told(root, capsys) == (
        f"{path}: there is no such file — run this in an edition's folder, or name one with -C DIR; "
        "vivavoce new DIR makes one"
    )
    path.mkdir()
    assert told(root, capsys) == f"{path}: is a folder, not a file — rename it, and put the settings there"
    path.rmdir()
    path.symlink_to(path.name)
    assert told(root, capsys) == (
        f"{path}: cannot be read (Too many levels of symbolic links) — put a file of text there, with permission to "
        "read it"
    )


@pytest.mark.parametrize("kind", [EditionSettings, IssueSettings])
@pytest.mark.parametrize("value", VALUES)
def test_a_value_of_any_type_anywhere_is_taken_or_told(kind: type, value: str, tmp_path: Path) -> None:
    """Whatever stands behind whichever name, the file is read, or refused as settings; there is no other error."""
    file = tmp_path / "settings.toml"
    for path in sorted(set(paths(kind))):
        file.write_text(f"{'.'.join(path)} = {value}\n", encoding="utf-8")
        with contextlib.suppress(SettingsError):
            read_settings(file, kind)
