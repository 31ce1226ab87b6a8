"""A reading: an episode's text as it was written, and when each word of it is heard.

Transcripts, the listening page and the EPUB are made from it, so that all of them agree with the sound.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from articles.issue import BlockKind
from articles.policy import announcement
from articles.segments import Segment
from audio.timeline import PlacedSpeech
from feeds.word_times import Heard, Piece, estimated_times, heard_times, pieces_of, plain_pieces
from voices.clip_file import Timing
from voices.clips import ClipStore

READING_FORMAT: Final = 1
"""Raised when the same takes give other words or times than the last release did: readings are then made anew."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or what is said as one: a number with its unit, a date.

    `text` is the part [start, end) of its sentence's `written`; it is heard from `start_s` to `end_s`, in seconds
    from the beginning of the episode.
    """

    text: str
    start_s: float
    end_s: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One take: a sentence, or the part of one that is in another language.

    `written` is the editor's text; in an announcement ("Caption:"), which nobody wrote, it is what is said. `lead` is
    the white space between the sentence before it in the paragraph and this one. `voice` is the voice's name.
    `joins_previous` marks a part of the sentence that the one before it began. `estimated` says that the voice gave
    no times, and that those of the words are worked out from their length.
    """

    written: str
    language: str
    voice: str
    start_s: float
    end_s: float
    words: tuple[Word, ...]
    lead: str = ""
    joins_previous: bool = False
    announcement: bool = False
    estimated: bool = False

    def parts(self) -> Iterator[str | Word]:
        """The words, and as plain strings what stands between them: joined, they are `written`."""
        reached = 0
        for word in self.words:
            if word.start > reached:
                yield self.written[reached : word.start]
            yield word
            reached = word.end
        if reached < len(self.written):
            yield self.written[reached:]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block that is heard; `language` is the one that most of it is in.

    `ident` marks what stands in no article and is said around it, such as the publication's name.
    """

    kind: BlockKind
    language: str
    sentences: tuple[Sentence, ...]
    ident: bool = False

    @property
    def text(self) -> str:
        """The paragraph as printed, with what is announced before it."""
        return "".join(sentence.lead + sentence.written for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Reading:
    """An episode's paragraphs in the order in which they are heard; it lasts `seconds` and is in `language`."""

    paragraphs: tuple[Paragraph, ...]
    seconds: float
    language: str

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence, in order."""
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph.sentences)

    @property
    def estimated(self) -> bool:
        """Whether any word's time is an estimate."""
        return any(sentence.estimated for sentence in self.sentences)


def reading_of(
    speech: Sequence[PlacedSpeech], sample_rate: int, store: ClipStore, *, language: str, seconds: float
) -> Reading:
    """The reading of an episode whose takes lie at `speech`, in samples at `sample_rate` Hz.

    `language` is the article's, `seconds` the episode's length. Word times are the voice's own, from the clips; where
    a clip has none, or is no longer in the store, they are estimated. What was skipped is not in it.
    """
    paragraphs = []
    for (_, ident, _), block in groupby(speech, key=lambda each: (each.part, each.ident, each.take.segment.block)):
        sentences: list[Sentence] = []
        for placed in block:
            before = sentences[-1] if sentences else None
            sentences.append(_sentence(placed, sample_rate, store.timing(placed.take.key), before))
        kind = placed.take.segment.kind
        paragraphs.append(Paragraph(kind, _main_language(sentences), tuple(sentences), ident))
    return Reading(tuple(paragraphs), round(seconds, 3), language)


def _sentence(placed: PlacedSpeech, sample_rate: int, clip: Timing | None, before: Sentence | None) -> Sentence:
    segment = placed.take.segment
    announced = not segment.written
    written = announcement(segment.kind, segment.language) if announced else segment.written
    pieces = plain_pieces(written) if announced else pieces_of(segment.words, written)
    times = heard_times(placed, sample_rate, clip, pieces)
    return Sentence(
        written=written,
        language=segment.language,
        voice=placed.take.voice,
        start_s=_seconds(placed.start, sample_rate),
        end_s=_seconds(placed.end, sample_rate),
        words=tuple(_words(written, pieces, times or estimated_times(placed, pieces), sample_rate)),
        lead=_lead(before.written, written, segment) if before else "",
        joins_previous=segment.joins_previous and before is not None,
        announcement=announced,
        estimated=times is None,
    )


def _words(written: str, pieces: Sequence[Piece], times: Sequence[Heard], sample_rate: int) -> Iterator[Word]:
    for piece, (start, end) in zip(pieces, times, strict=True):
        text = written[piece.start : piece.end]
        yield Word(text, _seconds(start, sample_rate), _seconds(end, sample_rate), piece.start, piece.end)


def _seconds(samples: int, sample_rate: int) -> float:
    return round(samples / sample_rate, 3)


def _main_language(sentences: Sequence[Sentence]) -> str:
    """The language of the most characters; of the announcement only where there is nothing else."""
    characters: dict[str, int] = {}
    for sentence in sentences:
        length = 0 if sentence.announcement else len(sentence.written)
        characters[sentence.language] = characters.get(sentence.language, 0) + length
    return max(characters, key=lambda language: characters[language])


_OPENING = "’'([{«“‘-/\u00a0\u202f"
_CLOSING = ".,;:!?)]}»”’…/\u00a0\u202f"


def _lead(before: str, written: str, segment: Segment) -> str:
    """The space that was cut off between two segments: none inside a word group such as `l’Economist`."""
    hyphenated = written[0] == "-" and written[1:2].isalnum()
    inside = before[-1] in _OPENING or written[0] in _CLOSING or hyphenated
    return "" if segment.joins_previous and inside else " "
