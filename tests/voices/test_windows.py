"""Decoding window by window: nothing lost, nothing doubled, and the same sound."""

import numpy as np
import pytest

from voices.windows import in_windows

SAMPLES_PER_FRAME = 4
REACH = 3


def smeared(frames: np.ndarray) -> np.ndarray:
    """A decoder by hand: each frame becomes four samples that depend on three frames on either side."""
    padded = np.pad(frames[0, 0], REACH)
    sums = np.convolve(padded, np.arange(1, 2 * REACH + 2, dtype=np.float32), mode="valid")
    return np.repeat(sums, 4).astype(np.float32)


def noise(count: int) -> np.ndarray:
    """Whole numbers, so that sums are exact."""
    return np.random.default_rng(count).integers(-9, 9, (1, 1, count)).astype(np.float32)


@pytest.mark.parametrize("count", [1, 2, 9, 10, 11, 29, 100])
@pytest.mark.parametrize("window", [1, 4, 10])
def test_windows_give_the_sound_of_the_whole(count: int, window: int) -> None:
    """Of any length and in windows of any size, the samples are those of one piece."""
    frames = noise(count)
    whole = smeared(frames)
    assert np.array_equal(in_windows(frames, REACH, smeared, window), whole)


def test_a_window_too_narrow_would_be_heard() -> None:
    """The reach matters: with less of it the sound is another one at the seams."""
    frames = noise(40)
    assert not np.array_equal(in_windows(frames, REACH - 1, smeared, 10), smeared(frames))


def test_no_window_is_larger_than_it_may_be() -> None:
    """However long the frames, what is decoded at once is one window and its reach on both sides."""
    sizes = []

    def run(window: np.ndarray) -> np.ndarray:
        sizes.append(window.shape[-1])
        return smeared(window)

    in_windows(noise(1_000), REACH, run, 50)
    assert max(sizes) <= 50 + 2 * REACH
    assert len(sizes) == 20


def test_an_unknown_reach_means_one_piece() -> None:
    """A decoder whose reach could not be told is run as a whole."""
    sizes = []

    def run(window: np.ndarray) -> np.ndarray:
        sizes.append(window.shape[-1])
        return smeared(window)

    assert len(in_windows(noise(500), None, run, 50)) == 2_000
    assert sizes == [500]
