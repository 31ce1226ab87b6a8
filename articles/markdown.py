"""Canonical Markdown to an Article: the only format that a build reads, and the only file that imports markdown-it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.container import container_plugin

from articles.errors import ArticleError
from articles.frontmatter import FrontMatter, split_front_matter
from articles.issue import Article, Block, BlockKind, Span

_READ_FIELDS = (
    ("kicker", BlockKind.KICKER),
    ("headline", BlockKind.HEADLINE),
    ("standfirst", BlockKind.STANDFIRST),
    ("byline", BlockKind.BYLINE),
)
_CONTAINERS = {
    "blockquote": BlockKind.QUOTATION,
    "list_item": BlockKind.LIST_ITEM,
    "heading": BlockKind.HEADING,
    "tr": BlockKind.TABLE,
}
_CLASSES = {"caption": BlockKind.CAPTION, "footnote": BlockKind.FOOTNOTE, "quotation": BlockKind.QUOTATION}
_NAME = re.compile(r"(?:\d+[-_. ]+)?(?P<slug>.+?)(?:\.(?P<language>[a-z]{2,3}(?:-[A-Za-z]{2})?))?")
_FENCED_DIV = re.compile(r"\s*\{(?P<attrs>[^{}]*)\}\s*")
_ATTRIBUTE = re.compile(r"""\.(?P<cls>[\w-]+)|(?P<key>[\w-]+)=(?P<q>["']?)(?P<value>[^\s"'{}]*)(?P=q)""")
_HEADING_END = re.compile(r"\s*\{[^{}]*\}\s*$")


def read_article(path: Path, languages: Sequence[str]) -> Article:
    """The article in `path`, its language and every marked passage one of `languages` (the edition's).

    The language is the front matter's, else the file name's (`01-title.en.md`), else the edition's only one.
    Raises ArticleError, naming file and line, for a file that is missing, empty, not UTF-8, or has no headline, a
    broken head, or a language that the edition does not list.
    """
    text = _read_text(path)
    front, body = split_front_matter(text, path.name)
    name = _NAME.fullmatch(path.stem)
    slug, suffix = (name["slug"], name["language"]) if name else (path.stem, None)
    language = _known(
        front.fields.get("language") or suffix or (languages[0] if len(languages) == 1 else None),
        languages,
        f"{path.name}:{front.lines.get('language', 1)}",
    )
    reader = _Reader(path.name, tuple(languages))
    body_blocks = list(reader.body(body, language, front.body_line))
    head = _head(front, reader, language)
    if not any(block.kind is BlockKind.HEADLINE for block in head):
        head, body_blocks = _headline_from_body(head, body_blocks, path.name)
    plain = {block.kind: block.text for block in head}
    return Article(
        slug=_slug(slug),
        path=path,
        language=language,
        headline=plain[BlockKind.HEADLINE],
        blocks=(*head, *body_blocks),
        kicker=plain.get(BlockKind.KICKER, ""),
        standfirst=plain.get(BlockKind.STANDFIRST, ""),
        byline=plain.get(BlockKind.BYLINE, ""),
        section=front.fields.get("section", ""),
        date=front.date,
    )


def _read_text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ArticleError(
            f"{path.name}: cannot be read ({error.strerror})",
            hint="put the file back or take it out of the order",
        ) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ArticleError(
            f"{path.name}:{line}: not valid UTF-8 (byte {data[error.start]:#04x})",
            hint="save the file again with the encoding UTF-8",
        ) from error
    if not text.strip():
        raise ArticleError(f"{path.name}: the file is empty", hint="write the article or remove the file")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _known(language: str | None, languages: Sequence[str], where: str) -> str:
    if language is None:
        raise ArticleError(
            f"{where}: no language is given",
            hint='add language = "fr" to the front matter, or name the file ….fr.md',
        )
    for candidate in (language, language.split("-")[0]):
        for listed in languages:
            if candidate.lower() == listed.lower():
                return listed
    raise ArticleError(
        f"{where}: unknown language “{language}”",
        hint=f"this edition has {', '.join(languages)}; correct it, or add it to languages in edition.toml",
    )


def _slug(name: str) -> str:
    return re.sub(r"[^\w]+", "-", name.lower()).strip("-") or "article"


def _head(front: FrontMatter, reader: "_Reader", language: str) -> list[Block]:
    blocks = []
    for field, kind in _READ_FIELDS:
        if text := front.fields.get(field):
            line = front.lines[field]
            spans = tuple(reader.inline(text, language, line))
            blocks.append(Block(kind, spans, language, line))
    return blocks


def _headline_from_body(head: list[Block], body: list[Block], where: str) -> tuple[list[Block], list[Block]]:
    """A body that begins with a heading gives the headline when the front matter has none."""
    if not body or body[0].kind is not BlockKind.HEADING:
        raise ArticleError(f"{where}:1: no headline", hint='add headline = "…" to the front matter')
    first = body[0]
    headline = Block(BlockKind.HEADLINE, first.spans, first.language, first.line)
    place = 1 if head and head[0].kind is BlockKind.KICKER else 0
    return [*head[:place], headline, *head[place:]], body[1:]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What surrounds a block: the kind and language that it takes over."""

    kind: BlockKind
    language: str


class _Reader:
    """Markdown tokens to blocks, with the file's name and the edition's languages for messages."""

    def __init__(self, where: str, languages: tuple[str, ...]) -> None:
        self._where = where
        self._languages = languages
        self._markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
        self._markdown.use(attrs_plugin, spans=True).use(attrs_block_plugin)
        self._markdown.use(container_plugin, "div", validate=lambda text, _: bool(_FENCED_DIV.fullmatch(text)))

    def body(self, text: str, language: str, first_line: int) -> Iterator[Block]:
        """The blocks of `text`, which begins on `first_line` of the file."""
        frames = [_Frame(BlockKind.PARAGRAPH, language)]
        line, row = first_line, list[Span]()
        for token in self._markdown.parse(text):
            if token.map:
                line = token.map[0] + first_line
            if token.nesting == 1:
                frames.append(self._enter(token, frames[-1], line))
            elif token.nesting == -1:
                frames.pop()
            if token.type == "tr_close":
                yield Block(BlockKind.TABLE, tuple(_joined(row[:-1])), frames[-1].language, line)
                row = []
            if token.type == "inline":
                if frames[-1].kind is BlockKind.HEADING:
                    frames[-1] = self._heading(token, frames[-1], line)
                spans = tuple(self._spans(token.children or [], frames[-1].language, line))
                if frames[-1].kind is BlockKind.TABLE:
                    row += [*spans, Span(", ", frames[-1].language)]
                elif any(span.text.strip() for span in spans):
                    yield from self._block(token, frames[-1], spans, line)

    def inline(self, text: str, language: str, line: int) -> Iterator[Span]:
        """The spans of one line of text."""
        tokens = self._markdown.parseInline(text)
        yield from self._spans(tokens[0].children or [], language, line)

    def _block(self, token: Token, frame: _Frame, spans: tuple[Span, ...], line: int) -> Iterator[Block]:
        children = [child for child in token.children or [] if child.content.strip() or child.type == "image"]
        # An image alone in its paragraph is a figure, and its text the caption, as in Pandoc.
        if len(children) == 1 and children[0].type == "image":
            language = self._language(children[0].attrs, frame.language, line)
            frame = _Frame(BlockKind.CAPTION, language)
        yield Block(frame.kind, spans, frame.language, line)

    def _heading(self, token: Token, frame: _Frame, line: int) -> _Frame:
        """The frame that a heading's own attributes make (`## Titre {lang=fr}`), which leave its text."""
        last = token.children[-1] if token.children else token
        found = _HEADING_END.search(last.content) if last.type == "text" else None
        if not found:
            return frame
        last.content = last.content[: found.start()]
        return _Frame(frame.kind, self._language(_div_attributes(found[0]), frame.language, line))

    def _enter(self, token: Token, outer: _Frame, line: int) -> _Frame:
        kind = _CONTAINERS.get(token.type.removesuffix("_open"), outer.kind)
        attrs: dict[str, str | int | float] = dict(token.attrs)
        if token.type == "container_div_open":
            attrs |= _div_attributes(token.info)
        for name in str(attrs.get("class", "")).split():
            kind = _CLASSES.get(name, kind)
        return _Frame(kind, self._language(attrs, outer.language, line))

    def _language(self, attrs: dict[str, str | int | float], outer: str, line: int) -> str:
        if "lang" not in attrs:
            return outer
        return _known(str(attrs["lang"]), self._languages, f"{self._where}:{line}")

    def _spans(self, tokens: Sequence[Token], language: str, line: int) -> Iterator[Span]:
        languages = [language]
        runs: list[Span] = []
        for token in tokens:
            if token.type == "span_open":
                languages.append(self._language(token.attrs, languages[-1], line))
            elif token.type == "span_close":
                languages.pop()
            elif token.type == "image":
                runs += self._spans(token.children or [], self._language(token.attrs, languages[-1], line), line)
            elif token.type in ("softbreak", "hardbreak"):
                runs.append(Span(" ", languages[-1]))
                line += 1
            elif token.type in ("text", "code_inline", "text_special"):
                runs.append(Span(token.content, languages[-1]))
        yield from _joined(runs)


def _joined(runs: list[Span]) -> Iterator[Span]:
    """`runs` with neighbours of one language made one, and empty ones left out."""
    held = Span("", "")
    for run in runs:
        if run.language == held.language:
            held = Span(held.text + run.text, run.language)
            continue
        if held.text:
            yield held
        held = run
    if held.text:
        yield held


def _div_attributes(info: str) -> dict[str, str | int | float]:
    found: dict[str, str | int | float] = {}
    for match in _ATTRIBUTE.finditer(info):
        if match["cls"]:
            found["class"] = f"{found.get('class', '')} {match['cls']}".strip()
        else:
            found[match["key"]] = match["value"]
    return found
