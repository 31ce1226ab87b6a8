"""Chapters: an episode's are its headline and headings, a programme's its parts."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from articles.issue import BlockKind
from audio.timeline import Chapter, PlacedSpeech
from audio.titles import title_of


def episode_chapters(title: str, speech: Sequence[PlacedSpeech]) -> tuple[Chapter, ...]:
    """The headline, from the first sample on so that no moment is without a chapter, then every heading.

    The first is called `title` where no headline is said.
    """
    article = tuple(placed for placed in speech if not placed.ident)
    headlines = [said for kind, said, _ in _titled(article) if kind is BlockKind.HEADLINE]
    first = (*headlines, title)[0]
    headings = tuple(Chapter(said, start) for kind, said, start in _titled(article) if kind is BlockKind.HEADING)
    return _rising((Chapter(first, 0), *headings) if first else headings)


def programme_chapters(titles: Sequence[str], starts: Sequence[int]) -> tuple[Chapter, ...]:
    """One for every part, from the music before it on; the first from the first sample on."""
    return _rising([Chapter(title, start) for title, start in zip(titles, (0, *starts[1:]), strict=True)])


def _titled(speech: Sequence[PlacedSpeech]) -> Iterator[tuple[BlockKind, str, int]]:
    """Every block's kind, title and start."""
    for _, group in groupby(speech, key=lambda placed: placed.take.segment.block):
        block = tuple(group)
        yield block[0].take.segment.kind, title_of(tuple(placed.take.segment for placed in block)), block[0].start


def _rising(chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """Without those that start no later than the one before them: a heading that turned out silent."""
    kept: list[Chapter] = []
    for chapter in chapters:
        if not kept or chapter.start > kept[-1].start:
            kept.append(chapter)
    return tuple(kept)
