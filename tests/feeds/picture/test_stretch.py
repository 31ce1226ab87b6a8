from itertools import pairwise

import pytest

from feeds.picture.sheet import LEFT, RIGHT
from feeds.picture.stretch import LONGEST_LINE_S, Stretch, line_seconds, stretches
from tests.drawn import plain_row


def test_all_articles_are_on_one_scale() -> None:
    """The longest article fills its line, and one of half its length half of it."""
    rows = [plain_row(1, 300), plain_row(2, 150), plain_row(0, 5000)]
    line_s = line_seconds(rows)
    assert line_s == 300
    assert stretches(rows[0], line_s)[0].right == pytest.approx(RIGHT)
    assert stretches(rows[1], line_s)[0].right == pytest.approx((LEFT + RIGHT) / 2)


def test_what_is_too_long_goes_on_in_the_next_line() -> None:
    """Three hours are nine lines of 20 minutes without a gap; no row is cut into one line too many."""
    row = plain_row(1, 3 * 3600)
    lines = stretches(row, line_seconds([row]))
    assert len(lines) == 9
    assert [line.start_s for line in lines] == [LONGEST_LINE_S * place for place in range(9)]
    assert all(before.end_s == after.start_s for before, after in pairwise(lines))
    assert [line.is_last for line in lines] == [False] * 8 + [True]
    assert len(stretches(plain_row(1, LONGEST_LINE_S), LONGEST_LINE_S)) == 1


def test_a_programme_is_one_line() -> None:
    """However long, the whole issue is seen at a glance."""
    (line,) = stretches(plain_row(0, 3 * 3600), 300)
    assert (line.start_s, line.end_s, line.right) == (0, 10_800, pytest.approx(RIGHT))


@pytest.mark.parametrize("seconds", [0.4, 7, 95, 1200, 3 * 3600])
def test_times_on_the_axis_are_round_and_apart(seconds: float) -> None:
    """From a jingle to an issue there are at most fourteen of them, in even steps, and never two in one place."""
    ticks = Stretch(plain_row(0, seconds), 0, seconds, max(seconds, 1)).ticks()
    assert 1 <= len(ticks) <= 14
    assert len({round(after - before, 6) for before, after in pairwise(ticks)}) <= 1
    assert ticks[0] == 0


def test_the_bars_cover_the_stretch() -> None:
    """Every moment of a line belongs to one bar, from its beginning to less than a bar before its end."""
    line = Stretch(plain_row(1, 100), 0, 100, 100)
    bars = list(line.bins())
    assert bars[0][1] == 0
    assert all(before[2] == pytest.approx(after[1]) for before, after in pairwise(bars))
    assert bars[-1][2] == pytest.approx(100, abs=0.3)
