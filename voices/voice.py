"""What a voice is, and what it hands over: a clip."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from articles.errors import ArticleError


@dataclass(frozen=True, slots=True)
class WordTime:
    """When one spoken word is heard: samples from the clip's start, at the clip's own rate; `end` is exclusive."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """One segment as spoken: mono 16-bit PCM of shape (samples,), its rate in Hz, and its word times in order."""

    pcm: NDArray[np.int16]
    sample_rate: int
    words: tuple[WordTime, ...] = ()

    @property
    def seconds(self) -> float:
        """The clip's length in seconds."""
        return len(self.pcm) / self.sample_rate


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a voice is asked to speak: `speed` 1.0 is the voice's own pace, 1.2 a fifth faster."""

    speed: float = 1.0


class SpeechError(ArticleError):
    """A voice cannot say a text."""


def to_pcm(audio: NDArray[np.float32]) -> NDArray[np.int16]:
    """Audio in [-1, 1] of any shape as 16-bit PCM of shape (samples,); what is beyond full scale is clipped."""
    return np.rint(np.clip(audio.reshape(-1), -1.0, 1.0) * np.iinfo(np.int16).max).astype(np.int16)


class Voice(Protocol):
    """Something that can say a text.

    `identity` names everything about the voice that changes its sound (engine, format version, file hashes);
    it becomes part of every clip's key.
    """

    name: str
    language: str
    sample_rate: int
    identity: str

    def speak(self, text: str, delivery: Delivery, seed: int) -> Clip:
        """The clip for `text`: the same arguments give the same samples. Raises SpeechError when it cannot be said."""
        ...

    def phonemes(self, text: str) -> str:
        """What the voice reads for `text`, in IPA."""
        ...
