"""TOML text to tables, with errors that name the file and the line."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from articles.errors import SettingsError

_KEY = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)"""
_PATH = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER = re.compile(rf"\s*\[+\s*({_PATH})\s*\]")
_ASSIGNMENT = re.compile(rf"\s*({_PATH})\s*=")

_SETTING = 'a setting is written name = "text", or name = 12, or name = true'

_SLIPS = [
    (re.compile(r"=\s*[“”„«‘’]"), "the quotation marks are curly", 'write straight ones: "'),
    (
        re.compile(r"=\s*(True|TRUE|Yes|yes|on|False|FALSE|No|no|off)\s*(#|$)"),
        "neither true nor false",
        "write one of these two, in small letters",
    ),
    (re.compile(r"=\s*(#|$)"), "there is nothing after “=”", _SETTING),
    (
        re.compile(r"=\s*\d{1,4}[./-]\d{1,2}[./-]\d"),
        "no date that is in the calendar",
        "write it with year, month and day, as 2026-11-01",
    ),
    (re.compile(r"=\s*-?\d+,\d"), "a number with a comma", "write it with a point, as 0.5"),
    (re.compile(r"=\s*\[\s*[^\W\d]"), "a list of texts without quotation marks", 'write ["…", "…"]'),
    (re.compile(r"=\s*[^\W\d]"), "a text without quotation marks", 'put " before and after it'),
    (re.compile(r"=\s*-?[\d.]+\s*[^\W\d]"), "more than a number", "write the number alone, or all of it as \"text\""),
]  # fmt: skip
"""What is often written in a line that is not TOML, what is wrong with it, and what to do; the first one counts."""

_REASONS = [
    ("Cannot overwrite|Cannot mutate", "this setting is there twice", "keep one of the two"),
    ("Cannot declare", "this table is there twice", "put all that belongs in it below one of the two"),
    (r"Unterminated string|Illegal character '\\n'|Expected \"'\"", "a text does not end", 'put " after it'),
    ("Illegal character", "a character that nobody can see", "delete it, or write the line again"),
    (r"Unescaped|escape", "a backslash in a text", "write / between folders, and \\\\ for a backslash"),
    ("Unclosed array", "a list does not end before this line", "put ] after its last entry"),
    ("Unclosed inline|Expected ',' or '}'", "a table in braces does not end", "put } after it, on the same line"),
    ("at the end of a table", "the name of a table does not end", "put ] after it"),
    ("after a key", "there is no “=” after a name", _SETTING),
    ("newline or end of document", "there is more than one value", "one setting a line; a text has quotation marks"),
]  # fmt: skip
"""What tomllib says, the same in an editor's words, and what to do."""


_DEEP = re.compile(r"""(?<![\w.\-"'])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){100}""")
"""A key of a hundred parts: nobody's, and tomllib takes the square of their number for it."""


def load_toml(text: str) -> dict[str, Any]:
    """What tomllib reads, in a time that grows with the text. Raises TOMLDecodeError and RecursionError."""
    if deep := _DEEP.search(text):
        line = text.count("\n", 0, deep.start()) + 1
        raise tomllib.TOMLDecodeError(f"A name of a hundred parts (at line {line}, column 1)")
    return tomllib.loads(text)


def parse_toml(text: str, name: str) -> dict[str, Any]:
    """The table that `text`, the content of the file called `name`, holds. Raises SettingsError, naming the line."""
    text = text.removeprefix("\ufeff")  # some editors begin every file with it
    try:
        return load_toml(text)
    except RecursionError as error:
        raise SettingsError(f"{name}:1: not valid TOML: lists or tables a hundred deep", hint=_SETTING) from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        lines = text.split("\n")
        at = int(line[1]) if line else max((number for number, each in enumerate(lines, 1) if each.strip()), default=1)
        reason, hint = _plainly(str(error).partition(" (at ")[0], lines[at - 1])
        raise SettingsError(f"{name}:{at}: not valid TOML: {reason}", hint=hint) from error


def _plainly(reason: str, line: str) -> tuple[str, str]:
    """What is wrong, and what to do; tomllib's own words where nothing better is known."""
    told = [(words, hint) for pattern, words, hint in _REASONS if re.search(pattern, reason)]
    if not told or reason.startswith(("Expected newline", "Invalid")):
        told = [(words, hint) for pattern, words, hint in _SLIPS if pattern.search(line)] + told
    return told[0] if told else (reason[0].lower() + reason[1:], _SETTING)


def line_of(text: str, keys: tuple[str, ...]) -> int:
    """The line (from 1) of TOML `text` where the key with this path stands; its table's line if it is not found."""
    section: tuple[str, ...] = ()
    nearest = 1
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            section = _path(header[1])
            if section == keys[: len(section)]:
                nearest = number
        elif key := _ASSIGNMENT.match(line):
            here = (*section, *_path(key[1]))
            if here == keys[: len(here)]:
                return number
    return nearest


def _path(dotted: str) -> tuple[str, ...]:
    """The keys of a dotted path as TOML itself reads them: quotes and escapes are its business."""
    try:
        return tuple(_keys(tomllib.loads(f"{dotted} = 0")))
    except tomllib.TOMLDecodeError:
        return ()


def _keys(table: dict[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        yield key
        if isinstance(value, dict):
            yield from _keys(value)
