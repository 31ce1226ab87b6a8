import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from audio.cut import MissingClipError, clip_of, spoken
from audio.loudness import integrated_lufs
from audio.rehearsal import rehearse
from audio.score import Part
from audio.sound import Sound
from voices.clips import ClipStore

RATE = 44_100
SOUND = Sound()


def test_every_take_is_found_in_its_place(recorder: Any, speech: Callable[..., np.ndarray]) -> None:
    """Parts, idents and takes come back in order, each with where its clip's speech lies; a take may come twice."""
    silence = np.zeros(8000, dtype=np.float32)
    for number in range(4):
        sound = speech(0.5 + 0.3 * number, seed=number)
        recorder.record(np.concatenate([silence, sound, silence]), voice=("joe", "amy")[number % 2])
    ident, one, two, three = recorder.takes
    score = (Part((one, two), "First", "en", ident=(ident,)), Part((three, one), "Second", "en"))
    rehearsal = rehearse(score, recorder.store, SOUND)
    assert [part.part for part in rehearsal.parts] == list(score)
    assert [[each.take for each in part.takes] for part in rehearsal.parts] == [[one, two], [three, one]]
    assert [each.take for each in rehearsal.parts[0].ident] == [ident]
    assert set(rehearsal.gains) == {"joe", "amy"}
    for part in rehearsal.parts:
        for each in (*part.ident, *part.takes):
            assert each == spoken(each.take, clip_of(each.take, recorder.store), RATE)
            assert each.first > 0.3 * RATE


def test_voices_are_brought_to_the_same_loudness(
    recorder: Any, speech: Callable[..., np.ndarray], tone: Callable[..., np.ndarray]
) -> None:
    """Of two voices 20 dB apart, at two rates, each has the gain that brings what it says to the target."""
    sounds = {"joe": tone(3.0, 0.3, rate=22_050), "siwis": tone(3.0, 0.03, rate=24_000)}
    recorder.record(sounds["joe"])
    recorder.record(sounds["siwis"], rate=24_000, voice="siwis")
    gains = rehearse((Part(tuple(recorder.takes), "", "en"),), recorder.store, SOUND).gains
    for voice, rate in (("joe", 22_050), ("siwis", 24_000)):
        heard = integrated_lufs([sounds[voice] * np.float32(gains[voice])], rate)
        assert heard == pytest.approx(SOUND.target_lufs, abs=0.15)


def test_clips_of_one_voice_at_two_rates_are_one_voice(recorder: Any, tone: Callable[..., np.ndarray]) -> None:
    """A voice that was replaced by a finer one between two readings has one gain all the same."""
    recorder.record(tone(2.0, 0.1, 2500, 16_000), rate=16_000)
    recorder.record(tone(2.0, 0.1, 2500, 48_000), rate=48_000)
    rehearsal = rehearse((Part(tuple(recorder.takes), "", "en"),), recorder.store, SOUND)
    loud = tone(2.0, 0.1 * rehearsal.gains["joe"], 2500)
    assert integrated_lufs([loud], RATE) == pytest.approx(SOUND.target_lufs, abs=0.15)
    first, second = rehearsal.parts[0].takes
    assert abs(first.samples - second.samples) < 0.01 * RATE


@pytest.mark.slow
def test_no_sound_is_kept(recorder: Any, speech: Callable[..., np.ndarray]) -> None:
    """Twenty minutes of speech are rehearsed within 80 MB, most of it the minute that is tried; held, they take 106."""
    recorder.record(speech(10.0))
    score = (Part(tuple(recorder.takes) * 120, "", "en"),)
    tracemalloc.start()
    rehearse(score, recorder.store, SOUND)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 80e6


def test_a_missing_clip_is_told(recorder: Any, tone: Callable[..., np.ndarray], tmp_path: Any) -> None:
    """By its line, whether it is an ident's or an article's."""
    recorder.record(tone(0.5, rate=22_050))
    recorder.record(tone(0.5, rate=22_050))
    score = (Part(tuple(recorder.takes[:1]), "", "en", ident=tuple(recorder.takes[1:])),)
    recorder.store.path(recorder.takes[1].key).unlink()
    with pytest.raises(MissingClipError, match="line 2"):
        rehearse(score, recorder.store, SOUND)
    with pytest.raises(MissingClipError):
        rehearse(score, ClipStore(tmp_path / "elsewhere"), SOUND)
