"""An issue and its articles, as the editor wrote them."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class BlockKind(StrEnum):
    """What a block is to a reader of the printed page."""

    KICKER = "kicker"
    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    QUOTATION = "quotation"
    CAPTION = "caption"
    TABLE = "table"
    SIDEBAR = "sidebar"
    FOOTNOTE = "footnote"
    FORMULA = "formula"
    URL = "url"
    EMBED = "embed"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one language (a BCP 47 primary subtag such as `fr`)."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, caption, heading …: its spans in order, and the line of the file where it begins.

    `marked` says that the editor gave its language, so that none is guessed; `treatment` (read, announce, end, skip)
    is the editor's word for this block alone.
    """

    kind: BlockKind
    spans: tuple[Span, ...]
    language: str
    line: int
    marked: bool = False
    treatment: str = ""

    @property
    def text(self) -> str:
        """The block's whole text, spans joined as they stood."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its metadata, and its blocks in reading order (headline and other front matter first).

    `slug` is the article's identity in its issue: its `id`, else the file's name without number and language, so that
    re-ordering the issue changes nothing else. `reading` is the article's own treatment of kinds of blocks, over the
    edition's: pairs such as `caption` and `skip`.
    """

    slug: str
    path: Path
    language: str
    headline: str
    blocks: tuple[Block, ...]
    kicker: str = ""
    standfirst: str = ""
    byline: str = ""
    section: str = ""
    reading: tuple[tuple[str, str], ...] = ()
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue's identity and its articles in running order.

    `name` is the folder's name (`2023-04`), `title` what a reader sees, `date` the day it appears.
    """

    name: str
    title: str
    date: datetime.date
    articles: tuple[Article, ...]
    number: str = ""
    description: str = ""
