"""What no type can say about edition.toml: each check raises ValueError, which begins with the setting it refuses."""

import difflib
import re
import uuid
from collections.abc import Collection, Iterable, Mapping

from articles.issue import BlockKind
from articles.policy import Policy
from feeds.text import fit_text
from voices.places.access import is_folder
from voices.places.errors import PlaceSettingError

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


def check_id(text: str) -> None:
    """An edition's id is a UUID, since all that apps know is made from it."""
    try:
        uuid.UUID(text)
    except ValueError:
        wrong = f"id “{text}” is not a UUID" if text else "id is missing"
        fresh = f'write id = "{uuid.uuid4()}" and never change it: episodes are known by it'
        raise ValueError(f"{wrong}; {fresh}") from None


def check_languages(languages: tuple[str, ...]) -> None:
    """There is one at least, each is a tag, and stands there once."""
    if not languages:
        raise ValueError('languages is empty; write for example languages = ["fr", "en"]')
    for number, language in enumerate(languages):
        if not _LANGUAGE.fullmatch(language):
            raise ValueError(f"languages: {_no_tag(language)}")
        if language in languages[:number]:
            raise ValueError(f"languages has “{language}” twice: take one of the two out")


def check_clips(place: str) -> None:
    """Where clips are shared is a folder or an address, and not something that looks like neither."""
    if fit_text(place) != place:
        raise ValueError(
            "clips has a character that no folder and no address can hold: delete it, or write the line again"
        )
    try:
        is_folder(place)
    except PlaceSettingError as error:
        raise ValueError(f"clips is written as for scp; {error.hint}") from None


def check_table(table: str, named: Iterable[str], languages: tuple[str, ...], settings: Collection[str]) -> None:
    """What `named` stands in a table of languages are languages of the edition; `settings` are those of its top."""
    for language in named:
        if language in languages:
            continue
        if language in settings:
            raise ValueError(f"{table}.{language}: {_stray(table)}")
        if not _LANGUAGE.fullmatch(language):
            raise ValueError(f"{table}.{language}: {_no_tag(language)}")
        known = ", ".join(f'"{each}"' for each in languages)
        raise ValueError(
            f"{table}.{language}: “{language}” is not one of languages = [{known}]: add it there, or take this out"
        )


def check_locales(locales: Mapping[str, str]) -> None:
    """A locale is the language itself or the language of a country."""
    for language, locale in locales.items():
        if not _LANGUAGE.fullmatch(locale) or locale.split("-")[0] != language.split("-")[0]:
            code = language.split("-")[0]
            raise ValueError(f'locales.{language} is “{locale}”: give {code} with a country, such as "{code}-CH"')


def check_reading(reading: Mapping[str, str], settings: Collection[str]) -> None:
    """Kinds of blocks and what becomes of them are such as there are."""
    for kind in reading:
        if kind in settings:
            raise ValueError(f"reading.{kind}: {_stray('reading')}")
        near = difflib.get_close_matches(kind, tuple(BlockKind), n=1)
        if near and kind not in tuple(BlockKind):
            raise ValueError(f"reading.{kind} is no kind of block; did you mean {near[0]}?")
    try:
        Policy(reading)
    except ValueError as error:
        raise ValueError(f"reading.{error}") from None


def _stray(table: str) -> str:
    return f"it belongs at the top of the file: what stands below [{table}] is part of that table"


def _no_tag(language: str) -> str:
    code, _, country = language.replace("_", "-").partition("-")
    near = f"{code.lower()}-{country.upper()}" if country else code.lower()
    hint = f"; did you mean {near}?" if near != language and _LANGUAGE.fullmatch(near) else ""
    return f"“{language}” is not a language tag such as fr or en-GB{hint}"
