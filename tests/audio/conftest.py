"""Sounds with known figures, and takes of them in a clip store."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from articles.issue import BlockKind
from articles.segments import Segment
from voices.clips import ClipStore
from voices.take import Take
from voices.voice import Clip

Pcm = NDArray[np.float32]


@pytest.fixture
def tone() -> Callable[..., Pcm]:
    """A function that gives a sine: its seconds, then its amplitude, pitch and rate."""

    def make(seconds: float, amplitude: float = 0.1, hz: float = 440.0, rate: int = 44_100) -> Pcm:
        time = np.arange(round(seconds * rate)) / rate
        return (amplitude * np.sin(2 * np.pi * hz * time)).astype(np.float32)

    return make


@pytest.fixture
def speech() -> Callable[..., Pcm]:
    """A function that gives pulses and hiss in syllables, with peaks like a voice's; `amplitude` is the highest."""

    def make(seconds: float, amplitude: float = 0.2, rate: int = 22_050, seed: int = 1) -> Pcm:
        time = np.arange(round(seconds * rate)) / rate
        random = np.random.default_rng(seed)
        pitch = random.uniform(100, 200)
        pulses = sum(np.cos(2 * np.pi * pitch * overtone * time) / overtone**0.8 for overtone in range(1, 25))
        sound = (pulses + random.standard_normal(len(time))) * (0.1 + np.sin(np.pi * 2.1 * time) ** 2)
        return (amplitude * sound / np.abs(sound).max()).astype(np.float32)

    return make


class Recorder:
    """Puts sounds into a clip store, and gives the takes that name them, numbered as they come."""

    def __init__(self, root: Path) -> None:
        self.store = ClipStore(root)
        self.takes: list[Take] = []

    def record(
        self,
        pcm: Pcm,
        kind: BlockKind = BlockKind.PARAGRAPH,
        *,
        rate: int = 22_050,
        block: int | None = None,
        language: str = "en",
        voice: str = "joe",
        written: str = "Words.",
        joins_previous: bool = False,
    ) -> Take:
        """The next take: each in a block of its own unless told otherwise."""
        number = len(self.takes)
        key = f"{number:064x}"
        self.store.write(key, Clip(np.round(pcm * 32767).astype(np.int16), rate))
        place = number if block is None else block
        segment = Segment(number, place, kind, language, written, written, number + 1, joins_previous)
        self.takes.append(Take(segment, voice, key))
        return self.takes[-1]


@pytest.fixture
def recorder(tmp_path: Path) -> Recorder:
    """A recorder with a clip store of its own."""
    return Recorder(tmp_path / "clips")
