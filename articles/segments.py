"""Articles cut into segments: what one voice says in one breath."""

from collections.abc import Iterator
from dataclasses import dataclass

from articles.errors import ArticleError
from articles.issue import Article, Block, BlockKind, Span
from articles.sentences import split_sentences
from articles.speech import speak


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence, or the part of one that is in another language.

    `written` is the editor's text and `spoken` what the voice is given. `block` counts the article's blocks and
    `index` its segments, both from 0. `joins_previous` marks a part of the sentence that the segment before it
    began: only a breath lies between the two.
    """

    index: int
    block: int
    kind: BlockKind
    language: str
    written: str
    spoken: str
    line: int
    joins_previous: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """A text that is not read, and the rule that says so."""

    text: str
    rule: str
    line: int


@dataclass(frozen=True, slots=True)
class Script:
    """All that an article gives to the voices, in reading order, and what it does not."""

    segments: tuple[Segment, ...]
    skipped: tuple[Skipped, ...] = ()


def write_script(article: Article) -> Script:
    """The article's script. Raises ArticleError when there is no word in it below the headline."""
    segments: list[Segment] = []
    skipped: list[Skipped] = []
    for number, block in enumerate(article.blocks):
        for part, joins in _parts(block):
            if not is_speakable(part.text):
                skipped.append(Skipped(part.text.strip(), "no letter or digit", block.line))
                continue
            segments.append(
                Segment(
                    index=len(segments),
                    block=number,
                    kind=block.kind,
                    language=part.language,
                    written=part.text.strip(),
                    spoken=speak(part.text.strip(), part.language).text,
                    line=block.line,
                    joins_previous=joins,
                )
            )
    if all(segment.kind in _HEAD for segment in segments):
        raise ArticleError(
            f"{article.path.name}: the article has no text to read",
            hint="write its text below the front matter",
        )
    return Script(tuple(segments), tuple(skipped))


_HEAD = frozenset({BlockKind.KICKER, BlockKind.HEADLINE, BlockKind.BYLINE})


def is_speakable(text: str) -> bool:
    """Whether there is a letter or a digit in `text`."""
    return any(map(str.isalnum, text))


def _parts(block: Block) -> Iterator[tuple[Span, bool]]:
    """The block's sentences, each cut where its language changes; with whether it goes on with the one before."""
    rest = list(block.spans)
    for sentence in split_sentences(block.text, block.language):
        taken: list[Span] = []
        wanted = len(sentence)
        while wanted:
            head = Span(rest[0].text[:wanted], rest[0].language)
            taken.append(head)
            wanted -= len(head.text)
            left = rest[0].text[len(head.text) :]
            rest[:1] = [Span(left, rest[0].language)] if left else []
        for place, part in enumerate(_with_marks(taken)):
            yield part, place > 0


def _with_marks(spans: list[Span]) -> list[Span]:
    """`spans` with those that hold no word, such as a closing bracket, made part of their neighbour."""
    merged: list[Span] = []
    for span in spans:
        if merged and (not is_speakable(span.text) or not is_speakable(merged[-1].text)):
            language = merged[-1].language if is_speakable(merged[-1].text) else span.language
            merged[-1] = Span(merged[-1].text + span.text, language)
        else:
            merged.append(span)
    return merged
