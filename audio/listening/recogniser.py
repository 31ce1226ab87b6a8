"""A recogniser that runs on this computer; the only file that imports faster_whisper."""

import importlib.metadata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from articles.errors import VivavoceError
from audio.listening.models import Model, find_model

RATE = 16_000
"""Samples a second of what a recogniser is given."""

_WINDOW_S = 30  # Whisper's own (Radford et al. 2022, "Robust Speech Recognition", section 2.2)

LONGEST_S = 28.0
"""The longest passage to give at once, in seconds: it fits into one window and is not cut inside a word."""

_DIGITS = 10


class ExtraNotInstalled(VivavoceError):
    """The packages of the extra `listen` are missing."""


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word as written down, and when it was heard: seconds from the passage's start."""

    text: str
    start_s: float
    end_s: float


class Recogniser(Protocol):
    """Something that writes down what it hears. `identity` names it, its version and its model's weights."""

    identity: str

    def knows(self, language: str) -> bool:
        """Whether it understands a language (BCP 47)."""
        ...

    def hear(self, pcm: NDArray[np.float32], language: str) -> str:
        """What is said in mono `pcm` at RATE in this language, LONGEST_S of it at best; empty when nothing is."""
        ...


class Whisper:
    """OpenAI's Whisper by faster-whisper: the same sound gives the same words on the same computer."""

    def __init__(self, model: Any, identity: str) -> None:
        self._model = model
        self.identity = identity

    def knows(self, language: str) -> bool:
        """Whether it understands a language (BCP 47)."""
        return _primary(language) in self._model.supported_languages

    def hear(self, pcm: NDArray[np.float32], language: str) -> str:
        """What is said in mono `pcm` at RATE in this language, as it writes it."""
        return "".join(segment.text for segment in self._segments(pcm, language)).strip()

    def time_words(self, pcm: NDArray[np.float32], language: str) -> tuple[HeardWord, ...]:
        """The words that it hears, with their times: slower, and a little less well heard."""
        return tuple(
            HeardWord(word.word.strip(), float(word.start), float(word.end))
            for segment in self._segments(pcm, language, word_timestamps=True)
            for word in segment.words or ()
        )

    def _segments(self, pcm: NDArray[np.float32], language: str, **how: bool) -> Iterator[Any]:
        segments, _ = self._model.transcribe(
            pcm,
            language=_primary(language),
            # Nothing is drawn by lot: what it is unsure of it would otherwise say again at random.
            temperature=0.0,
            # Its own earlier mistakes would else become later ones.
            condition_on_previous_text=False,
            # In a longer sound it needs them, to know where its next window begins.
            without_timestamps=len(pcm) <= _WINDOW_S * RATE,
            **how,
        )
        return iter(segments)


def open_recogniser(model: Model, voices: Path, threads: int = 1) -> Whisper:
    """The recogniser with this model, from the folder of voices.

    Opens no connection. Raises ExtraNotInstalled, and ModelNotInstalled, each with the command that mends it.
    """
    try:
        from faster_whisper import WhisperModel
    except ImportError as error:
        raise ExtraNotInstalled(
            f"listening needs a package that is not installed ({error.name})", hint="pip install 'vivavoce[listen]'"
        ) from error
    folder = find_model(model, voices)
    # In 8 bits it hears the example issue as well as in 32 (a word in 400 differs), in two thirds of the time.
    whisper = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True)
    version = importlib.metadata.version("faster-whisper")
    return Whisper(whisper, f"faster-whisper {version}, {model.name} {model.sha256[:_DIGITS]}")


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()
