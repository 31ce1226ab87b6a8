"""Word times from phoneme times."""

from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher

from articles.speech.markup import spoken_words
from voices.voice import WordTime

_UNSPOKEN = frozenset(" .,;:!?…—()\"“”«»'ˈˌː-")
"""Symbols that tell nothing about which word a phoneme belongs to: pauses, and marks of stress and length."""


def time_words(
    text: str,
    phonemes: Sequence[str],
    bounds: Sequence[int],
    say_alone: Callable[[str], Iterable[str]],
) -> tuple[WordTime, ...]:
    """When each word of `text` is heard, in order, given the bounds of each phoneme.

    `bounds` has one number more than `phonemes`: phoneme i is heard from bounds[i] to bounds[i + 1], in samples from
    the clip's start.

    espeak runs words together ("of the" is one) and splits others, so that its spaces cannot be counted. Instead each
    word is said alone, and these phonemes are aligned with those of the sentence: a phoneme belongs to the word that
    it matches, an unmatched one to its neighbour's word. A word that left no phoneme of its own gets an empty time at
    its place.
    """
    words = spoken_words(text)
    owners = _owners(words, phonemes, say_alone)
    times = []
    reached = bounds[0]
    for number, word in enumerate(words):
        own = [place for place, owner in enumerate(owners) if owner == number]
        start, end = (bounds[own[0]], bounds[own[-1] + 1]) if own else (reached, reached)
        times.append(WordTime(word, max(start, reached), max(end, reached)))
        reached = times[-1].end
    return tuple(times)


def _owners(
    words: Sequence[str], phonemes: Sequence[str], say_alone: Callable[[str], Iterable[str]]
) -> list[int | None]:
    """For each phoneme the number of its word, or None for pauses and marks at the edges of words."""
    alone = [
        (symbol, number) for number, word in enumerate(words) for symbol in say_alone(word) if symbol not in _UNSPOKEN
    ]
    heard = [(place, symbol) for place, symbol in enumerate(phonemes) if symbol not in _UNSPOKEN]
    matcher = SequenceMatcher(None, [s for _, s in heard], [s for s, _ in alone], autojunk=False)
    owner_of_heard: list[int | None] = [None] * len(heard)
    for _, first, last, start, end in matcher.get_opcodes():
        # What does not match lies between what does, in the same order: its share of the words there.
        for place in range(first, last if end > start else first):
            owner_of_heard[place] = alone[start + (place - first) * (end - start) // (last - first)][1]
    _fill(owner_of_heard)
    owners: list[int | None] = [None] * len(phonemes)
    for (place, _), owner in zip(heard, owner_of_heard, strict=True):
        owners[place] = owner
    return owners


def _fill(owners: list[int | None]) -> None:
    """Give every unmatched phoneme its left neighbour's word, or at the beginning its right neighbour's."""
    last: int | None = None
    for place, owner in enumerate(owners):
        last = owner if owner is not None else last
        owners[place] = last
    first = next((owner for owner in owners if owner is not None), None)
    for place, owner in enumerate(owners):
        if owner is not None:
            break
        owners[place] = first
