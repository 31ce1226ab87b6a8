"""Markdown text to blocks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from lxml.html.defs import tags
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

from articles.commonmark import FEWER, NestedTooDeep, commonmark
from articles.errors import ArticleError
from articles.issue import Block, BlockKind, Span
from articles.policy import Treatment

MAX_PARAGRAPH_CHARACTERS = 100_000
"""Two hours of speech: no editor's paragraph is longer, and Markdown's marks take a reader the square of its length."""

Attributes = dict[str, str | int | float]

_CONTAINERS = {
    "blockquote": BlockKind.QUOTATION,
    "list_item": BlockKind.LIST_ITEM,
    "heading": BlockKind.HEADING,
    "tr": BlockKind.TABLE,
    "footnote": BlockKind.FOOTNOTE,
}
_NOT_TEXT = ("html_block", "fence", "code_block")
_CLASSES = {
    "caption": BlockKind.CAPTION,
    "embed": BlockKind.EMBED,
    "footnote": BlockKind.FOOTNOTE,
    "formula": BlockKind.FORMULA,
    "quotation": BlockKind.QUOTATION,
    "sidebar": BlockKind.SIDEBAR,
}
_FENCED_DIV = re.compile(r"\s*\{(?P<attrs>[^{}]*)\}\s*")
_ATTRIBUTE = re.compile(r"""\.(?P<cls>[\w-]+)|(?<![\w-])(?P<key>[\w-]++)=(?P<q>["']?)(?P<value>[^\s"'{}]*)(?P=q)""")
_HEADING_END = re.compile(r"\{[^{}]*\}\s*$")
_URL = re.compile(r"<?(?:https?://|www\.)[^\s<>]+>?")
_FORMULA = re.compile(r"\$\$.+\$\$")
_TAG = re.compile(r"</?([A-Za-z][\w:-]*)")
_BLANK_LINE = re.compile(r"\n(?=[^\S\n]*\n)")
_COMMENTS = re.compile(r"(?:(?><!--.*?-->)\s*+)++", re.DOTALL)
"""Each ends at its first `-->`: to try the others too takes twice as long for every comment more."""


def known_language(language: str | None, languages: Sequence[str], where: str) -> str:
    """The edition's own name for `language`: `fr-CA` is `fr` where only that is listed. Raises ArticleError."""
    if language is None:
        raise ArticleError(
            f"{where}: no language is given", hint='add language = "fr" to the front matter, or name the file ….fr.md'
        )
    for candidate in (language, language.split("-")[0]):
        for listed in languages:
            if candidate.lower() == listed.lower():
                return listed
    raise ArticleError(
        f"{where}: unknown language “{language}”",
        hint=f"this edition has {', '.join(languages)}; correct it, or add it to languages in edition.toml",
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """What surrounds a block: the kind, language and treatment that it takes over."""

    kind: BlockKind
    language: str
    marked: bool = False
    treatment: str = ""

    def block(self, spans: Sequence[Span], line: int) -> Block:
        return Block(self.kind, tuple(spans), self.language, line, self.marked, self.treatment)


class BlockReader:
    """Reads Markdown, with the file's name and the edition's languages for messages."""

    def __init__(self, where: str, languages: Sequence[str]) -> None:
        self._where = where
        self._languages = languages
        self._markdown = commonmark("table")
        self._markdown.use(attrs_plugin, spans=True).use(attrs_block_plugin).use(footnote_plugin)
        self._markdown.use(container_plugin, "div", validate=lambda text, _: bool(_FENCED_DIV.fullmatch(text)))

    def body(self, text: str, language: str, first_line: int) -> Iterator[Block]:
        """The blocks of `text`, which begins on `first_line` of the file. Raises ArticleError, naming the line."""
        self._check_lengths(text, first_line)
        frames = [_Frame(BlockKind.PARAGRAPH, language)]
        line, row = first_line, list[Span]()
        for token in self._tokens(text, first_line):
            if token.map:
                line = token.map[0] + first_line
            if token.nesting == 1:
                frames.append(self._enter(token, frames[-1], line))
            elif token.nesting == -1:
                frames.pop()
            if token.type == "tr_close":
                yield replace(frames[-1], kind=BlockKind.TABLE).block(tuple(_joined(row[:-1])), line)
                row = []
            elif token.type in _NOT_TEXT and not _COMMENTS.fullmatch(token.content.strip()):
                yield replace(frames[-1], kind=BlockKind.EMBED).block((Span(token.content.strip(), language),), line)
            elif token.type == "inline" and frames[-1].kind is BlockKind.TABLE:
                row += [*self._spans(token.children or [], frames[-1].language, line), Span(", ", frames[-1].language)]
            elif token.type == "inline":
                yield from self._block(token, frames[-1], line)

    def inline(self, text: str, language: str, line: int) -> tuple[Span, ...]:
        """The spans of one line of text."""
        tokens = self._markdown.parseInline(text)
        return tuple(self._spans(tokens[0].children or [], language, line))

    def _tokens(self, text: str, first_line: int) -> list[Token]:
        try:
            return self._markdown.parse(text)
        except NestedTooDeep as error:
            where = f"{self._where}:{error.line + first_line}"
            raise ArticleError(f"{where}: {error}", hint=FEWER) from error

    def _check_lengths(self, text: str, first_line: int) -> None:
        line = first_line
        for paragraph in _BLANK_LINE.split(text):
            if len(paragraph) > MAX_PARAGRAPH_CHARACTERS:
                raise ArticleError(
                    f"{self._where}:{line}: {len(paragraph):,} characters without a blank line",
                    hint=f"break it into paragraphs; {MAX_PARAGRAPH_CHARACTERS:,} are the most that are read as one",
                )
            line += paragraph.count("\n") + 1

    def _block(self, token: Token, frame: _Frame, line: int) -> Iterator[Block]:
        if frame.kind is BlockKind.HEADING:
            frame = self._heading(token, frame, line)
        children = [child for child in token.children or [] if child.content.strip() or child.type == "image"]
        # An image alone in its paragraph is a figure, and its text the caption, as in Pandoc.
        if len(children) == 1 and children[0].type == "image":
            frame = replace(self._with(children[0].attrs, frame, line), kind=BlockKind.CAPTION)
        spans = tuple(self._spans(token.children or [], frame.language, line))
        text = "".join(span.text for span in spans).strip()
        if frame.kind is BlockKind.PARAGRAPH and _URL.fullmatch(text):
            frame = replace(frame, kind=BlockKind.URL)
        elif frame.kind is BlockKind.PARAGRAPH and _FORMULA.fullmatch(text):
            frame = replace(frame, kind=BlockKind.FORMULA)
        if text:
            yield frame.block(spans, line)

    def _heading(self, token: Token, frame: _Frame, line: int) -> _Frame:
        """The frame that a heading's own attributes make (`## Titre {lang=fr}`), which leave its text."""
        last = token.children[-1] if token.children else token
        found = _HEADING_END.search(last.content) if last.type == "text" else None
        if not found:
            return frame
        last.content = last.content[: found.start()].rstrip()
        return self._with(_div_attributes(found[0]), frame, line)

    def _enter(self, token: Token, outer: _Frame, line: int) -> _Frame:
        kind = _CONTAINERS.get(token.type.removesuffix("_open"), outer.kind)
        attributes: Attributes = dict(token.attrs)
        if token.type == "container_div_open":
            attributes |= _div_attributes(token.info)
        return self._with(attributes, replace(outer, kind=kind), line)

    def _with(self, attributes: Attributes, frame: _Frame, line: int) -> _Frame:
        """The frame after its attributes: classes for the kind, `lang` for the language, `read` for the treatment."""
        for name in str(attributes.get("class", "")).split():
            frame = replace(frame, kind=_CLASSES.get(name, frame.kind))
        if "lang" in attributes:
            frame = replace(frame, language=self._language(attributes, frame.language, line), marked=True)
        if "read" in attributes:
            treatment = str(attributes["read"])
            if treatment not in tuple(Treatment):
                raise ArticleError(
                    f"{self._where}:{line}: read={treatment} is no way to treat a block",
                    hint=f"write one of {', '.join(Treatment)}",
                )
            frame = replace(frame, treatment=treatment)
        return frame

    def _language(self, attributes: Attributes, outer: str, line: int) -> str:
        if "lang" not in attributes:
            return outer
        return known_language(str(attributes["lang"]), self._languages, f"{self._where}:{line}")

    def _spans(self, tokens: Sequence[Token], language: str, line: int) -> Iterator[Span]:
        languages = [language]
        runs: list[Span] = []
        for token in _without_scripts(tokens):
            if token.type == "span_open":
                languages.append(self._language(token.attrs, languages[-1], line))
            elif token.type == "span_close":
                languages.pop()
            elif token.type == "image":
                runs += self._spans(token.children or [], self._language(token.attrs, languages[-1], line), line)
            elif token.type in ("softbreak", "hardbreak"):
                # A line that the editor broke on purpose ends a sentence even without a stop; a wrapped one does not.
                runs.append(Span("\n" if token.type == "hardbreak" else " ", languages[-1]))
                line += 1
            elif token.type in ("text", "code_inline", "text_special") or _only_looks_like_a_tag(token):
                runs.append(Span(token.content, languages[-1]))
        yield from _joined(runs)


def _only_looks_like_a_tag(token: Token) -> bool:
    """Whether it is a word between angle brackets that HTML does not know: the editor's text, not a mark-up."""
    name = _TAG.match(token.content) if token.type == "html_inline" else None
    return name is not None and name[1].lower() not in tags


def _without_scripts(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens of a line without what stands between the tags of a script or a style sheet."""
    inside = ""
    for token in tokens:
        tag = re.match(r"<(/?)(script|style)\b", token.content, re.IGNORECASE) if token.type == "html_inline" else None
        if tag:
            inside = "" if tag[1] else tag[2]
        elif not inside:
            yield token


def _joined(runs: list[Span]) -> Iterator[Span]:
    """`runs` with neighbours of one language made one, and empty ones left out."""
    for language, group in groupby(runs, key=lambda run: run.language):
        text = "".join(run.text for run in group)
        if text:
            yield Span(text, language)


def _div_attributes(info: str) -> Attributes:
    found: Attributes = {}
    for match in _ATTRIBUTE.finditer(info):
        if match["cls"]:
            found["class"] = f"{found.get('class', '')} {match['cls']}".strip()
        else:
            found[match["key"]] = match["value"]
    return found
