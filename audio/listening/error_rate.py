"""How much of what an article says was heard: wrong words by segment and by article."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from articles.segments import Segment
from audio.listening.align import Stretch, align, unlikeness
from audio.listening.sounds import Ear, ear_for
from audio.listening.words import Words, heard_forms, said_forms

ANOTHER_TEXT = 0.6
"""How unlike its text a segment sounds at least when another one is said in its place. In the example issue (138
segments) the worst that is well read lies at 0.43, sentences replaced by others at 0.75 and more."""

_TELLING_WORDS = 4


@dataclass(frozen=True, slots=True)
class HeardSegment:
    """A segment, its words as said and as heard, and how many are wrong.

    `wrong` counts words changed, left out and put in, so that it may exceed the number said; `unlike` tells from
    0 to 1 how different the sounds are: a name misspelt by the recogniser stays low, another sentence is high.
    `start_s` is where in the episode it begins.
    """

    segment: Segment
    start_s: float
    said: Words
    heard: Words
    wrong: int
    unlike: float

    @property
    def rate(self) -> float:
        """Wrong words for each word said; 0 where none is."""
        return self.wrong / len(self.said) if self.said else 0.0

    @property
    def is_another_text(self) -> bool:
        """Whether so little of the text was heard that it was hardly said; a recogniser mishears less than that.

        Of two or three words it may: "Should she?" was once heard as "Chichi".
        """
        return self.unlike > ANOTHER_TEXT and len(self.said) >= _TELLING_WORDS


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """What was heard of an article, segment by segment."""

    segments: tuple[HeardSegment, ...]

    @property
    def words(self) -> int:
        """How many words are said in it."""
        return sum(len(each.said) for each in self.segments)

    @property
    def wrong(self) -> int:
        """How many of them are wrong."""
        return sum(each.wrong for each in self.segments)

    @property
    def rate(self) -> float:
        """The word error rate: wrong words for each word said; 0 where nothing is said."""
        return self.wrong / self.words if self.words else 0.0

    def worst(self, count: int) -> tuple[HeardSegment, ...]:
        """Of the segments with wrong words, the `count` that sound least like their text, the unlikest first."""
        wrong = [each for each in self.segments if each.wrong]
        return tuple(sorted(wrong, key=lambda each: (-each.unlike, -each.wrong, each.start_s))[:count])

    def in_language(self, language: str) -> "ErrorRate":
        """The part that is said in one language (`fr` also for what is marked `fr-CH`)."""
        primary = language.partition("-")[0]
        return ErrorRate(tuple(each for each in self.segments if each.segment.language.partition("-")[0] == primary))


def compare(
    segments: Sequence[Segment], starts_s: Sequence[float], heard: str, locale: str
) -> tuple[HeardSegment, ...]:
    """The segments of a passage against what was heard of it.

    Both sides can be written in several ways (numbers, abbreviations, the lexicon's respellings): for each segment
    the ways that agree best count.
    """
    ear = ear_for(locale)
    forms = [said_forms(segment, locale) for segment in segments]
    candidates: list[list[HeardSegment]] = [[] for _ in segments]
    for way, words in product(range(2), heard_forms(heard, locale)):
        said = [form[min(way, len(form) - 1)] if form else () for form in forms]
        for number, (place, wrong) in enumerate(_by_segment(said, words, ear)):
            unlike = unlikeness(said[number], place, ear) if wrong else 0.0
            one = HeardSegment(segments[number], starts_s[number], said[number], place, wrong, unlike)
            candidates[number].append(one)
    return tuple(min(each, key=closeness) for each in candidates)


def closeness(heard: HeardSegment) -> tuple[int, float]:
    """A key that puts the hearing nearest to the text first."""
    return heard.wrong, heard.unlike


def _by_segment(said: Sequence[Words], heard: Words, ear: Ear) -> list[tuple[Words, int]]:
    """For each segment the words heard in its place, and how many are wrong.

    Words put in between two segments belong to the first of them.
    """
    owners = [number for number, words in enumerate(said) for _ in words]
    places: list[list[str]] = [[] for _ in said]
    wrong = [0] * len(said)
    for stretch in align(tuple(word for words in said for word in words), heard, ear):
        owner = _owner(owners, stretch)
        places[owner] += stretch.heard
        wrong[owner] += stretch.wrong
    return [(tuple(place), count) for place, count in zip(places, wrong, strict=True)]


def _owner(owners: Sequence[int], stretch: Stretch) -> int:
    if not owners:
        return 0
    return owners[min(stretch.first, len(owners) - 1) if stretch.last > stretch.first else max(stretch.first - 1, 0)]
