"""From files to a voice that speaks: only from files that are whole, and the same sound however it was loaded."""

import dataclasses
import hashlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import voices
from voices.assets import VoiceNotInstalled
from voices.catalogue import Engine, Role
from voices.graph import ModelError
from voices.kokoro import _shared_session
from voices.load import LoadableVoice
from voices.piper import PiperVoice
from voices.voice import Delivery, Voice

SAID = {
    "en_US-joe-medium": ("The ferry crosses the bay eleven times a day.", "It never rose above nine degrees."),
    "ff_siwis": ("Le petit chat dort au soleil.", "Personne ne sait qui a fermé la porte."),
}
LONG = "It was built in eighteen forty two, when the winters were long enough to fill it, and nobody remembers who " * 2


def elsewhere(voice: LoadableVoice, folder: Path) -> LoadableVoice:
    """The same voice in a folder of its own, where no graph was saved yet."""
    files = []
    for role, path in voice.files:
        (folder / path.name).symlink_to(path.resolve())
        files.append((role, folder / path.name))
    return dataclasses.replace(voice, files=tuple(files))


def sounds(voice: Voice, texts: tuple[str, ...]) -> list[bytes]:
    """What the voice makes of each text with the same seed."""
    return [voice.speak(text, Delivery(), 7).pcm.tobytes() for text in texts]


@pytest.mark.parametrize("role", [Role.MODEL, Role.CONFIG])
def test_a_damaged_file_is_never_used(tmp_path: Path, role: Role) -> None:
    """A file with another sha256 than the installed one's is refused before anything is made of it."""
    files, sha256s = [], []
    for each in (Role.MODEL, Role.CONFIG):
        path = tmp_path / f"{each}.bin"
        path.write_bytes(b"{}")
        files.append((each, path))
        sha256s.append((each, hashlib.sha256(b"{}").hexdigest() if each is not role else "0" * 64))
    voice = LoadableVoice("v", "en-US", Engine.PIPER, tuple(files), "d", sha256s=tuple(sha256s))
    with pytest.raises((VoiceNotInstalled, ModelError)) as caught:
        voice.load()
    if role is Role.CONFIG:
        assert f"{role}.bin is damaged" in str(caught.value)


@pytest.mark.slow
@pytest.mark.real_voice
@pytest.mark.parametrize("name", SAID)
def test_however_it_is_loaded_it_sounds_the_same(
    real_voice: Callable[[str], LoadableVoice], tmp_path: Path, name: str
) -> None:
    """Edited just now, saved and loaded, or where nothing can be saved: the same samples, bit by bit."""
    new, bare = tmp_path / "new", tmp_path / "bare"
    new.mkdir()
    bare.mkdir()
    (bare / "graphs").write_text("no folder can be made here")
    heard = [sounds(real_voice(name).load(), SAID[name])]
    first = elsewhere(real_voice(name), new)
    heard.append(sounds(first.load(), SAID[name]))
    assert len(list((new / "graphs").glob("*.json"))) == 1
    _shared_session.cache_clear()
    heard.append(sounds(first.load(), SAID[name]))
    heard.append(sounds(elsewhere(real_voice(name), bare).load(), SAID[name]))
    assert all(each == heard[0] for each in heard)


@pytest.mark.slow
@pytest.mark.real_voice
@pytest.mark.parametrize("name", SAID)
def test_order_does_not_matter(real_voice: Callable[[str], LoadableVoice], name: str) -> None:
    """What was said before, and how often, changes no sample."""
    one, two = SAID[name]
    voice = real_voice(name).load()
    forward = sounds(voice, (one, two, one))
    backward = sounds(voice, (two, one, two))
    assert forward[0] == forward[2] == backward[1]
    assert forward[1] == backward[0] == backward[2]


@pytest.mark.slow
@pytest.mark.real_voice
def test_a_saved_voice_loads_without_onnx(real_voice: Callable[[str], LoadableVoice]) -> None:
    """A worker that finds the saved graphs never imports onnx, which takes a fifth of a second and its memory."""
    real_voice("en_US-joe-medium").load()
    program = (
        "import sys\n"
        "from voices.assets import voice_files, voices_dir\n"
        "from voices.catalogue import find\n"
        "from voices.load import loadable\n"
        "from voices.voice import Delivery\n"
        "loadable(voice_files(find('en_US-joe-medium'), voices_dir())).load().speak('Yes.', Delivery(), 1)\n"
        "print('onnx' in sys.modules)\n"
    )
    root = Path(voices.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["False"], done.stderr


@pytest.mark.slow
@pytest.mark.real_voice
def test_windows_are_not_heard(real_voice: Callable[[str], LoadableVoice], monkeypatch: pytest.MonkeyPatch) -> None:
    """A long sentence decoded in many small windows differs from one decoded whole by less than 80 dB of it."""
    voice = real_voice("en_US-joe-medium").load()
    assert isinstance(voice, PiperVoice)
    heard = []
    for frames, later in ((100_000, 10_000_000), (64, 300)):
        monkeypatch.setattr("voices.decoder.WINDOW_FRAMES", frames)
        monkeypatch.setattr("voices.decoder.WINDOW_LATER", later)
        heard.append(voice.speak(LONG, Delivery(), 7).pcm.astype(np.float64))
    whole, cut = heard
    assert len(whole) == len(cut) > 10 * voice.sample_rate
    noise = np.sqrt(np.mean((whole - cut) ** 2))
    assert noise < np.sqrt(np.mean(whole**2)) / 10_000


@pytest.mark.slow
@pytest.mark.real_voice
def test_the_noise_is_the_voice_s_own(real_voice: Callable[[str], LoadableVoice]) -> None:
    """Noise of the strength that the voice was trained with goes into both places where the model draws it."""
    voice = real_voice("en_US-joe-medium").load()
    assert isinstance(voice, PiperVoice)
    inputs = voice._inputs(list(range(1, 60)) * 10, Delivery(), 7)
    assert np.allclose(inputs["scales"], [0.667, 1.0, 0.8])
    assert {name: value.shape[1] for name, value in inputs.items() if name.startswith("noise_")} == {
        "noise_0": 2,
        "noise_1": 192,
    }
    for name in ("noise_0", "noise_1"):
        assert abs(np.std(inputs[name]) - 1) < 0.05
        assert abs(np.mean(inputs[name])) < 0.05
