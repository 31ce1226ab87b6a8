"""What is wrong with a setting, in an editor's words: where, what, and what to write instead."""

import dataclasses
import difflib
import re
from collections.abc import Mapping
from typing import Any, get_args, get_origin, get_type_hints

from articles.errors import SettingsError
from articles.tomlfile import line_of


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """A file's name and text, and the path of keys that leads into it."""

    name: str
    text: str
    keys: tuple[str, ...] = ()

    def __truediv__(self, key: str) -> "Place":
        return Place(self.name, self.text, (*self.keys, key))

    def __str__(self) -> str:
        return f"{self.name}:{line_of(self.text, self.keys)}"

    @property
    def dotted(self) -> str:
        """The keys as one text."""
        return ".".join(self.keys)


def dataclass_in(hint: Any) -> type | None:
    """The dataclass that `hint` is, or that is one of its alternatives."""
    kinds = () if is_table_of_names(hint) else (hint, *get_args(hint))
    return next((kind for kind in kinds if isinstance(kind, type) and dataclasses.is_dataclass(kind)), None)


def is_table_of_names(hint: Any) -> bool:
    """Whether `hint` is a table whose keys are for the producer to choose, or from a list: languages, say."""
    return get_origin(hint) in (dict, Mapping)


def unknown(kind: type, place: Place, root: type) -> SettingsError:
    """The error for a key that `kind` does not have, with the name or the table of the file `root` that was meant."""
    *tables, key = place.keys
    hints, top = get_type_hints(kind), get_type_hints(root)
    near = difflib.get_close_matches(key, hints, n=1)
    elsewhere = [name for name, hint in top.items() if (inner := dataclass_in(hint)) and key in get_type_hints(inner)]
    below = f"below [{'.'.join(tables)}]" if tables else "here"
    if tables and key in top:
        hint = f"it belongs at the top of the file, before [{tables[0]}]"
    elif near:
        hint = f"did you mean {near[0]}?"
    elif elsewhere:
        hint = f"it belongs below [{elsewhere[0]}]"
    else:
        hint = f"known {below}: {', '.join(sorted(hints))}"
    return SettingsError(f"{place}: unknown setting “{place.dotted}”", hint=hint)


def wrong(reason: str, keys: tuple[str, ...], kind: Any, place: Place, *, own: bool) -> SettingsError:
    """The error for what is refused at `keys`, by msgspec or, where it is its `own` check, by a dataclass.

    `kind` is the type of the whole file, `place` its beginning.
    """
    for key in keys:
        place /= key
        kind = get_args(kind)[1] if is_table_of_names(kind) else get_type_hints(dataclass_in(kind))[key]
    if own:
        return _own(reason, kind, place)
    if missing := re.fullmatch(r"Object missing required field `(\w+)`", reason):
        return _missing(missing[1], kind, place)
    if found := re.fullmatch(r"Invalid enum value '(.*)'", reason):
        names = ", ".join(f'"{each.value}"' for each in kind)
        return SettingsError(f"{place}: {place.dotted} is “{found[1]}”", hint=f"write one of {names}")
    return SettingsError(f"{place}: {place.dotted}: {_plain(reason)}", hint=_instead(reason, kind, place))


def _own(reason: str, kind: Any, place: Place) -> SettingsError:
    """The error of a dataclass's own check. Where it begins with a path of names, these are its place."""
    path = re.match(r"(\w+)(?:\.([^:“\"]+?))?(?=:| is | has | [“\"])", reason)
    at = place
    if path and path[1] in get_type_hints(dataclass_in(kind)):
        for key in (path[1], *(path[2] or "").split(".")):
            at = at / key if key else at
    told = f"{place.dotted}.{reason}" if at is not place and place.keys else reason
    told = f"{place.dotted}: {reason}" if at is place and place.keys else told
    return SettingsError(f"{at}: {told}")


def _missing(field: str, kind: Any, place: Place) -> SettingsError:
    hint = get_type_hints(dataclass_in(kind))[field]
    inner = dataclass_in(hint)
    below = f" {'below' if len(place.keys) == 1 else 'in'} [{place.dotted}]" if place.keys else ""
    if inner:
        needed = [each.name for each in dataclasses.fields(inner) if _is_needed(each)]
        return SettingsError(
            f"{place}: the table [{(place / field).dotted}] is missing", hint=f"it needs {', '.join(needed)}"
        )
    shape = '["…"]' if get_origin(hint) is tuple else '"…"'
    return SettingsError(f"{place}: {(place / field).dotted} is missing", hint=f"write {field} = {shape}{below}")


def _is_needed(field: "dataclasses.Field[Any]") -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


_TYPES = [
    ("`str`", "a text", '{key} = "…", with quotation marks'),
    ("`bool`", "true or false", "{key} = true or {key} = false, without quotation marks"),
    ("`int`", "a whole number", "it with digits alone, without point and quotation marks"),
    ("`float`", "a number", "the number alone, without quotation marks"),
    ("`array`", "a list", '{key} = ["…"], with square brackets'),
    ("`datetime`", "a date with a time", ""),
    ("`date`", "a date", "{key} = 2026-11-01, without quotation marks and without a time"),
    ("`time`", "a time", ""),
    ("`object`", "a table", "a line [{table}], and its settings below"),
]
"""A type as msgspec says it, the same in an editor's words, and how a value of it is written."""


def _plain(reason: str) -> str:
    """msgspec's words in an editor's."""
    reason = re.sub(r" \| null`", "`", reason).replace("Invalid RFC3339 encoded date", "Expected `date`, got `str`")
    reason = re.sub(r"`([^`]*)`", lambda types: " or ".join(f"`{each}`" for each in types[1].split(" | ")), reason)
    for code, words, _ in _TYPES:
        reason = reason.replace(code, words)
    return reason[0].lower() + reason[1:]


def _instead(reason: str, kind: Any, place: Place) -> str:
    plain = _plain(reason).partition(", got ")[0].removeprefix("expected ")
    words = next((write for _, said, write in _TYPES if plain.startswith(said)), "")
    if get_origin(kind) is tuple and plain == "a text":
        words = '{key} = ["…", "…"], each with quotation marks'
    return f"write {words.format(key=place.keys[-1], table=place.dotted)}" if words and place.keys else ""
