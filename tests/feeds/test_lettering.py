import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.lettering import ELLIPSIS, break_lines, fit_lines, kern


def measure(line: str, size: int) -> float:
    """A face whose every letter is as wide as it is high."""
    return len(line) * size


def test_lines_break_at_spaces_only() -> None:
    """Words keep together, a no-break space keeps two of them together, and no letter is lost."""
    lines = break_lines("La Lettre de l’Hôtel de\u00a0Ville", 10, 1, measure)
    assert lines == ("La Lettre", "de l’Hôtel", "de\u00a0Ville")


def test_the_largest_size_that_fits_is_taken() -> None:
    """Size falls until the lines fit both ways, and no further."""
    assert fit_lines("two words", (20, 8), range(9, 0, -1), 1.0, measure) == (4, ("two", "words"))
    assert fit_lines("two words", (20, 3), range(9, 0, -1), 1.0, measure) == (2, ("two words",))


def test_a_long_word_shrinks_the_text() -> None:
    """A word wider than the box at a size cannot be set at it, however much height there is."""
    size, lines = fit_lines("Donaudampfschiff", (32, 99), range(9, 0, -1), 1.0, measure)
    assert (size, lines) == (2, ("Donaudampfschiff",))


def test_what_cannot_fit_is_cut_visibly() -> None:
    """At the smallest size, lines and words that do not fit end in an ellipsis, inside the box."""
    size, lines = fit_lines("aaaa bbbb cccc dddd", (6, 2), range(3, 0, -1), 1.0, measure)
    assert (size, lines) == (1, ("aaaa", "bbbb …"))
    _, lines = fit_lines("x" * 50, (6, 2), range(3, 0, -1), 1.0, measure)
    assert lines == ("xxxxx" + ELLIPSIS,)


@pytest.mark.parametrize("text", ["x" * 5000, "x " * 5000, f"{'x' * 400} " * 20])
def test_a_long_text_is_cut_before_it_is_measured(text: str) -> None:
    """However long a title is: what is drawn of it is found with little measuring, and cut visibly."""
    measured = 0

    def counted(line: str, size: int) -> float:
        nonlocal measured
        measured += len(line)
        return measure(line, size)

    _, lines = fit_lines(text, (2560, 1180), range(900, 79, -10), 1.0, counted)
    assert lines[-1].endswith(ELLIPSIS)
    assert all(measure(line, 80) <= 2560 for line in lines)
    assert measured < 100 * len(text)


@given(st.text("ilW", min_size=1, max_size=60), st.integers(1, 40))
def test_as_much_of_a_line_is_kept_as_fits(text: str, width: int) -> None:
    """One letter more would not fit before the ellipsis."""
    widths = {"i": 1.0, "l": 1.0, "W": 4.0, ELLIPSIS: 3.0}

    def measured(line: str, size: int) -> float:
        return size * sum(widths[char] for char in line)

    _, (line, *_) = fit_lines(text, (width, 1), (1,), 1.0, measured)
    kept = line.removesuffix(ELLIPSIS)
    assert line == text or not kept or measured(line, 1) <= width
    if line.endswith(ELLIPSIS):
        assert measured(text[: len(kept) + 1] + ELLIPSIS, 1) > width


def test_gaping_pairs_close_up() -> None:
    """An o moves under the arm of a T, and ordinary letters stay where they are."""
    assert kern("T", "o") < 0
    assert kern("V", "é") < 0
    assert kern("n", "o") == 0
