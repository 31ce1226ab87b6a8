"""What was said and what was heard, word beside word; the only file that imports rapidfuzz."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from audio.listening.sounds import Ear, runs_alike
from audio.listening.words import Words


@dataclass(frozen=True, slots=True)
class Stretch:
    """Said words [first, last), the words heard in their place, and how many of them are wrong.

    `wrong` is the fewest words to change, leave out or put in, as in every word error rate.
    """

    first: int
    last: int
    heard: Words
    wrong: int


def align(said: Words, heard: Words, ear: Ear) -> tuple[Stretch, ...]:
    """All of both in order, with as few wrong words as can be; words that sound alike are the same."""
    keys = [[ear(word) for word in words] for words in (said, heard)]
    return tuple(_stretches(said, heard, _runs(*keys), ear))


def unlikeness(said: Words, heard: Words, ear: Ear) -> float:
    """How different the sounds are, from 0 to 1: low for a misspelt name, high for another sentence."""
    return float(Levenshtein.normalized_distance(ear(" ".join(said)), ear(" ".join(heard))))


def _runs(said: Sequence[str], heard: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Runs of words in both, [a, b) and [c, d), by turns equal and not."""
    unequal: tuple[int, int, int, int] | None = None
    for step in Levenshtein.opcodes(said, heard):
        a, b, c, d = step.src_start, step.src_end, step.dest_start, step.dest_end
        if step.tag != "equal":
            unequal = (unequal[0], b, unequal[2], d) if unequal else (a, b, c, d)
            continue
        if unequal:
            yield False, *unequal
            unequal = None
        yield True, a, b, c, d
    if unequal:
        yield False, *unequal


def _stretches(
    said: Words, heard: Words, runs: Iterator[tuple[bool, int, int, int, int]], ear: Ear
) -> Iterator[Stretch]:
    for equal, a, b, c, d in runs:
        if equal:
            yield from (Stretch(a + step, a + step + 1, heard[c + step : c + step + 1], 0) for step in range(b - a))
        else:
            yield from _unequal(said[a:b], heard[c:d], a, ear)


def _unequal(said: Words, heard: Words, first: int, ear: Ear) -> Iterator[Stretch]:
    """Words that differ, cut where some of them sound alike though they are written together or apart."""
    if alike := runs_alike(said, heard, ear):
        a, b, c, d = alike
        yield from _unequal(said[:a], heard[:c], first, ear)
        yield Stretch(first + a, first + b, heard[c:d], 0)
        yield from _unequal(said[b:], heard[d:], first + b, ear)
        return
    pairs = min(len(said), len(heard))
    yield from (Stretch(first + each, first + each + 1, heard[each : each + 1], 1) for each in range(pairs))
    yield from (Stretch(first + each, first + each + 1, (), 1) for each in range(pairs, len(said)))
    if surplus := heard[pairs:]:
        yield Stretch(first + len(said), first + len(said), surplus, len(surplus))
