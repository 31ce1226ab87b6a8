"""What is said around the articles: the ident over an episode's jingle, and a programme's opening and close."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from articles.blocks import BlockReader
from articles.issue import Article, Block, BlockKind, Span
from articles.policy import Policy
from articles.segments import HouseStyle, Segment, write_script

PLACES = ("publication", "issue", "month", "section", "headline")
"""What a template may name, in braces."""

_PLACE = re.compile(r"\{(\w*)\}")
_MARKS = re.compile(r"\{\w+=[^{}]*\}")  # [mots]{lang=fr}

_OPENING = "{publication}, {issue}."
_CONTENTS = {"en": "In this issue:", "fr": "Au sommaire :"}
_CLOSE = {"en": "That was {publication}, {issue}.", "fr": "C’était {publication}, {issue}."}
"""By language; in others the opening's words are said again."""

_TITLES = {"en": ("In this issue", "Close"), "fr": ("Sommaire", "Fin")}


@dataclass(frozen=True, slots=True)
class Names:
    """What the places in a template stand for; `month` is the issue's, in the language spoken (`avril 2023`)."""

    publication: str
    issue: str
    month: str = ""
    section: str = ""
    headline: str = ""


def check_template(template: str) -> None:
    """Raises ValueError for a template that names a place there is not."""
    for place in _PLACE.findall(template):
        if place not in PLACES:
            known = ", ".join(f"{{{name}}}" for name in PLACES)
            raise ValueError(f"“{template}” has {{{place}}}: a template may name {known}")
    if "{" in _MARKS.sub("", _PLACE.sub("", template)):
        raise ValueError(f"“{template}” has a brace that is not closed")


def ident(template: str, names: Names, language: str, style: HouseStyle) -> tuple[Segment, ...]:
    """The ident's segments; words in another language are marked in the template as in an article.

    What the names bring is text, never markup. Raises ArticleError for a language that the edition does not have.
    """
    return _said([_paragraph(template, names, language, style)], language, style)


def opening(names: Names, articles: Sequence[Article], language: str, style: HouseStyle) -> tuple[Segment, ...]:
    """A programme's opening: publication, issue, and every headline in its own article's language.

    The contents are announced where there are words for it in `language`; the headlines are read in any.
    """
    blocks = [_paragraph(_OPENING, names, language, style)]
    if contents := _CONTENTS.get(language.split("-")[0]):
        blocks.append(_paragraph(contents, names, language, style))
    for article in articles:
        blocks += [
            replace(block, kind=BlockKind.LIST_ITEM) for block in article.blocks if block.kind is BlockKind.HEADLINE
        ]
    return _said(blocks, language, style)


def close(names: Names, language: str, style: HouseStyle) -> tuple[Segment, ...]:
    """A programme's last words."""
    template = _CLOSE.get(language.split("-")[0], _OPENING)
    return _said([_paragraph(template, names, language, style)], language, style)


def titles(names: Names, language: str) -> tuple[str, str]:
    """What a programme's opening and close are called as chapters; the publication's name where there are no words."""
    return _TITLES.get(language.split("-")[0], (names.publication, names.publication))


def _paragraph(template: str, names: Names, language: str, style: HouseStyle) -> Block:
    marked = BlockReader("edition.toml", style.languages or (language,)).inline(template, language, 1)
    spans = tuple(Span(_filled(span.text, names), span.language) for span in marked)
    return Block(BlockKind.PARAGRAPH, tuple(span for span in spans if span.text), language, line=0)


def _filled(text: str, names: Names) -> str:
    return _PLACE.sub(lambda place: getattr(names, place[1]), text)


def _said(blocks: list[Block], language: str, style: HouseStyle) -> tuple[Segment, ...]:
    article = Article(slug="", path=Path("edition.toml"), language=language, headline="", blocks=tuple(blocks))
    # What the edition leaves out of articles, such as lists, is no reason to leave out the contents.
    return write_script(article, replace(style, policy=Policy())).segments
