"""The decoder of a real voice, stage by stage and window by window."""

from collections.abc import Callable

import numpy as np
import pytest

from voices import decoder
from voices.catalogue import Role
from voices.decoder import Decoder
from voices.graph import Session
from voices.graph_store import open_model
from voices.load import LoadableVoice
from voices.piper import RECIPE


@pytest.fixture(scope="module")
def stages(real_voice: Callable[[str], LoadableVoice]) -> tuple[Session, ...]:
    """What a medium voice's decoder is cut into."""
    voice = real_voice("en_US-joe-medium")
    _, *parts = open_model(dict(voice.files)[Role.MODEL], dict(voice.sha256s)[Role.MODEL], RECIPE)
    return tuple(parts)


@pytest.mark.real_voice
@pytest.mark.parametrize("count", [1, 100, 900])
def test_windows_cannot_be_told_from_the_whole(stages: tuple[Session, ...], count: int) -> None:
    """What a medium voice's decoder gives in windows differs from what it gives at once by less than 80 dB of it."""
    frames = np.random.default_rng(count).standard_normal((1, 192, count), dtype=np.float32)
    whole = frames
    for stage in stages:
        (name,) = stage.input_shapes
        whole = stage.run({name: whole})[0]
    whole = whole.reshape(-1).astype(np.float64)
    noise = Decoder(*stages).run(frames, []) - whole  # none on most processors; another kernel may sum in another order
    assert len(whole) == count * 256
    assert np.sqrt(np.mean(noise**2)) < np.sqrt(np.mean(whole**2)) / 10_000


@pytest.mark.real_voice
def test_what_is_decoded_at_once_does_not_grow(stages: tuple[Session, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every one of the three stages knows its reach, and takes in a window and that much on either side at the most."""
    run, longest = Session.run, [0, 0, 0]

    def measured(self: Session, inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
        (sequence,) = inputs.values()
        place = stages.index(self)
        longest[place] = max(longest[place], sequence.shape[-1])
        return run(self, inputs)

    monkeypatch.setattr(Session, "run", measured)
    Decoder(*stages).run(np.zeros((1, 192, 2_000), dtype=np.float32), [])
    reach_of_all = int(stages[0].notes[decoder.REACH_OF_ALL])
    later = [decoder.WINDOW_LATER + 2 * int(stage.notes[decoder.REACH]) for stage in stages[1:]]
    assert longest[0] <= decoder.WINDOW_FRAMES + 2 * reach_of_all
    assert [low <= high for low, high in zip(longest[1:], later, strict=True)] == [True, True]
