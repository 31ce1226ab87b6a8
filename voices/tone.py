"""A voice without a model: one tone per word; for tests, dry runs, and the timing of everything else."""

import hashlib

import numpy as np

from articles.speech.markup import spoken_words
from voices.voice import Clip, Delivery, SpeechError, WordTime, to_pcm

SAMPLE_RATE = 22_050
_SECONDS_PER_LETTER = 0.06  # about the pace of read English
_GAP_SECONDS = 0.05
_EDGE_SECONDS = 0.1  # silence at both ends, as the real voices leave it
_FADE_SECONDS = 0.01
_LEVEL = 0.2
_LOWEST_HZ, _SPREAD_HZ = 160, 240


class ToneVoice:
    """A deterministic stand-in for a voice: a word's letters set its length, its hash its pitch."""

    sample_rate = SAMPLE_RATE

    def __init__(self, name: str, language: str, identity: str) -> None:
        self.name = name
        self.language = language
        self.identity = identity

    def speak(self, text: str, delivery: Delivery, seed: int) -> Clip:  # noqa: ARG002 — nothing is drawn
        """The clip for `text`: a tone per word, with its times. Raises SpeechError when there is no word."""
        words = spoken_words(text)
        if not words:
            raise SpeechError(f"“{text}” has nothing that {self.name} can say")
        edge = np.zeros(int(_EDGE_SECONDS * SAMPLE_RATE), dtype=np.float32)
        gap = np.zeros(int(_GAP_SECONDS * SAMPLE_RATE), dtype=np.float32)
        parts, times, reached = [edge], [], len(edge)
        for word in words:
            tone = self._tone(word, delivery.speed)
            times.append(WordTime(word, reached, reached + len(tone)))
            parts += [tone, gap]
            reached += len(tone) + len(gap)
        return Clip(to_pcm(np.concatenate([*parts, edge])), SAMPLE_RATE, tuple(times))

    def phonemes(self, text: str) -> str:
        """The text itself: tones have no phonemes."""
        return text

    def _tone(self, word: str, speed: float) -> np.ndarray:
        letters = sum(map(str.isalnum, word))
        time = np.arange(int(letters * _SECONDS_PER_LETTER / speed * SAMPLE_RATE) + 1) / SAMPLE_RATE
        pitch = _LOWEST_HZ + hashlib.sha256(f"{self.name} {word}".encode()).digest()[0] / 255 * _SPREAD_HZ
        fade = np.clip(np.minimum(time, time[-1] - time) / _FADE_SECONDS, 0.0, 1.0)
        tone: np.ndarray = (_LEVEL * fade * np.sin(2 * np.pi * pitch * time)).astype(np.float32)
        return tone
