"""Canonical Markdown files to articles: the only format that a build reads."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from articles.blocks import BlockReader, known_language
from articles.characters import visible_text
from articles.errors import ArticleError, plain_line
from articles.files import read_file
from articles.frontmatter import FrontMatter, split_front_matter
from articles.issue import Article, Block, BlockKind

_READ_FIELDS = (
    ("kicker", BlockKind.KICKER),
    ("headline", BlockKind.HEADLINE),
    ("standfirst", BlockKind.STANDFIRST),
    ("byline", BlockKind.BYLINE),
)
_LANGUAGE = r"[a-z]{2,3}(?:-[A-Za-z]{2})?"
_NAME = re.compile(rf"(?:\d+(?:[-_. ]*[-_ ]|\.+(?!{_LANGUAGE}$)))?(?P<slug>.+?)(?:\.(?P<language>{_LANGUAGE}))?")

_DEVICES = frozenset(f"con prn aux nul {' '.join(f'com{digit} lpt{digit}' for digit in '0123456789¹²³')}".split())
"""What no file may be called where Windows reads it, whatever follows a dot (Microsoft, "Naming Files")."""

MAX_ARTICLE_BYTES = 400_000
"""Some seven hours of speech in one episode. What is longer is several articles, or no text: it is not even opened."""

SPLIT_IT = "split it into articles; they are spoken one after the other"
"""What to do with a longer one, for messages."""

_LONGEST_SLUG_BYTES = 150
"""Files are called after it, with a hash, a language and a suffix; no system takes more than 255 bytes."""


def read_article(path: Path, languages: Sequence[str]) -> Article:
    """The article in `path`, its language and every marked passage one of `languages` (the edition's).

    The language is the front matter's, else the file name's (`01-title.en.md`), else the edition's only one.
    Raises ArticleError, naming file and line, for a file that is missing, empty, too large, not UTF-8 or not called so,
    or has no headline, a broken head, or a language that the edition does not list.
    """
    if plain_line(path.name) != path.name:
        raise ArticleError(f"{path.name}: its name holds characters that nobody sees", hint="rename the file")
    text = _read_text(path)
    front, body = split_front_matter(text, path.name)
    name = _NAME.fullmatch(path.stem)
    slug, suffix = (name["slug"], name["language"]) if name else (path.stem, None)
    language = known_language(
        front.fields.get("language") or suffix or (languages[0] if len(languages) == 1 else None),
        languages,
        f"{path.name}:{front.lines.get('language', 1)}",
    )
    reader = BlockReader(path.name, languages)
    body_blocks = list(reader.body(body, language, front.body_line))
    head = _head(front, reader, language)
    if not any(block.kind is BlockKind.HEADLINE for block in head):
        head, body_blocks = _headline_from_body(head, body_blocks, path.name)
    plain = {block.kind: block.text for block in head}
    return Article(
        slug=_slug(front.fields.get("id") or slug),
        path=path,
        language=language,
        headline=plain[BlockKind.HEADLINE],
        blocks=(*head, *body_blocks),
        kicker=plain.get(BlockKind.KICKER, ""),
        standfirst=plain.get(BlockKind.STANDFIRST, ""),
        byline=plain.get(BlockKind.BYLINE, ""),
        section=front.fields.get("section", ""),
        reading=front.reading,
        date=front.date,
    )


def _read_text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MAX_ARTICLE_BYTES:
            raise ArticleError(
                f"{path.name}: {size / 1000:,.0f} kB are more than the {MAX_ARTICLE_BYTES // 1000} kB of an article",
                hint=SPLIT_IT,
            )
        data = read_file(path)
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
    return visible_text(text.replace("\r\n", "\n").replace("\r", "\n"))


def _slug(name: str) -> str:
    slug = re.sub(r"[^\w]+", "-", name.lower()).strip("-") or "article"
    if len(slug.encode()) > _LONGEST_SLUG_BYTES:
        kept = slug.encode()[:_LONGEST_SLUG_BYTES].decode(errors="ignore")
        slug = f"{kept}-{hashlib.sha256(slug.encode()).hexdigest()[:8]}"
    return f"{slug}_" if slug in _DEVICES else slug


def _head(front: FrontMatter, reader: BlockReader, language: str) -> list[Block]:
    blocks = []
    for field, kind in _READ_FIELDS:
        if text := front.fields.get(field):
            line = front.lines[field]
            blocks.append(Block(kind, reader.inline(text, language, line), language, line))
    return blocks


def _headline_from_body(head: list[Block], body: list[Block], where: str) -> tuple[list[Block], list[Block]]:
    """A body that begins with a heading gives the headline when the front matter has none."""
    if not body or body[0].kind is not BlockKind.HEADING:
        raise ArticleError(f"{where}:1: no headline", hint='add headline = "…" to the front matter')
    first = body[0]
    headline = replace(first, kind=BlockKind.HEADLINE)
    place = 1 if head and head[0].kind is BlockKind.KICKER else 0
    return [*head[:place], headline, *head[place:]], body[1:]
