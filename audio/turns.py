"""Where an article turns from one language to another: not a borrowed word, but a block."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from articles.issue import BlockKind
from audio.timeline import OPENING, Spoken


def language_turns(takes: Sequence[Spoken]) -> frozenset[int]:
    """The places in `takes` before which the language turns: each is a block's first take that is heard.

    A block is in the language that most of it is said in. There is no turn before a headline, a standfirst or
    another part of the opening, nor to or from an item of a list.
    """
    return frozenset(after.place for before, after in pairwise(_blocks(takes)) if _is_turn(before, after))


@dataclass(frozen=True, slots=True)
class _Block:
    place: int
    kind: BlockKind
    language: str


def _blocks(takes: Sequence[Spoken]) -> Iterator[_Block]:
    """The blocks that are heard, in order; `place` is that of the first take that is."""
    heard = ((place, each) for place, each in enumerate(takes) if each.samples)
    for _, group in groupby(heard, key=lambda item: item[1].take.segment.block):
        said = tuple(group)
        languages: Counter[str] = Counter()
        for _, each in said:
            languages[each.take.segment.language] += each.samples
        place, first = said[0]
        yield _Block(place, first.take.segment.kind, languages.most_common(1)[0][0])


def _is_turn(before: _Block, after: _Block) -> bool:
    if BlockKind.LIST_ITEM in (before.kind, after.kind) or after.kind in OPENING:
        return False
    return before.language != after.language
