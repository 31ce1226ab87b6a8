from collections.abc import Callable

import numpy as np

from audio.encode.dither import sixteen_bits


def whole(*blocks: np.ndarray) -> np.ndarray:
    return np.concatenate(list(sixteen_bits(blocks))).astype(np.float64)


def test_a_tone_below_the_last_bit_is_still_there(tone: Callable[..., np.ndarray]) -> None:
    """Rounded, a tone of 0.4 steps would be gone; dithered, it comes out at its own level, without overtones."""
    quiet = tone(4.0, 0.4 / 32767, 441.0)[:, None]
    assert not np.rint(quiet * 32767).any()
    spectrum = np.abs(np.fft.rfft(whole(quiet)[:, 0])) / (len(quiet) / 2)
    assert abs(spectrum[4 * 441] - 0.4) < 0.03
    assert spectrum[8 * 441 : 40 * 441 : 4 * 441].max() < 0.03


def test_its_noise_does_not_follow_the_sound() -> None:
    """The error has the same strength, half a step, at every level: that is what triangular dither is for."""
    for level in (0.0, 0.25, 0.5, 1000.3):
        error = whole(np.full((50_000, 1), level / 32767, dtype=np.float32))[:, 0] - level
        assert abs(error.mean()) < 0.01
        assert abs(error.std() - 0.5) < 0.01


def test_it_is_the_same_however_the_sound_is_cut(speech: Callable[..., np.ndarray]) -> None:
    """Blocks do not show, with one channel or with two; the two have noises of their own."""
    for channels in (1, 2):
        pcm = np.repeat(speech(1.0, 0.1)[:, None], channels, axis=1)
        assert np.array_equal(whole(pcm), whole(pcm[:777], pcm[777:778], pcm[778:]))
    both = whole(np.zeros((10_000, 2), dtype=np.float32))
    assert abs(np.corrcoef(both.T)[0, 1]) < 0.05


def test_what_is_too_loud_is_clipped_and_does_not_wrap() -> None:
    """Beyond full scale there is full scale: no sample changes its sign."""
    loud = np.array([[1.5], [-1.5], [1.0], [-1.0]], dtype=np.float32)
    assert np.all(np.abs(whole(loud)[:, 0] - [32767, -32768, 32767, -32767]) <= 1)
