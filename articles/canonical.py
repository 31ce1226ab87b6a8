"""An article's blocks to canonical Markdown: what articles/markdown.py reads back as the same blocks."""

import datetime
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from articles.issue import Block, BlockKind, Span

_FIELDS = {
    BlockKind.KICKER: "kicker",
    BlockKind.HEADLINE: "headline",
    BlockKind.STANDFIRST: "standfirst",
    BlockKind.BYLINE: "byline",
}
_BARE = {
    BlockKind.PARAGRAPH,
    BlockKind.HEADING,
    BlockKind.LIST_ITEM,
    BlockKind.QUOTATION,
    BlockKind.TABLE,
    BlockKind.URL,
}
"""Kinds that are told by their form; any other is a div with the kind's name as its class."""
_PREFIXES = {BlockKind.HEADING: "## ", BlockKind.LIST_ITEM: "- ", BlockKind.QUOTATION: "> "}

# What Markdown reads as markup wherever it stands: a backslash before punctuation or the end, code, emphasis, brackets,
# attributes, a tag or address in angle brackets, an entity. An underscore inside a word is only an underscore.
_INLINE = re.compile(
    r"""\\(?=[!-/:-@\[-`{-~]|$) | [`*\[\]{}] | <(?=[A-Za-z/!?]|[\w.!\#$%&'*+/=?^`{|}~-]+@) |
        &(?=\#|[A-Za-z][A-Za-z0-9]*;) | (?<![^\W_])_ | _(?![^\W_])""",
    re.VERBOSE,
)
# What Markdown reads as markup at the start of a line: headings, quotations, lists, rules, fences, divs.
_LINE_START = re.compile(r"[#>~:]|[-+](?=\s|$)|-(?=[-\s]*$)|_(?=[_\s]*$)|=(?==*$)")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029 ]+")

CELL_BREAK = ", "
"""A span of a table row that holds exactly this divides two cells; it is also how the reader joins them."""


def canonical_text(
    blocks: Sequence[Block],
    language: str,
    *,
    section: str = "",
    date: datetime.date | None = None,
    remarks: Iterable[str] = (),
) -> str:
    """The text of a canonical file: front matter in TOML, then the blocks, a blank line between them.

    `blocks` are in reading order, as in an Article; those that front matter holds go there, the first of each kind.
    `remarks` become comments of the front matter, one line each. Line breaks inside a block become spaces, as in
    print; so does every kind of space in the front matter, whose fields are single lines.
    """
    lines = ["+++"]
    heads = {block.kind: block for block in reversed(blocks) if block.kind in _FIELDS}
    if BlockKind.HEADLINE in heads:
        lines.append(_field("headline", _inline(heads[BlockKind.HEADLINE].spans, language)))
    lines.append(_field("language", language))
    for kind, name in _FIELDS.items():
        if kind is not BlockKind.HEADLINE and kind in heads:
            lines.append(_field(name, _inline(heads[kind].spans, language)))
    if section:
        lines.append(_field("section", section))
    if date:
        lines.append(f"date = {date.isoformat()}")
    lines += [f"# {_one_line(remark)}" for remark in remarks]
    lines.append("+++")
    body = [block for block in blocks if block.kind not in _FIELDS and block.text.strip()]
    return "\n\n".join(["\n".join(lines), *_body(body, language)]) + "\n"


def _field(name: str, value: str) -> str:
    text = _one_line(" ".join(value.split())).replace("\\", "\\\\").replace('"', '\\"')
    return f'{name} = "{text}"'


def _one_line(text: str) -> str:
    """`text` without the control characters that TOML refuses."""
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", text).strip()


def _body(blocks: Sequence[Block], language: str) -> Iterator[str]:
    """The Markdown of each block; neighbours that need the same div share one."""
    for (css_class, own, marked, treatment), group in itertools.groupby(blocks, key=_div):
        parts = list(_parts(list(group), own))
        lang = f"lang={own}" if marked or own != language else ""
        attributes = " ".join(filter(None, (css_class, lang, treatment and f"read={treatment}")))
        if not attributes:
            yield from parts
        elif len(parts) == 1:
            yield f"::: {{{attributes}}}\n{parts[0]}\n:::"
        else:
            yield "\n\n".join([f"::: {{{attributes}}}", *parts, ":::"])


def _div(block: Block) -> tuple[str, str, bool, str]:
    """What the div around a block says: class, language, whether the editor gave that language, and treatment."""
    css_class = "" if block.kind in _BARE else f".{block.kind}"
    return css_class, block.language, block.marked, block.treatment


def _parts(blocks: list[Block], language: str) -> Iterator[str]:
    for kind, group in itertools.groupby(blocks, key=lambda block: block.kind):
        if kind is BlockKind.TABLE:
            yield _table(list(group), language)
        elif kind is BlockKind.LIST_ITEM:
            yield "\n".join(_block(block) for block in group)
        else:
            yield from (_block(block) for block in group)


def _block(block: Block) -> str:
    text = _inline(block.spans, block.language).strip()
    if block.kind is BlockKind.HEADING:
        return f"## {_heading(text, block)}"
    return _PREFIXES.get(block.kind, "") + _guard(text)


def _heading(text: str, block: Block) -> str:
    """A heading whose text ends like an attribute or a closing mark is put in brackets, so that it keeps its end."""
    if re.search(r"\}\s*$|(?:^|\s)#+$", text):
        return f"[{text}]{{lang={block.language}}}"
    return text


def _guard(line: str) -> str:
    """`line` with a backslash before what Markdown would misread at its start."""
    if _LINE_START.match(line):
        return "\\" + line
    return _NUMBERED.sub(r"\1\\\2", line, count=1) if _NUMBERED.match(line) else line


def _table(rows: list[Block], language: str) -> str:
    """Rows in as many columns as they all have; in one column when they differ, since a row must not gain cells."""
    table = [_cells(row) for row in rows]
    if len({len(cells) for cells in table}) > 1:
        table = [[row.spans] for row in rows]
    lines = ["| " + " | ".join(_cell(cell, language) for cell in cells) + " |" for cells in table]
    return "\n".join([lines[0], "|" + " --- |" * len(table[0]), *lines[1:]])


def _cells(row: Block) -> list[tuple[Span, ...]]:
    cells: list[list[Span]] = [[]]
    for span in row.spans:
        if span.text == CELL_BREAK:
            cells.append([])
        else:
            cells[-1].append(span)
    return [tuple(cell) for cell in cells]


def _cell(spans: tuple[Span, ...], language: str) -> str:
    return _inline(spans, language).strip().replace("|", "\\|")


def _inline(spans: Iterable[Span], language: str) -> str:
    """The spans as Markdown within a line, those in another language marked."""
    marked = []
    for own, group in itertools.groupby(spans, key=lambda span: span.language):
        text = _BREAKS.sub(" ", "".join(span.text for span in group))
        escaped = _INLINE.sub(r"\\\g<0>", text)
        marked.append(escaped if own == language or not text.strip() else f"[{escaped}]{{lang={own}}}")
    return "".join(marked)
