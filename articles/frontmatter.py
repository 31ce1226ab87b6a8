"""The head of an article file: TOML between `+++` lines or YAML between `---` lines."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import yaml

from articles.characters import visible_text
from articles.errors import ArticleError
from articles.issue import BlockKind
from articles.policy import Treatment
from articles.tomlfile import load_toml
from articles.yamlfile import MergedFields, load_yaml

TEXT_FIELDS = ("kicker", "headline", "standfirst", "byline", "section")
"""The fields that hold the editor's words; the first four are read aloud, in this order."""

FIELDS = (*TEXT_FIELDS, "id", "language", "date", "reading")
_FENCES = {"+++": "TOML", "---": "YAML"}

MAX_HEAD_CHARACTERS = 50_000
"""A longer front matter holds an article or a trick; both languages can make a reader work for hours on less."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields that were written, the line each stands on, and the line (from 1) where the body begins.

    `reading` is the article's own treatment of kinds of blocks: pairs such as `caption` and `skip`.
    """

    fields: Mapping[str, str]
    lines: Mapping[str, int]
    date: date | None
    body_line: int
    reading: tuple[tuple[str, str], ...] = ()


def split_front_matter(text: str, where: str) -> tuple[FrontMatter, str]:
    """The front matter of `text` (empty if there is none) and the body behind it.

    `where` is the file's name for messages. Raises ArticleError, naming the line, for a head that is never closed,
    cannot be parsed, is far too long, or holds an unknown field or a value of the wrong kind.
    """
    lines = text.split("\n")
    fence = lines[0].strip()
    if fence not in _FENCES:
        return FrontMatter({}, {}, None, 1), text
    try:
        end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == fence)
    except StopIteration:
        raise ArticleError(f"{where}:1: the front matter is never closed", hint=f"end it with a line {fence}") from None
    head = "\n".join(lines[1:end])
    if len(head) > MAX_HEAD_CHARACTERS:
        raise ArticleError(
            f"{where}:1: the front matter has {len(head):,} characters, more than {MAX_HEAD_CHARACTERS:,}",
            hint=f"put the article's text below the closing line {fence}",
        )
    table = _toml(head, where) if fence == "+++" else _yaml(head, where)
    found: dict[str, int] = {}
    fields: dict[str, str] = {}
    for name, value in table.items():  # ends at the first unknown one: a line is looked for in all of them
        found[name] = _line_of(name, lines[:end])
        if name not in ("date", "reading"):
            fields[name] = _text(name, value, f"{where}:{found[name]}")
    day = _day(table["date"], f"{where}:{found['date']}") if "date" in table else None
    reading = _reading(table["reading"], f"{where}:{found['reading']}") if "reading" in table else ()
    return FrontMatter(fields, found, day, end + 2, reading), "\n".join(lines[end + 1 :])


def _toml(head: str, where: str) -> dict[str, object]:
    try:
        return load_toml(head)
    except (ValueError, RecursionError) as error:  # the library's own, or a number or nesting beyond Python's limits
        at = re.search(r"line (\d+)", str(error))
        line = int(at[1]) + 1 if at else head.count("\n") + 2
        reason = re.sub(r" \(at .*\)", "", str(error))
        raise ArticleError(
            f"{where}:{line}: broken front matter: {reason}",
            hint='a field is written headline = "…", with straight double quotes',
        ) from error


def _yaml(head: str, where: str) -> dict[str, object]:
    try:
        table = load_yaml(head) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: for 30 February, among others
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        reason = getattr(error, "problem", None) or error
        merged = isinstance(error, MergedFields)
        hint = "write the fields out" if merged else 'put a text that holds a colon or quotes between "…"'
        raise ArticleError(f"{where}:{line}: broken front matter: {reason}", hint=hint) from error
    if not isinstance(table, dict):
        raise ArticleError(f"{where}:2: broken front matter: not a list of fields", hint="write headline: …")
    return {str(name): value for name, value in table.items()}


def _text(name: str, value: object, where: str) -> str:
    if name not in FIELDS:
        near = difflib.get_close_matches(name, FIELDS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"the fields are {', '.join(FIELDS)}"
        raise ArticleError(f"{where}: unknown field “{name}”", hint=hint)
    if not isinstance(value, str):
        raise ArticleError(f"{where}: {name} is not a text", hint=f'write {name} = "…" (in YAML {name}: "…")')
    return " ".join(visible_text(value).split())


def _day(value: object, where: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    written = "…"
    try:
        # Never the text of a list, which YAML can make endless; a number of thousands of digits has none.
        written = str(value)[:40] if isinstance(value, (str, int, float)) else written
        return date.fromisoformat(written)
    except ValueError:
        raise ArticleError(
            f"{where}: date “{written}” is not a date", hint="write year-month-day, as 2023-04-01"
        ) from None


def _reading(value: object, where: str) -> tuple[tuple[str, str], ...]:
    given = value.items() if isinstance(value, dict) else ()
    pairs = tuple((str(kind), how if isinstance(how, str) else "…") for kind, how in given)
    wrong = [f"{kind} = {how}" for kind, how in pairs if kind not in tuple(BlockKind) or how not in tuple(Treatment)]
    if not pairs or wrong:
        raise ArticleError(
            f"{where}: reading {'has ' + wrong[0] if wrong else 'is not a table'}",
            hint=f'write reading.caption = "skip"; kinds: {", ".join(BlockKind)}; treatments: {", ".join(Treatment)}',
        )
    return pairs


def _line_of(name: str, lines: list[str]) -> int:
    key = re.compile(rf"""\s*\[?["']?{re.escape(name)}["']?\s*[=:.\]]""")
    return next((number for number, line in enumerate(lines, 1) if key.match(line)), 2)
