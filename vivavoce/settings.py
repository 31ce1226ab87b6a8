"""TOML files to frozen settings, checked once, with errors that name the line."""

import re
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

from articles.errors import SettingsError
from articles.files import read_file
from articles.remedies import remedy
from articles.tomlfile import parse_toml
from vivavoce.wrong_settings import Place, dataclass_in, is_table_of_names, unknown, wrong

Settings = TypeVar("Settings")


def read_settings(path: Path, kind: type[Settings], name: str = "", newest: int = 1) -> Settings:
    """The settings of dataclass `kind` that `path` holds, values of the wrong type refused, not converted.

    `name` is what messages call the file; else its own name. `newest` is the highest `format` that such a file may say
    it is written in: a newer one is refused before any of its settings can be misunderstood. Raises SettingsError,
    naming file and line, when the file is missing, not TOML, has an unknown key, lacks one that is needed, or a
    dataclass's own check refuses a value. Such a check's message begins with the field, or with a path of names from
    it: `ident.fr is wrong: …`.
    """
    name = name or path.name
    text = _read(path, name)
    table = parse_toml(text, name)
    place = Place(name, text)
    _refuse_newer(table.get("format"), newest, place / "format")
    _refuse_unknown(table, kind, place, kind)
    try:
        return msgspec.convert(table, type=kind)
    except msgspec.ValidationError as error:
        reason, _, where = str(error).rpartition(" - at `$")
        told = (reason, _path(table, kind, where)) if reason else (where, ())
        raise wrong(*told, kind, place, own=error.__cause__ is not None) from error


def refused(path: Path, keys: tuple[str, ...], reason: str, hint: str) -> SettingsError:
    """The error for a setting that was read from `path` and cannot be used after all: nothing is where it points."""
    place = Place(path.name, _read(path, path.name), keys)
    return SettingsError(f"{place}: {place.dotted}: {reason}", hint=hint)


def _read(path: Path, name: str) -> str:
    try:
        data = read_file(path)
    except FileNotFoundError as error:
        raise SettingsError(
            f"{path}: there is no such file",
            hint="run this in an edition's folder, or name one with -C DIR; vivavoce new DIR makes one",
        ) from error
    except IsADirectoryError as error:
        raise SettingsError(f"{path}: is a folder, not a file", hint="rename it, and put the settings there") from error
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror})", hint=remedy(error, path)) from error
    wrong_at = data.find(b"\0")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong_at = error.start
    if wrong_at >= 0:
        line = data.count(b"\n", 0, wrong_at) + 1
        raise SettingsError(f"{name}:{line}: is not UTF-8 text", hint="in your editor, save it with UTF-8 as encoding")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_newer(format: Any, newest: int, place: Place) -> None:
    if isinstance(format, int) and format > newest:
        raise SettingsError(
            f"{place}: was written for a newer vivavoce (format {format}; this one knows {newest})",
            hint="install a newer vivavoce",
        )


def _refuse_unknown(table: dict[str, Any], kind: type, place: Place, root: type) -> None:
    """msgspec passes over keys that a dataclass does not have; a misspelt setting must not be passed over."""
    hints = get_type_hints(kind)
    for key, value in table.items():
        here = place / key
        if key not in hints:
            raise unknown(kind, here, root)
        if not isinstance(value, dict):
            continue
        if inner := dataclass_in(hints[key]):
            _refuse_unknown(value, inner, here, root)
        elif is_table_of_names(hints[key]) and (inner := dataclass_in(get_args(hints[key])[1])):
            for name, entry in value.items():
                if isinstance(entry, dict):
                    _refuse_unknown(entry, inner, here / name, root)


def _path(table: Any, kind: Any, where: str) -> tuple[str, ...]:
    """The keys to the value that msgspec refuses; in a table of names it does not say which, so each is tried."""
    keys: list[str] = []
    for name, index in re.findall(r"\.(\w+)|\[(\.\.\.|\d+)\]", where):
        if index == "...":
            kind = get_args(kind)[1]
            name = next(name for name, entry in table.items() if not _fits(entry, kind))
        elif index:
            break  # the list's own line is near enough
        else:
            kind = get_type_hints(dataclass_in(kind))[name]
        table = table[name]
        keys.append(name)
    return tuple(keys)


def _fits(value: Any, kind: Any) -> bool:
    try:
        msgspec.convert(value, type=kind)
    except msgspec.ValidationError:
        return False
    return True
