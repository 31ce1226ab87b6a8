import numpy as np
import pytest

from audio.downmix import is_stereo, to_mono, to_stereo

HALF = 0.5**0.5


@pytest.mark.parametrize(
    ("channels", "left", "right"),
    [
        (1, [1], None),
        (2, [1, 0], [0, 1]),
        (3, [1, 0, HALF], [0, 1, HALF]),
        (4, [1, 0, HALF, 0], [0, 1, 0, HALF]),
        (5, [1, 0, HALF, HALF, 0], [0, 1, HALF, 0, HALF]),
        (6, [1, 0, HALF, 0, HALF, 0], [0, 1, HALF, 0, 0, HALF]),
        (7, [1, 0, HALF, 0, 0.5, HALF, 0], [0, 1, HALF, 0, 0.5, 0, HALF]),
        (8, [1, 0, HALF, 0, HALF, 0, HALF, 0], [0, 1, HALF, 0, 0, HALF, 0, HALF]),
        (12, [1] + [0] * 11, [0, 1] + [0] * 10),
    ],
)
def test_every_channel_goes_where_the_standard_says(channels: int, left: list[float], right: list[float]) -> None:
    """A pulse in one channel at a time shows its share left and right; low frequencies have none."""
    heard = to_stereo(np.eye(channels, dtype=np.float32))
    wanted = np.array([left] if right is None else [left, right]).T
    assert heard == pytest.approx(wanted, abs=1e-6)


def test_mono_is_the_mean() -> None:
    """Two channels alike stay as they are, as one."""
    assert to_mono(np.array([[0.2, 0.2], [0.4, 0.0]], dtype=np.float32)) == pytest.approx(np.array([[0.2], [0.2]]))


def test_two_channels_alike_are_not_stereo() -> None:
    """A copied channel, or one that differs by 60 dB less than it is loud, is mono; one 40 dB apart is stereo."""
    random = np.random.default_rng(1)
    sound, other = random.normal(0, 0.1, (2, 44_100)).astype(np.float32)
    assert not is_stereo(np.stack([sound, sound], axis=1))
    assert not is_stereo(np.stack([sound, sound + other / 1000], axis=1))
    assert is_stereo(np.stack([sound, sound + other / 100], axis=1))
    assert is_stereo(np.stack([sound, 0 * sound], axis=1))
    assert not is_stereo(sound[:, None])
