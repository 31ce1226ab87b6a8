from collections.abc import Callable

import numpy as np
import pytest

from audio.trim import soft_edges, sound_bounds

RATE = 44_100


def bounds(pcm: np.ndarray) -> tuple[int, int]:
    return sound_bounds(pcm.astype(np.float32), RATE, below_loudest_db=50, before_ms=15, after_ms=30)


def silence(seconds: float) -> np.ndarray:
    return np.zeros(round(seconds * RATE), dtype=np.float32)


@pytest.mark.parametrize("amplitude", [0.9, 0.01])
def test_silence_at_both_ends_goes_whatever_the_level(tone: Callable[..., np.ndarray], amplitude: float) -> None:
    """What is left begins 15 to 20 ms before the sound and ends 30 to 35 ms after it, loud or soft."""
    hiss = np.random.default_rng(1).normal(0, amplitude * 1e-4, 2 * RATE).astype(np.float32)
    pcm = hiss + np.concatenate([silence(0.3), tone(1.0, amplitude), silence(0.7)])
    first, last = bounds(pcm)
    assert 0.280 * RATE <= first <= 0.285 * RATE
    assert 1.330 * RATE <= last <= 1.335 * RATE


def test_a_soft_last_consonant_is_kept(tone: Callable[..., np.ndarray]) -> None:
    """An f at the end of a sentence, 42 dB under the vowel before it, belongs to the speech."""
    consonant = np.random.default_rng(2).normal(0, 10 ** (-42 / 20) * 0.5 / np.sqrt(2), round(0.12 * RATE))
    first, last = bounds(np.concatenate([silence(0.2), tone(0.5, 0.5), consonant, silence(0.4)]))
    assert first < 0.2 * RATE
    assert last >= 0.82 * RATE


def test_a_clip_without_silence_is_kept_whole(tone: Callable[..., np.ndarray]) -> None:
    """Nothing is cut where there is nothing to cut, and no more is kept than there is."""
    assert bounds(tone(0.5)) == (0, round(0.5 * RATE))


def test_silence_has_no_bounds() -> None:
    """A silent clip, or one of a single dithered bit, is nothing; so is an empty one."""
    assert bounds(silence(1.0)) == (0, 0)
    assert bounds(np.full(RATE, 1 / 32768)) == (0, 0)
    assert bounds(silence(0)) == (0, 0)


def test_a_cut_does_not_click(tone: Callable[..., np.ndarray]) -> None:
    """After a cut in the middle of a tone the ends are silent and no step is larger than the tone's own."""
    cut = tone(1.0, 0.5)[1000:30_025]
    soft = soft_edges(cut, RATE, in_ms=4, out_ms=12)
    assert abs(soft[0]) < 0.001
    assert abs(soft[-1]) < 0.001
    assert np.abs(np.diff(soft)).max() <= np.abs(np.diff(cut)).max() * 1.01
    untouched = slice(int(0.004 * RATE), len(cut) - int(0.012 * RATE))
    assert np.array_equal(soft[untouched], cut[untouched])


@pytest.mark.parametrize("samples", [0, 1, 50])
def test_the_shortest_sounds_get_edges_too(samples: int) -> None:
    """A sound shorter than the edges keeps its length."""
    assert len(soft_edges(np.ones(samples, dtype=np.float32), RATE, in_ms=4, out_ms=12)) == samples
