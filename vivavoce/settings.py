"""TOML files to frozen settings, checked once, with errors that name the line."""

import dataclasses
import difflib
import re
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from articles.errors import SettingsError
from articles.tomlfile import line_of, parse_toml

Settings = TypeVar("Settings")


def read_settings(path: Path, kind: type[Settings]) -> Settings:
    """The settings of dataclass `kind` that `path` holds, values of the wrong type refused, not converted.

    Raises SettingsError, naming file and line, when the file is missing, not TOML, has an unknown key, lacks one that
    is needed, or a dataclass's own check refuses a value.
    """
    text = _read(path)
    table = parse_toml(text, path.name)
    _refuse_unknown(table, kind, _Place(path.name, text))
    try:
        return msgspec.convert(table, type=kind)
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at `$")
        raise SettingsError(_told(reason, tuple(re.findall(r"[\w-]+", where)), _Place(path.name, text))) from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise SettingsError(
            f"{path}: there is no such file",
            hint="run this in an edition's folder, or name one with -C DIR",
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read ({error})", hint="save it as UTF-8 text") from error


@dataclasses.dataclass(frozen=True, slots=True)
class _Place:
    """A file's name and text, and the path of keys that leads into it."""

    name: str
    text: str
    keys: tuple[str, ...] = ()

    def __truediv__(self, key: str) -> "_Place":
        return _Place(self.name, self.text, (*self.keys, key))

    def __str__(self) -> str:
        return f"{self.name}:{line_of(self.text, self.keys)}"


def _refuse_unknown(table: dict[str, Any], kind: type, place: _Place) -> None:
    """msgspec passes over keys that a dataclass does not have; a misspelt setting must not be passed over."""
    hints = get_type_hints(kind)
    for key, value in table.items():
        here = place / key
        if key not in hints:
            near = difflib.get_close_matches(key, hints, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(sorted(hints))}"
            raise SettingsError(f"{here}: unknown setting “{'.'.join(here.keys)}”", hint=hint)
        if not isinstance(value, dict):
            continue
        if inner := _dataclass_in(hints[key]):
            _refuse_unknown(value, inner, here)
        elif get_origin(hints[key]) is dict and (inner := _dataclass_in(get_args(hints[key])[1])):
            for name, entry in value.items():
                if isinstance(entry, dict):
                    _refuse_unknown(entry, inner, here / name)


def _dataclass_in(hint: Any) -> type | None:
    """The dataclass that `hint` is, or that is one of its alternatives."""
    kinds = (hint, *get_args(hint)) if get_origin(hint) is not dict else ()
    return next((kind for kind in kinds if isinstance(kind, type) and dataclasses.is_dataclass(kind)), None)


def _told(reason: str, keys: tuple[str, ...], place: _Place) -> str:
    """The error in a line. A dataclass's own check begins with the field that it refuses, whose line is then known."""
    table = ".".join(keys)
    for key in keys:
        place /= key
    field = re.match(r"([a-z_]+)(?:\.([a-z_ ]+))? is ", reason)
    if field:
        for key in filter(None, field.groups()):
            place /= key
        return f"{place}: {table}.{reason}" if table else f"{place}: {reason}"
    return f"{place}: {table}: {_plain(reason)}" if table else f"{place}: {_plain(reason)}"


def _plain(reason: str) -> str:
    """msgspec's words in an editor's."""
    missing = re.fullmatch(r"Object missing required field `(\w+)`", reason)
    if missing:
        return f"{missing[1]} is missing"
    words = {"`str`": "a text", "`int`": "a whole number", "`float`": "a number", "`bool`": "true or false"}
    for code, word in {**words, "`array`": "a list", "`object`": "a table", "`date`": "a date"}.items():
        reason = reason.replace(code, word)
    return reason[0].lower() + reason[1:]
