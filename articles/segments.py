"""Articles cut into segments: what one voice says in one breath."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from articles.errors import ArticleError
from articles.issue import Article, Block, BlockKind, Span
from articles.language import foreign_language
from articles.lexicon import Lexicon
from articles.policy import Policy, Treatment, announcement, in_reading_order
from articles.sentences import split_long, split_sentences
from articles.speech import Spoken, SpokenWord, speak


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence, or the part of one that is in another language.

    `written` is the editor's text and `spoken` what the voice is given; `words` leads from each spoken word back to
    the part of `written` that it stands for. An announcement ("Caption:") has no written text. `block` counts the
    article's blocks and `index` its segments, both from 0. `joins_previous` marks a part of the sentence that the
    segment before it began: only a breath lies between the two. `reason` says why the language is what it is.
    """

    index: int
    block: int
    kind: BlockKind
    language: str
    written: str
    spoken: str
    line: int
    joins_previous: bool = False
    words: tuple[SpokenWord, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A text that is not read, and the rule that says so."""

    text: str
    rule: str
    line: int


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """How an edition has its articles read: what becomes of each kind of block, and each language's locale.

    `locales` gives, for a language that the edition uses, the locale whose conventions hold (`fr` → `fr-CH`);
    `languages` are those that an unmarked sentence may turn out to be in, `lexicons` say how single words are said.
    """

    policy: Policy = field(default_factory=Policy)
    locales: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    lexicons: Mapping[str, Lexicon] = field(default_factory=dict)

    def speak(self, written: str, language: str) -> Spoken:
        """What is said for `written` in this style."""
        return speak(written, self.locale(language), self.lexicons.get(language))

    def locale(self, language: str) -> str:
        """The locale in which a language is spoken."""
        return self.locales.get(language, language)


@dataclass(frozen=True, slots=True)
class Script:
    """All that an article gives to the voices, in reading order, and what it does not.

    Every character of the article that is not white space is in one segment's written text or in one skipped text.
    """

    segments: tuple[Segment, ...]
    skipped: tuple[Skipped, ...] = ()

    @property
    def characters_spoken(self) -> int:
        """How many of the article's characters are read; white space does not count."""
        return sum(count_characters(segment.written) for segment in self.segments)

    @property
    def characters_skipped(self) -> int:
        """How many of them are not."""
        return sum(count_characters(skipped.text) for skipped in self.skipped)


def write_script(article: Article, style: HouseStyle = HouseStyle()) -> Script:
    """The article's script. Raises ArticleError when there is no word to read in it below the headline."""
    policy = style.policy.over(dict(article.reading))
    segments: list[Segment] = []
    skipped: list[Skipped] = []
    announced: tuple[BlockKind, int] | None = None
    for number, block in in_reading_order(article, policy):
        treatment, rule = policy.treatment(block)
        if treatment is Treatment.SKIP:
            skipped.append(Skipped(block.text.strip(), rule, block.line))
            continue
        said = list(_segments(block, style, skipped))
        if treatment is Treatment.ANNOUNCE and said:
            if announced != (block.kind, number - 1) or block.kind not in _RUNS:
                said.insert(0, _announcement(article, block, style))
            announced = (block.kind, number)
        segments += [replace(each, block=number) for each in said]
    if all(segment.kind in _HEAD for segment in segments):
        raise ArticleError(
            f"{article.path.name}: the article has no text to read", hint="write its text below the front matter"
        )
    return Script(tuple(replace(each, index=index) for index, each in enumerate(segments)), tuple(skipped))


ARTICLE, MARKED, MARKED_WORDS = "the article's language", "marked block", "marked words"
"""Why a segment is in its language, when it was not guessed."""

_HEAD = frozenset({BlockKind.KICKER, BlockKind.HEADLINE, BlockKind.BYLINE})
_RUNS = frozenset({BlockKind.TABLE, BlockKind.LIST_ITEM, BlockKind.SIDEBAR, BlockKind.FOOTNOTE, BlockKind.PARAGRAPH})
"""Kinds of which several blocks in a row are one thing to a reader, so that one announcement serves them all."""


def is_speakable(text: str) -> bool:
    """Whether there is a letter or a digit in `text`."""
    return any(map(str.isalnum, text))


def count_characters(text: str) -> int:
    """How many characters `text` has, white space not counted."""
    return sum(not char.isspace() for char in text)


def _announcement(article: Article, block: Block, style: HouseStyle) -> Segment:
    text = announcement(block.kind, article.language)
    spoken = style.speak(text, article.language).text
    return Segment(
        0, 0, block.kind, article.language, "", spoken, block.line, reason="announced in the article's language"
    )


def _segments(block: Block, style: HouseStyle, skipped: list[Skipped]) -> Iterator[Segment]:
    """The block's segments; what holds no word is added to `skipped`."""
    for part, joins, reason in _parts(block, style.languages):
        written = part.text.strip()
        if not is_speakable(written):
            if written:
                skipped.append(Skipped(written, "no letter or digit", block.line))
            continue
        spoken = style.speak(written, part.language)
        if not is_speakable(spoken.text):
            skipped.append(Skipped(written, "nothing is left of it when it is spoken", block.line))
            continue
        yield Segment(
            index=0,
            block=0,
            kind=block.kind,
            language=part.language,
            written=written,
            spoken=spoken.text,
            line=block.line,
            joins_previous=joins,
            words=spoken.words,
            reason=reason,
        )


def _parts(block: Block, languages: tuple[str, ...]) -> Iterator[tuple[Span, bool, str]]:
    """The block's sentences, each cut where its language changes.

    With each part goes whether it continues the sentence of the one before, and why its language is what it is.
    """
    number, reached = 0, 0
    for sentence in split_sentences(block.text, block.language):
        taken: list[Span] = []
        wanted = len(sentence)
        while wanted:
            span = block.spans[number]
            head = Span(span.text[reached : reached + wanted], span.language)
            taken.append(head)
            wanted -= len(head.text)
            reached += len(head.text)
            if reached == len(span.text):
                number, reached = number + 1, 0
        spans = _with_marks(taken)
        reason = MARKED if block.marked else ARTICLE
        settled = block.marked or len(spans) > 1 or len(languages) < 2
        foreign = None if settled else foreign_language(sentence, block.language, languages)
        if foreign:
            spans = [Span(sentence, foreign.language)]
            reason = f"reads as {foreign.language} ({foreign.confidence:.0%} sure)"
        parts = (Span(text, span.language) for span in spans for text in split_long(span.text))
        for place, part in enumerate(parts):
            words_marked = not foreign and part.language != block.language
            yield part, place > 0, MARKED_WORDS if words_marked else reason


def _with_marks(spans: list[Span]) -> list[Span]:
    """`spans` with those that hold no word, such as a closing bracket, made part of their neighbour."""
    merged: list[tuple[list[str], str, bool]] = []
    for span in spans:
        has_word = is_speakable(span.text)
        if merged and not (has_word and merged[-1][2]):
            texts, language, had_word = merged.pop()
            texts.append(span.text)
            merged.append((texts, language if had_word else span.language, had_word or has_word))
        else:
            merged.append(([span.text], span.language, has_word))
    return [Span("".join(texts), language) for texts, language, _ in merged]
