"""When the parts of a written sentence are heard: spoken words led back to what they stand for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from articles.speech import SpokenWord
from audio.timeline import PlacedSpeech
from voices.clip_file import Timing

Heard = tuple[int, int]
"""Samples [start, end) of the episode."""

_WORD: Final = re.compile(r"\S*[^\W_]\S*")


@dataclass(frozen=True, slots=True)
class Piece:
    """The part [start, end) of a written text that the spoken words [first, last) stand for together.

    `weight` is how many characters are spoken for it.
    """

    start: int
    end: int
    first: int
    last: int
    weight: int


def pieces_of(words: Sequence[SpokenWord], written: str) -> tuple[Piece, ...]:
    """The written text's parts in order, apart from each other; every spoken word belongs to one.

    Spoken words that stand for the same part, or for parts that overlap or come in another order than they are said
    ("€12" is read as twelve euros), are one piece. White space at a part's ends is left out.
    """
    pieces: list[Piece] = []
    for number, word in enumerate(words):
        piece = Piece(*_trimmed(word.start, word.end, written), number, number + 1, len(word.text))
        while pieces and _belong_together(pieces[-1], piece):
            piece = _merged(pieces.pop(), piece)
        pieces.append(piece)
    return tuple(pieces)


def plain_pieces(text: str) -> tuple[Piece, ...]:
    """The parts of a text that is said as it stands: a piece for each word that holds a letter or a digit."""
    return tuple(
        Piece(match.start(), match.end(), number, number + 1, len(match[0]))
        for number, match in enumerate(_WORD.finditer(text))
    )


def heard_times(
    placed: PlacedSpeech, sample_rate: int, clip: Timing | None, pieces: Sequence[Piece]
) -> tuple[Heard, ...] | None:
    """When each piece is heard, by the clip's own word times; None where it has none that fit."""
    if clip is None or not pieces or len(clip.words) != pieces[-1].last:
        return None

    def at(sample: int) -> int:
        moment = placed.start - placed.skipped + round(sample * sample_rate / clip.sample_rate)
        return min(max(moment, placed.start), placed.end)

    spans = ((clip.words[piece.first].start, clip.words[piece.last - 1].end) for piece in pieces)
    return tuple((at(start), at(end)) for start, end in spans)


def estimated_times(placed: PlacedSpeech, pieces: Sequence[Piece]) -> tuple[Heard, ...]:
    """When each piece may be heard: the speech shared out by the characters that are spoken for each."""
    whole = sum(piece.weight + 1 for piece in pieces)
    samples = placed.end - placed.start
    times, reached = [], 0
    for piece in pieces:
        start = placed.start + samples * reached // whole
        reached += piece.weight + 1
        times.append((start, placed.start + samples * reached // whole))
    return tuple(times)


def _trimmed(start: int, end: int, written: str) -> tuple[int, int]:
    while start < end and written[start].isspace():
        start += 1
    while end > start and written[end - 1].isspace():
        end -= 1
    return start, end


def _belong_together(before: Piece, after: Piece) -> bool:
    # A word that stands for nothing written belongs to its neighbour.
    return after.start < before.end or before.start == before.end or after.start == after.end


def _merged(one: Piece, two: Piece) -> Piece:
    spans = [(piece.start, piece.end) for piece in (one, two) if piece.start < piece.end] or [(one.start, one.end)]
    start, end = min(low for low, _ in spans), max(high for _, high in spans)
    return Piece(start, end, one.first, two.last, one.weight + two.weight)
