"""A soundbite: the few sentences at an article's beginning that say what it is about."""

from typing import Final

from articles.issue import BlockKind
from feeds.reading import Reading, Sentence

# podcastindex.org, "Podcast Namespace", soundbite: between 15 and 120 seconds are recommended.
_SHORTEST_S: Final = 15.0
_LONGEST_S: Final = 120.0

_BODY: Final = (BlockKind.STANDFIRST, BlockKind.PARAGRAPH)


def soundbite_of(reading: Reading) -> tuple[float, float, str] | None:
    """Where it starts, how long it lasts (in seconds) and its first sentence; None for an article without a text.

    It is the standfirst, and as many whole sentences after it as it takes to last a quarter of a minute.
    """
    chosen: list[Sentence] = []
    for paragraph in (each for each in reading.paragraphs if each.kind in _BODY and not each.ident):
        for sentence in paragraph.sentences:
            if chosen and (
                sentence.end_s - chosen[0].start_s > _LONGEST_S or _enough(chosen, sentence, paragraph.kind)
            ):
                return _bite(chosen)
            chosen.append(sentence)
    return _bite(chosen) if chosen else None


def _enough(chosen: list[Sentence], after: Sentence, kind: BlockKind) -> bool:
    """A sentence that began is said to its end, and a standfirst to its."""
    return kind is not BlockKind.STANDFIRST and not after.joins_previous and _lasts(chosen) >= _SHORTEST_S


def _lasts(chosen: list[Sentence]) -> float:
    return chosen[-1].end_s - chosen[0].start_s


def _bite(chosen: list[Sentence]) -> tuple[float, float, str]:
    start = chosen[0].start_s
    text = next((sentence.written for sentence in chosen if not sentence.announcement), chosen[0].written)
    return round(start, 3), round(_lasts(chosen), 3), text
