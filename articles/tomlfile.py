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


def parse_toml(text: str, name: str) -> dict[str, Any]:
    """The table that `text`, the content of the file called `name`, holds. Raises SettingsError, naming the line."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        at = int(line[1]) if line else text.count("\n") + 1
        reason = re.sub(r" \(at .*\)", "", str(error))
        raise SettingsError(
            f"{name}:{at}: not valid TOML: {reason}", hint='a setting is written key = "text"'
        ) from error


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
