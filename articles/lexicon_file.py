"""Lexicons in TOML files; the only file that imports tomlkit, which keeps an editor's comments and order."""

import dataclasses
import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from articles.errors import SettingsError
from articles.files import read_file, write_whole
from articles.inside import refuse_outside
from articles.lexicon import Entry, Lexicon
from articles.remedies import remedy
from articles.tomlfile import line_of, parse_toml

FOLDER = "lexicon"
"""The folder of an edition, or of one of its issues, that holds a file per language."""

_TABLE = "words"
_OPTIONS = {option.name: option for option in dataclasses.fields(Entry) if option.name != "written"}
_SWITCHES = ("letters", "case", "part")


class LexiconError(SettingsError):
    """A lexicon cannot be read, or an entry cannot be."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of new entries: words that are new, that are said otherwise now, that were said so already, and that
    were kept although they are said otherwise.
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def lexicon_path(folder: Path, language: str) -> Path:
    """Where the lexicon of a language is, in the folder of an edition or an issue."""
    return folder / FOLDER / f"{language}.toml"


def lexicon_for(folders: Sequence[Path], locale: str) -> Lexicon:
    """What `folders` (an edition's, then its issue's) say about a locale's words; the last one wins.

    For `fr-CH` both `fr.toml` and `fr-CH.toml` are read, the latter wins. Raises LexiconError, and SettingsError for a
    file that leads out of the edition.
    """
    lexicon = Lexicon.empty
    for folder in folders:
        for language in dict.fromkeys((locale.split("-")[0], locale)):
            path = lexicon_path(folder, language)
            if path.exists():
                refuse_outside(folders[0], path, _place(path))
                lexicon = read_lexicon(path).over(lexicon)
    return lexicon


def read_lexicon(path: Path) -> Lexicon:
    """The lexicon in this file. Raises LexiconError, naming file and line."""
    return _lexicon(_read(path), _place(path))


def add_entries(path: Path, entries: Iterable[Entry], *, replace: bool) -> Added:
    """Put `entries` into the file at `path`, which need not exist; comments, order and other words stay as they are.

    A word that is said otherwise there is replaced only when asked. Raises LexiconError, and WriteError where the disk
    refuses; nothing is written then.
    """
    text = _read(path) if path.exists() else ""
    known = {_match(entry): entry for entry in _lexicon(text, _place(path)).entries}
    new, changed, same, kept = [], [], [], []
    for entry in entries:
        there = known.get(_match(entry))
        if there is None:
            new.append(entry)
        elif dataclasses.replace(there, written=entry.written) == entry:
            same.append(entry)
        elif not replace:
            kept.append(entry)
        else:
            changed.append(dataclasses.replace(entry, written=there.written))
        known.setdefault(_match(entry), entry)
    if new or changed:
        after = _with(text, (*new, *changed), path)
        _lexicon(after, _place(path))
        write_whole(path, after.encode())
    return Added(_words(new), _words(changed), _words(same), _words(kept))


def _with(text: str, entries: Iterable[Entry], path: Path) -> str:
    try:
        document = tomlkit.parse(text)
        table = document.setdefault(_TABLE, tomlkit.table())
        for entry in entries:
            table[entry.written] = _value(entry)
        return tomlkit.dumps(document)
    except TOMLKitError as error:
        raise LexiconError(f"{_place(path)}: cannot be changed ({error})", hint="change it in an editor") from error


def _value(entry: Entry) -> Any:
    """What stands behind the word in the file: a respelling alone, or a table of what is not as usual."""
    values = {name: getattr(entry, name) for name, option in _OPTIONS.items() if getattr(entry, name) != option.default}
    if list(values) == ["say"]:
        return entry.say
    table = tomlkit.inline_table()
    table.update(values)
    return table


def _match(entry: Entry) -> tuple[str, bool]:
    """Two entries of one lexicon that agree in this would be found at the same places."""
    return (entry.key if entry.exact else entry.key.casefold(), entry.exact)


def _words(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(entry.written for entry in entries)


def _lexicon(text: str, name: str) -> Lexicon:
    table = parse_toml(text, name)
    for key in table:
        if key != _TABLE:
            raise LexiconError(f"{name}:{line_of(text, (key,))}: unknown “{key}”", hint=f"words stand below [{_TABLE}]")
    words = table.get(_TABLE, {})
    if not isinstance(words, dict):
        raise LexiconError(f"{name}:{line_of(text, (_TABLE,))}: {_TABLE} is not a table", hint=f"write [{_TABLE}]")
    found: dict[tuple[str, bool], Entry] = {}
    for word, value in words.items():

        def where(word: str = word) -> str:  # asked for only where something is wrong: finding a line takes a while
            return f"{name}:{line_of(text, (_TABLE, word))}: “{word}”"

        entry = _entry(word, value, where)
        twin = found.setdefault(_match(entry), entry)
        if twin is not entry:
            raise LexiconError(f"{where()} is there already, as “{twin.written}”", hint="remove one of the two")
    return Lexicon(tuple(found.values()))


def _entry(word: str, value: object, where: Callable[[], str]) -> Entry:
    options = {"say": value} if isinstance(value, str) else value
    if not isinstance(options, dict):
        raise LexiconError(f"{where()}: is neither a text nor a table", hint='write "Word" = "as it is read"')
    for name, given in options.items():
        if name not in _OPTIONS:
            near = difflib.get_close_matches(name, _OPTIONS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(_OPTIONS)}"
            raise LexiconError(f"{where()}: unknown option “{name}”", hint=hint)
        kind, meant = (bool, "true or false") if name in _SWITCHES else (str, "a text in quotes")
        if not isinstance(given, kind):
            raise LexiconError(f"{where()}: {name} is not {meant}")
    try:
        return Entry(written=word, **options)
    except ValueError as error:
        raise LexiconError(f"{where()}: {error}") from error


def _place(path: Path) -> str:
    """The file as the producer knows it: with the folder that tells an issue's lexicon from the edition's."""
    return "/".join(path.parts[-4:] if path.parts[-4:-3] == ("issues",) else path.parts[-2:])


def _read(path: Path) -> str:
    try:
        return read_file(path).decode("utf-8-sig")
    except FileNotFoundError as error:
        raise LexiconError(f"{path}: there is no such lexicon", hint="vivavoce lexicon add makes it") from error
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: cannot be read ({error})", hint="save it as UTF-8 text") from error
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read ({error.strerror})", hint=remedy(error, path)) from error
