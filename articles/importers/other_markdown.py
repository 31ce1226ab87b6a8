"""Markdown of other tools (Jekyll, Hugo, Pandoc …): their front matter by its other names, their text through HTML."""

import datetime
import json
import re
import tomllib
from dataclasses import dataclass, replace
from typing import Any

import yaml

from articles.commonmark import FEWER, NestedTooDeep, commonmark
from articles.frontmatter import MAX_HEAD_CHARACTERS
from articles.importers.arrange import Declared, arrange
from articles.importers.clean import clean, shortened, without_halves
from articles.importers.dates import declared_day
from articles.importers.draft import Draft, Note
from articles.importers.html_safe import BrokenMarkup, parse_fragment
from articles.importers.html_tree import pieces_of, words_of
from articles.importers.source import Source, decode, refuse_bare_marks
from articles.tomlfile import load_toml
from articles.yamlfile import load_yaml

_NAMES = {
    "headline": ("headline", "title", "titre"),
    "kicker": ("kicker", "surtitre", "overline", "eyebrow"),
    "standfirst": (
        "standfirst", "subtitle", "description", "excerpt", "summary", "lead", "lede", "dek", "chapo", "abstract",
    ),
    "byline": ("byline", "author", "authors", "auteur", "auteurs"),
    "section": ("section", "category", "categories", "rubrique"),
    "language": ("language", "lang", "locale", "langue"),
    "date": ("date", "publishdate", "published", "pubdate", "created"),
}  # fmt: skip
"""Our fields and what other tools call them, the likeliest first."""

_FENCES = {"---": "---", "+++": "+++", ";;;": ";;;"}
_COMMANDS = (("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}"), ("<!--", "-->"))
"""How a command of the tool or a comment begins and ends."""

_BETWEEN_MARKS = 6
"""Characters of a mark and the words up to the next; what has no more than these is no text."""

_FIGURE_COMMAND = re.compile(r"\{\{[<%]\s*figure\b")
_CAPTION = re.compile(r"""\bcaption\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_IMPORT_LINE = re.compile(r"^(?:import|export)\s.*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"\{:?\s*[.#][\w\s.#=\"'-]*\}")
_FIGURE = re.compile(r"<p>(<img\b[^>]*>)</p>")
_ALT = re.compile(r'\balt="([^"]+)"')
_DIV = re.compile(r"^:{3,}.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Head:
    """The front matter as a table, the names of its fields in lower case, and the line where the text begins."""

    table: dict[str, Any]
    body: str
    first_line: int


def read(source: Source) -> list[Draft]:
    """The one article of a Markdown file. Raises ImportRefused where its front matter is broken or it has no words."""
    decoded = decode(source)
    refuse_bare_marks(source, decoded.text, "[*_", _BETWEEN_MARKS, "marks")
    head = _split(source, decoded.text)
    declared, notes = _declared(head.table)
    body, more = _without_shortcodes(head.body)
    try:
        pieces = pieces_of(parse_fragment(_html(body))) if body.strip() else []
    except BrokenMarkup:
        pieces = []
    except NestedTooDeep as error:
        where = f" (line {error.line + head.first_line})"
        raise source.refused(f"{error}{where}", FEWER) from error
    passages = [replace(piece.passage, place="") for piece in pieces]
    if not passages:
        raise source.refused("there is no text below its front matter", "write or export the article again")
    draft = arrange(passages, source.path.stem, declared)
    return [replace(draft, notes=(*decoded.notes, *draft.notes, *notes, *more))]


def _split(source: Source, text: str) -> _Head:
    lines = text.lstrip("\ufeff\n ").split("\n")
    skipped = text.count("\n") - (len(lines) - 1)
    if lines[0].startswith("% "):
        return _pandoc_title(lines, skipped)
    if lines[0].strip() == "{":
        return _json_head(source, lines, skipped)
    fence = lines[0].strip()
    if fence not in _FENCES:
        return _Head({}, text, 1)
    ends = (fence, "...") if fence == "---" else (fence,)
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() in ends), None)
    if end is None:
        raise source.refused("its front matter is never closed", f"end it with a line {fence}")
    head = "\n".join(lines[1:end])
    if len(head) > MAX_HEAD_CHARACTERS:
        raise source.refused(f"its front matter has {len(head):,} characters", "move its text below the closing line")
    try:
        table = load_yaml(head) if fence == "---" else load_toml(head) if fence == "+++" else json.loads(head)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" (line {mark.line + 2 + skipped})" if mark else ""
        raise source.refused(f"broken front matter{line}: {_reason(error)}", "correct it, or take it out") from error
    found = {str(name).lower(): value for name, value in table.items()} if isinstance(table, dict) else {}
    return _Head(found, "\n".join(lines[end + 1 :]), end + 2 + skipped)


def _reason(error: Exception) -> str:
    return clean(str(getattr(error, "problem", None) or error))


def _pandoc_title(lines: list[str], skipped: int) -> _Head:
    """Pandoc's title block: a line each for title, authors and date, each behind a percent sign."""
    count = next((number for number, line in enumerate(lines[:3]) if not line.startswith("%")), min(3, len(lines)))
    values = [line[1:].strip() for line in lines[:count]]
    table = {name: value for name, value in zip(("title", "author", "date"), values, strict=False) if value}
    return _Head(dict(table), "\n".join(lines[count:]), count + 1 + skipped)


def _json_head(source: Source, lines: list[str], skipped: int) -> _Head:
    text = "\n".join(lines)
    try:
        table, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError) as error:
        raise source.refused(f"broken front matter: {_reason(error)}", "correct it, or take it out") from error
    found = {without_halves(name).lower(): value for name, value in table.items()}
    return _Head(found, text[end:], text.count("\n", 0, end) + 1 + skipped)


def _declared(table: dict[str, Any]) -> tuple[Declared, list[Note]]:
    """What the front matter says in our fields, and a note on every field of text that is none of ours."""
    found: dict[str, tuple[str, str]] = {}
    used = set()
    for field, names in _NAMES.items():
        for name in names:
            text = _text(table.get(name))
            if text and field not in found:
                found[field] = (text, f"front matter, {name}")
                used.add(name)
    rest = [name for name in table if name not in used]
    notes = [Note("front matter", f"not taken over: {', '.join(rest)}")] if rest else []
    date = table.get(found["date"][1].split(", ")[1]) if "date" in found else None
    none = ("", "")
    return (
        Declared(
            headline=found.get("headline", none)[0],
            headline_from=found.get("headline", none)[1],
            byline=found.get("byline", none)[0],
            byline_from=found.get("byline", none)[1],
            standfirst=found.get("standfirst", none)[0],
            standfirst_from=found.get("standfirst", none)[1],
            kicker=found.get("kicker", none)[0],
            section=found.get("section", none)[0],
            section_from=found.get("section", none)[1],
            date=_day(date),
            date_from=found.get("date", none)[1],
            language=found.get("language", none)[0],
            language_from=found.get("language", none)[1],
        ),
        notes,
    )


def _text(value: Any) -> str:
    """A field's text; of several values the names, joined, as authors are written."""
    if isinstance(value, (datetime.date, str)):
        return _plain(str(value))
    if isinstance(value, dict):
        return _plain(value["name"]) if isinstance(value.get("name"), str) else ""
    if isinstance(value, list):  # lists within lists are not followed: in YAML they can repeat without end
        return ", ".join(filter(None, (_text(one) for one in value if not isinstance(one, list))))
    return ""


def _plain(text: str) -> str:
    """Markdown within a field as plain words."""
    try:
        return clean(words_of(parse_fragment(_html(text)))) if re.search(r"[*_`\[<&\\]", text) else clean(text)
    except (BrokenMarkup, NestedTooDeep):
        return clean(text)


def _day(value: Any) -> datetime.date | None:
    if isinstance(value, datetime.datetime):
        return value.date()
    return value if isinstance(value, datetime.date) else declared_day(_text(value)) if value else None


def _without_shortcodes(body: str) -> tuple[str, list[Note]]:
    """The text without its tool's commands, which are not run; a figure's caption stays."""
    found: list[str] = []
    for start, end in _COMMANDS:
        body, more = _without(body, start, end)
        found += more if start != "<!--" else []
    body = _DIV.sub("", _ATTRIBUTES.sub("", _IMPORT_LINE.sub("", body)))
    notes = [Note("text", f"a command of the tool left out: {shortened(one)}", sure=False) for one in found[:10]]
    return body, notes


def _without(body: str, start: str, end: str) -> tuple[str, list[str]]:
    """The text without what stands between the marks `start` and `end`, captions of figures kept; and what did."""
    kept, found, reached = [], [], 0
    while (at := body.find(start, reached)) >= 0 and (stop := body.find(end, at + len(start))) >= 0:
        kept.append(body[reached:at])
        command = body[at : stop + len(end)]
        caption = _CAPTION.search(command) if _FIGURE_COMMAND.match(command) else None
        if caption:
            kept.append(f"<figcaption>{caption[1] or caption[2] or ''}</figcaption>\n")
        else:
            found.append(command)
        reached = stop + len(end)
    return "".join([*kept, body[reached:]]), found


def _figure(found: re.Match[str]) -> str:
    alt = _ALT.search(found[1])
    return f"<figcaption>{alt[1]}</figcaption>" if alt else found[0]


def _html(text: str) -> str:
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    markdown = commonmark("table", "strikethrough")
    rendered = str(markdown.use(footnote_plugin).use(deflist_plugin).render(text))
    # A picture alone in its paragraph is a figure, and its text the caption, as in Pandoc.
    return _FIGURE.sub(_figure, rendered)
