"""An episode is heard passage by passage, each in its own language and at its own place."""

import wave
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from articles.errors import ArticleError
from articles.issue import BlockKind
from articles.segments import Segment
from audio.listening.listen import listen
from audio.listening.recogniser import RATE
from audio.timeline import PlacedSpeech
from voices.take import Take

EPISODE_RATE = 44_100
PITCHES = {"do": 523, "re": 587, "mi": 659, "fa": 698, "sol": 784, "la": 880, "si": 988}

Pcm = NDArray[np.float32]


class PitchReader:
    """A recogniser of notes: it writes the names of those that it really hears in the sound that it is given."""

    identity = "pitch reader 1"

    def __init__(self, forgets_when_longer_than_s: float = 1000.0) -> None:
        self.forgets_when_longer_than_s = forgets_when_longer_than_s
        self.languages: list[str] = []

    def knows(self, language: str) -> bool:
        return language != "tlh"

    def hear(self, pcm: Pcm, language: str) -> str:
        self.languages.append(language)
        loud = np.abs(pcm).reshape(-1) > 0.02
        edges = np.flatnonzero(np.diff(np.concatenate([[0], loud, [0]])))
        gaps = [0, *(b for a, b in pairwise(edges) if b - a > RATE // 20 and not loud[a]), len(pcm)]
        notes = [pcm[a:b] for a, b in pairwise(gaps)]
        if len(pcm) > self.forgets_when_longer_than_s * RATE:
            notes = notes[:1]
        return " ".join(self._name(note) for note in notes if np.abs(note).max(initial=0) > 0.02)

    def _name(self, note: Pcm) -> str:
        hz = np.abs(np.fft.rfft(note, 4 * RATE)).argmax() / 4
        return min(PITCHES, key=lambda name: abs(PITCHES[name] - hz))


@pytest.fixture
def episode(tone: Callable[..., Pcm], tmp_path: Path) -> Callable[..., tuple[Path, tuple[PlacedSpeech, ...]]]:
    """A function that makes an episode of notes: each given as (said, played, language), a pause between them."""

    def make(*notes: tuple[str, str, str]) -> tuple[Path, tuple[PlacedSpeech, ...]]:
        sounds, speech, at = [np.zeros(EPISODE_RATE // 2, np.float32)], [], EPISODE_RATE // 2
        for number, (said, played, language) in enumerate(notes):
            sound = np.concatenate([tone(0.4, 0.3, PITCHES[name]) for name in played.split()])
            segment = Segment(number, number, BlockKind.PARAGRAPH, language, said, said, number + 1)
            speech.append(PlacedSpeech(Take(segment, "joe", str(number)), at, at + len(sound), 0))
            sounds += [sound, np.zeros(EPISODE_RATE // 2, np.float32)]
            at += len(sound) + EPISODE_RATE // 2
        path = tmp_path / "episode.wav"
        stereo = np.repeat(np.concatenate(sounds), 2)
        with wave.open(str(path), "wb") as file:
            file.setnchannels(2)
            file.setsampwidth(2)
            file.setframerate(EPISODE_RATE)
            file.writeframes(np.round(stereo * 32767).astype("<i2").tobytes())
        return path, tuple(speech)

    return make


def test_every_segment_is_heard_at_its_place_in_its_language(episode: Callable[..., tuple[Path, tuple]]) -> None:
    reader = PitchReader()
    path, speech = episode(("do", "do", "fr"), ("mi", "mi", "fr"), ("sol", "sol", "en"), ("la", "la", "fr"))
    hearing = listen(path, speech, EPISODE_RATE, reader)
    assert [" ".join(each.heard) for each in hearing.errors.segments] == ["do", "mi", "sol", "la"]
    assert [each.start_s for each in hearing.errors.segments] == pytest.approx([0.5, 1.4, 2.3, 3.2])
    assert reader.languages == ["fr", "en", "fr"]
    assert (hearing.recogniser, hearing.errors.rate, hearing.unheard) == ("pitch reader 1", 0.0, ())


def test_a_segment_that_says_something_else_is_found(episode: Callable[..., tuple[Path, tuple]]) -> None:
    path, speech = episode(("do", "do", "fr"), ("mi", "si", "fr"), ("sol", "sol", "fr"))
    (worst,) = listen(path, speech, EPISODE_RATE, PitchReader()).errors.worst(5)
    assert (worst.segment.index, worst.said, worst.heard, worst.wrong) == (1, ("mi",), ("si",), 1)


def test_what_was_passed_over_in_a_long_passage_is_heard_alone(episode: Callable[..., tuple[Path, tuple]]) -> None:
    reader = PitchReader(forgets_when_longer_than_s=1.5)
    path, speech = episode(("do", "do", "fr"), ("mi", "mi", "fr"), ("sol", "sol", "fr"))
    assert listen(path, speech, EPISODE_RATE, reader).errors.wrong == 0
    assert len(reader.languages) == 3


def test_a_language_that_the_recogniser_does_not_know_is_named_not_judged(
    episode: Callable[..., tuple[Path, tuple]],
) -> None:
    path, speech = episode(("do", "do", "fr"), ("mi", "si", "tlh"))
    hearing = listen(path, speech, EPISODE_RATE, PitchReader())
    assert [segment.index for segment in hearing.unheard] == [1]
    assert (hearing.errors.words, hearing.errors.wrong) == (1, 0)


def test_progress_adds_up_to_what_was_heard(episode: Callable[..., tuple[Path, tuple]]) -> None:
    path, speech = episode(("do", "do", "fr"), ("mi", "mi", "en"))
    seconds: list[float] = []
    listen(path, speech, EPISODE_RATE, PitchReader(), advance=seconds.append)
    assert sum(seconds) == pytest.approx(0.65 + 0.65 + 0.5, abs=0.01)


@pytest.mark.parametrize("content", [None, b"", b"<html>not found</html>" * 100])
def test_a_file_that_is_no_sound_is_one_clear_line(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "episode.mp3"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ArticleError, match=r"episode\.mp3: cannot be listened to") as raised:
        listen(path, (), EPISODE_RATE, PitchReader())
    assert raised.value.hint == "build the issue again"
