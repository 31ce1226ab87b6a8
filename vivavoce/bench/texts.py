"""The texts of a benchmark: an issue's articles as plain paragraphs, and new ones made of halves of their sentences."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from random import Random

from articles.errors import SettingsError
from articles.issue import Article, BlockKind
from articles.sentences import split_sentences

_READ = (BlockKind.STANDFIRST, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTATION)
_HALVES = re.compile(r"([^“”«»\"()]{12,}?[,;:] )([^“”«»\"()]{12,})")
_MARKS = re.compile(r"([\\`*_\[\]<>#{}|~^$])")

SEED = 25
"""Of the generated issue: another one gives another issue of the same size."""

_PARAGRAPHS, _SENTENCES = 3, 3


@dataclass(frozen=True, slots=True)
class Text:
    """An article as plain text in one language, its headline first."""

    name: str
    language: str
    headline: str
    paragraphs: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Its headline and paragraphs, each on one line."""
        return (self.headline, *self.paragraphs)

    @property
    def characters(self) -> int:
        """How much there is to read."""
        return sum(map(len, self.lines))

    def markdown(self) -> str:
        """It as an article's file."""
        # A JSON string is a TOML one too.
        head = f"+++\nheadline = {json.dumps(self.headline, ensure_ascii=False)}\n+++\n"
        return "\n".join([head, *(_MARKS.sub(r"\\\1", paragraph) + "\n" for paragraph in self.paragraphs)])


def text_of(article: Article) -> Text:
    """What it says in its own language, without the blocks in others."""
    blocks = [block for block in article.blocks if block.kind in _READ and block.language == article.language]
    return Text(
        article.slug, article.language, article.headline, tuple(" ".join(block.text.split()) for block in blocks)
    )


def shortened(text: Text) -> Text:
    """Its headline and its first two sentences."""
    sentences = split_sentences(text.paragraphs[0] if text.paragraphs else text.headline, text.language)
    return replace(text, paragraphs=("".join(sentences[:2]).strip(),))


def recombined(texts: Sequence[Text], count: int, seed: int = SEED) -> tuple[Text, ...]:
    """So many articles, whose languages alternate; the same texts and seed give the same articles.

    Each sentence is the beginning of one sentence of `texts` with the end of another, and no sentence comes twice: a
    repeated one would cost vivavoce nothing, and other programs as much as any. Raises SettingsError when `texts` have
    too few sentences for that.
    """
    languages = list(dict.fromkeys(text.language for text in texts))
    in_each = -(-count // len(languages)) * (1 + _PARAGRAPHS * _SENTENCES)
    sentences = {language: _sentences(texts, language, in_each, Random(seed)) for language in languages}
    articles = []
    for number in range(count):
        language = languages[number % len(languages)]
        source = sentences[language]
        headline = next(source).rstrip(".!?… \u00a0\u202f")
        paragraphs = tuple(" ".join(next(source) for _ in range(_SENTENCES)) for _ in range(_PARAGRAPHS))
        articles.append(Text(f"recombined-{number + 1:02d}", language, headline, paragraphs))
    return tuple(articles)


def _sentences(texts: Sequence[Text], language: str, wanted: int, random: Random) -> Iterator[str]:
    found = [
        halves
        for text in texts
        if text.language == language
        for paragraph in text.paragraphs
        for sentence in split_sentences(paragraph, language)
        if (halves := _HALVES.fullmatch(sentence.strip()))
    ]
    pairs = [(one, other) for one, other in product(found, found) if one is not other]
    if len(pairs) < wanted:
        raise SettingsError(
            f"{len(found)} sentences in “{language}” can be cut in two, too few to make an issue of",
            hint="benchmark an edition whose newest issue has more text",
        )
    # sorted() by random numbers, because only these are the same in every version of Python.
    ordered = sorted(pairs, key=lambda _: random.random())
    return (one[1] + other[2] for one, other in ordered)
