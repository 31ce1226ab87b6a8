"""A real recogniser understands the real voices, in both languages, and notices when they say something else."""

import socket
import sys
import wave
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from articles.issue import BlockKind
from articles.segments import Segment
from articles.speech import speak
from audio.listening.listen import listen
from audio.listening.models import FETCH_COMMAND, ModelNotInstalled, listening_model
from audio.listening.recogniser import RATE, ExtraNotInstalled, Whisper, open_recogniser
from audio.resample import resample
from audio.timeline import PlacedSpeech
from voices.assets import voices_dir
from voices.load import LoadableVoice
from voices.take import Take
from voices.voice import Delivery

ENGLISH = (
    "You smell it before you see it: fresh paint, sawdust and a stubborn memory of sardines.",
    "The town paid €1.2 million for the glass roof and the windows.",
    "The restaurant on the corner takes its last orders at two.",
)
FRENCH = (
    "Autour des tables, on parle français et l’on compte les points en anglais.",
    "Le chantier a coûté 3,8 M€, une belle somme pour une maison.",
    "Maintenant, ils regardent la mer, et parfois même leur voisin.",
)


def test_without_the_extra_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    with pytest.raises(ExtraNotInstalled, match="faster_whisper") as raised:
        open_recogniser(listening_model(), tmp_path)
    assert raised.value.hint == "pip install 'vivavoce[listen]'"


def test_without_the_model_one_line_says_how_to_get_it(tmp_path: Path) -> None:
    pytest.importorskip("faster_whisper")
    with pytest.raises(ModelNotInstalled) as raised:
        open_recogniser(listening_model(), tmp_path)
    assert raised.value.hint == f"{FETCH_COMMAND} (148 MB)"


@pytest.fixture(scope="module")
def recogniser() -> Whisper:
    """The recogniser, if its package and its model are installed."""
    pytest.importorskip("faster_whisper")
    try:
        return open_recogniser(listening_model(), voices_dir())
    except ModelNotInstalled:
        pytest.skip(f"the model that listens is not installed (`{FETCH_COMMAND}`)")


@pytest.fixture
def read_aloud(real_voice: Callable[[str], LoadableVoice], tmp_path: Path) -> Callable[..., tuple]:
    """A function that has a voice say `spoken` for each of `written`, and gives the file and where each one is."""

    def read(name: str, language: str, written: tuple[str, ...], spoken: tuple[str, ...]) -> tuple:
        voice = real_voice(name).load()
        pause = np.zeros(RATE // 2, np.float32)
        sounds: list[NDArray[np.float32]] = [pause]
        speech: list[PlacedSpeech] = []
        for number, (text, heard) in enumerate(zip(written, spoken, strict=True)):
            clip = voice.speak(speak(heard, language).text, Delivery(), 0)
            at = sum(map(len, sounds))
            sounds += [resample(clip.pcm.astype(np.float32) / 32768, clip.sample_rate, RATE), pause]
            said = speak(text, language)
            segment = Segment(number, 0, BlockKind.PARAGRAPH, language, text, said.text, 1, words=said.words)
            speech.append(PlacedSpeech(Take(segment, name, str(number)), at, at + len(sounds[-2]), 0))
        path = tmp_path / "episode.wav"
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            file.writeframes(np.round(np.concatenate(sounds) * 32767).astype("<i2").tobytes())
        return path, tuple(speech)

    return read


@pytest.mark.slow
@pytest.mark.real_voice
@pytest.mark.parametrize(
    ("voice", "language", "texts"), [("en_US-joe-medium", "en-US", ENGLISH), ("ff_siwis", "fr", FRENCH)]
)
def test_a_real_voice_is_understood_and_a_wrong_sentence_found(
    voice: str,
    language: str,
    texts: tuple[str, ...],
    recogniser: Whisper,
    read_aloud: Callable[..., tuple],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right, wrong = read_aloud(voice, language, texts, texts), (texts[0], texts[2], texts[2])

    def no_network(*_: object) -> None:
        raise AssertionError("the recogniser opened a connection")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    hearing = listen(*right, RATE, recogniser)
    assert hearing.errors.rate <= 0.1
    assert hearing.recogniser.startswith("faster-whisper ")
    assert hearing.recogniser.endswith("whisper-base d01c301488")
    assert not any(each.is_another_text for each in hearing.errors.segments)

    hearing = listen(*read_aloud(voice, language, texts, wrong), RATE, recogniser)
    assert hearing.errors.worst(1)[0].segment.index == 1
    assert [each.is_another_text for each in hearing.errors.segments] == [False, True, False]


@pytest.mark.slow
@pytest.mark.real_voice
def test_heard_words_come_with_times_in_order(recogniser: Whisper, read_aloud: Callable[..., tuple]) -> None:
    path, (placed,) = read_aloud("en_US-joe-medium", "en-US", ENGLISH[2:], ENGLISH[2:])
    with wave.open(str(path)) as file:
        pcm = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
    words = recogniser.time_words(pcm, "en-US")
    assert [word.text.strip(".,").lower() for word in words][:3] == ["the", "restaurant", "on"]
    assert all(before.start_s <= before.end_s <= after.end_s for before, after in pairwise(words))
    # The first word's start takes in the silence before it.
    assert placed.start / RATE < words[0].end_s < words[-1].end_s < placed.end / RATE + 0.3


@pytest.mark.slow
@pytest.mark.real_voice
def test_silence_is_heard_as_nothing_or_little(recogniser: Whisper) -> None:
    assert len(recogniser.hear(np.zeros(5 * RATE, np.float32), "fr").split()) <= 3
