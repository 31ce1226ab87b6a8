"""Passages are long enough to be understood, short enough to be heard at once, and in one language each."""

import pytest

from articles.issue import BlockKind
from articles.segments import Segment
from audio.listening.passages import Passage, cut_passages
from audio.timeline import PlacedSpeech
from voices.take import Take

RATE = 1000


def placed(*times: tuple[int, int] | tuple[int, int, str]) -> tuple[PlacedSpeech, ...]:
    """Speech heard in [start, end) milliseconds, English unless told otherwise."""
    return tuple(
        PlacedSpeech(
            Take(Segment(number, 0, BlockKind.PARAGRAPH, (*time, "en")[2], "x", "x", 1), "joe", str(number)),
            time[0],
            time[1],
            0,
        )
        for number, time in enumerate(times)
    )


def shape(passages: tuple[Passage, ...]) -> list[list[int]]:
    return [[each.take.segment.index for each in passage.speech] for passage in passages]


@pytest.mark.parametrize(
    ("times", "runs"),
    [
        ([(0, 4000), (4500, 9000)], [[0, 1]]),
        ([(0, 4000), (4500, 9000), (9500, 9700)], [[0, 1], [2]]),
        ([(0, 4000), (4500, 6000, "fr"), (6500, 7000, "fr"), (7500, 8000)], [[0], [1, 2], [3]]),
        ([(0, 1000), (4000, 5000)], [[0], [1]]),
        ([(0, 30_000), (30_500, 31_000)], [[0], [1]]),
        ([(0, 1000), (1000, 1000, "fr"), (1500, 2000)], [[0, 2]]),
        ([], []),
    ],
    ids=["joined", "full", "languages", "a jingle between", "a long take", "a silent take", "nothing"],
)
def test_speech_is_joined_until_something_parts_it(times: list[tuple[int, int]], runs: list[list[int]]) -> None:
    assert shape(cut_passages(placed(*times), RATE, 9.6)) == runs


def test_a_passage_begins_and_ends_in_the_pauses_around_it() -> None:
    speech = placed((100, 1000), (1100, 2000, "fr"), (4000, 5000))
    first, second, third = cut_passages(speech, RATE, 28.0)
    assert (first.start_s, first.end_s) == pytest.approx((0.0, 1.05))
    assert (second.start_s, second.end_s) == pytest.approx((1.05, 2.25))
    assert (third.start_s, third.end_s) == pytest.approx((3.75, 5.25))


def test_a_passage_with_its_margins_fits_into_what_is_heard_at_once() -> None:
    speech = placed(*((at, at + 900) for at in range(0, 60_000, 1000)))
    assert max(each.end_s - each.start_s for each in cut_passages(speech, RATE, 28.0)) <= 28.0
