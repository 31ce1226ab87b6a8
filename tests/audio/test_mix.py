import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pyloudnorm
import pytest

import audio.mix
from articles.issue import BlockKind
from audio.block import BLOCK_FRAMES
from audio.cut import MissingClipError, clip_of, heard
from audio.jingle import Jingle, Jingles
from audio.layout import lay_out
from audio.mix import mixed_blocks
from audio.rehearsal import rehearse
from audio.score import Part
from audio.sound import Pauses, Sound
from audio.timeline import PlacedJingle, Slot, Timeline

RATE = 44_100
SOUND = Sound()
SPOKEN, HUSHED = {"joe": 1.0}, {"joe": 0.0}
"""Gains: hushed, the words still have their places, and the music is heard alone."""


def loudness(pcm: np.ndarray) -> float:
    return float(pyloudnorm.Meter(RATE).integrated_loudness(pcm.astype(np.float64)))


def jingle(pcm: np.ndarray, name: str = "x.wav") -> Jingle:
    shaped = pcm if pcm.ndim == 2 else pcm[:, None]
    return Jingle(name, shaped, RATE, "")


def laid(recorder: Any, jingles: Jingles, sound: Sound = SOUND, ident: int = 0) -> Timeline:
    """The timeline of what was recorded, the first `ident` takes of it being the ident."""
    takes = tuple(recorder.takes)
    part = Part(takes[ident:], "A title", "en", ident=takes[:ident])
    return lay_out(rehearse((part,), recorder.store, sound).parts, jingles, sound)


def mixed(timeline: Timeline, recorder: Any, jingles: Jingles, gains: dict[str, float] = SPOKEN) -> np.ndarray:
    return np.concatenate(list(mixed_blocks(timeline, gains, recorder.store, jingles, SOUND)))


def levels_db(pcm: np.ndarray, times_ms: list[int]) -> list[float]:
    """RMS levels of 20 ms around each of the times."""
    places = [(time - 10) * RATE // 1000 for time in times_ms]
    return [float(20 * np.log10(pcm[at : at + 882].std() + 1e-9)) for at in places]


def test_speech_lies_where_the_timeline_says_untouched(recorder: Any, speech: Callable[..., np.ndarray]) -> None:
    """Every sample is found at its place, bit for bit, with its voice's gain; around it there is silence."""
    recorder.record(speech(2.2, 0.9), BlockKind.HEADLINE)
    recorder.record(speech(1.4, 0.1, 24_000), rate=24_000, voice="siwis")
    timeline = laid(recorder, Jingles())
    gains = {"joe": 2.5, "siwis": 0.5}
    sound = mixed(timeline, recorder, Jingles(), gains)
    assert sound.shape == (timeline.samples, 1)
    assert sound.dtype == np.float32
    assert np.abs(sound).max() > 1  # what is too loud here the limiter brings down later
    for placed in timeline.speech:
        said = heard(clip_of(placed.take, recorder.store), placed, RATE) * np.float32(gains[placed.take.voice])
        assert len(said) > RATE
        assert np.array_equal(sound[placed.start : placed.end, 0], said)
        sound[placed.start : placed.end] = 0
    assert not sound.any()


def test_blocks_follow_each_other_and_their_size_changes_nothing(
    recorder: Any, speech: Callable[..., np.ndarray], tone: Callable[..., np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All but the last have BLOCK_FRAMES; cut at any other samples, through words and music, the sum is the same."""
    recorder.record(speech(1.3), BlockKind.HEADLINE)
    recorder.record(speech(1.1))
    jingles = Jingles(jingle(tone(3.0), "a"), jingle(tone(2.0), "b"), jingle(tone(0.5), "c"))
    timeline = laid(recorder, jingles)
    blocks = list(mixed_blocks(timeline, SPOKEN, recorder.store, jingles, SOUND))
    assert {len(block) for block in blocks[:-1]} == {BLOCK_FRAMES}
    assert sum(map(len, blocks)) == timeline.samples
    monkeypatch.setattr(audio.mix, "BLOCK_FRAMES", 7919)
    assert np.abs(mixed(timeline, recorder, jingles) - np.concatenate(blocks)).max() < 1e-7


@pytest.mark.parametrize("amplitude", [0.9, 0.01])
def test_a_jingle_is_levelled_to_the_speech(
    recorder: Any, speech: Callable[..., np.ndarray], tone: Callable[..., np.ndarray], amplitude: float
) -> None:
    """Whatever the level of its file, and whatever its peaks, a jingle is heard 3 LU under the speech."""
    recorder.record(speech(1.0))
    peaky = np.random.default_rng(1).standard_t(3, 4 * RATE).clip(-30, 30).astype(np.float32)
    for pcm in (tone(4.0, amplitude), amplitude * peaky / np.abs(peaky).max()):
        jingles = Jingles(intro=jingle(pcm))
        sound = mixed(laid(recorder, jingles), recorder, jingles)
        assert loudness(sound[RATE // 10 : 3 * RATE]) == pytest.approx(SOUND.target_lufs - 3, abs=0.2)


def test_a_jingle_fades_and_stays_in_its_place(
    recorder: Any, speech: Callable[..., np.ndarray], tone: Callable[..., np.ndarray]
) -> None:
    """It rises in a hundredth of a second, falls over the last 600 ms, keeps its length and makes no step anywhere."""
    recorder.record(speech(1.0))
    pcm = tone(3.0, 0.2, 441.0)[25:]  # begins at the top of a swing, where a cut would click
    pcm = pcm[: len(pcm) // 441 * 441]
    jingles = Jingles(outro=jingle(pcm))
    timeline = laid(recorder, jingles)
    place = timeline.jingles[0]
    sound = mixed(timeline, recorder, jingles)[place.start : place.end, 0]
    gain = np.abs(sound[RATE : RATE + 4410]).max() / 0.2
    assert abs(sound[0]) < 0.01 * gain
    assert np.abs(sound[-44:]).max() < 0.01 * gain
    half = slice(len(sound) - int(0.31 * RATE), len(sound) - int(0.29 * RATE))
    assert np.abs(sound[half]).max() == pytest.approx(0.1 * gain, rel=0.1)
    assert np.abs(np.diff(sound)).max() <= np.abs(np.diff(pcm)).max() * gain * 1.05
    assert sound[RATE : RATE + 4410] == pytest.approx(pcm[RATE : RATE + 4410] * gain, abs=1e-4)


def test_an_overlay_adds_exactly(
    recorder: Any, speech: Callable[..., np.ndarray], tone: Callable[..., np.ndarray]
) -> None:
    """Music over speech from an odd sample on is the sum of the two, to the sample, and nothing is clipped."""
    recorder.record(speech(2.0, 0.9))
    loud = {"joe": 4.0}
    timeline = laid(recorder, Jingles())
    over = PlacedJingle(Slot.INTRO, 12_345, 12_345 + RATE // 2, 0, 0, "x.wav")
    under = replace(timeline, jingles=(over,))
    jingles = Jingles(intro=jingle(tone(0.5, 0.2, 441.0)))
    both, alone = mixed(under, recorder, jingles, loud), mixed(timeline, recorder, Jingles(), loud)
    music = mixed(under, recorder, jingles, {"joe": 0.0})
    assert np.abs(both).max() > 1.5
    assert np.abs(music[over.start : over.end]).max() > 0.01
    assert np.abs(both - (alone + music)).max() < 1e-6
    assert np.array_equal(both[: over.start], alone[: over.start])
    assert np.array_equal(both[over.end :], alone[over.end :])


def test_the_bed_lies_far_under_the_words_rises_in_pauses_and_fades(
    recorder: Any, tone: Callable[..., np.ndarray]
) -> None:
    """A bed of half a second fills the opening: 18 LU under the speech, 14 in a pause, nothing under the paragraph.

    It is down when a word begins, moves without a step, and is all but gone when the paragraph begins.
    """
    for kind in (BlockKind.HEADLINE, BlockKind.STANDFIRST, BlockKind.PARAGRAPH):
        recorder.record(tone(3.0, rate=22_050), kind)
    pcm = tone(0.5, 0.5, 440.0)
    jingles = Jingles(bed=jingle(pcm))
    timeline = laid(recorder, jingles, Sound(pauses=Pauses(headline_ms=1400)))
    bed = mixed(timeline, recorder, jingles, HUSHED)[:, 0]
    headline, standfirst, paragraph = timeline.speech
    full = bed[headline.start + RATE : headline.start + 2 * RATE]
    assert loudness(full) == pytest.approx(SOUND.target_lufs - 18, abs=0.2)
    down = levels_db(full, [500])[0]
    ends, begins = 1000 * headline.end // RATE, 1000 * standfirst.start // RATE
    times = [ends - 100, ends + 210, ends + 600, begins - 300, begins - 100, begins + 20]
    rises = [level - down for level in levels_db(bed, times)]
    assert rises == pytest.approx([0.0, 2.3, 4.0, 4.0, 2.2, 0.0], abs=0.35)
    last = 1000 * paragraph.start // RATE
    fading = levels_db(bed, [last - 1100, last - 600, last - 300, last - 60])
    assert all(before > after + 2 for before, after in pairwise(fading))
    assert fading[-1] < down - 12
    assert np.abs(np.diff(bed)).max() <= 1.02 * 10 ** (4 / 20) * np.abs(np.diff(full)).max()
    assert not bed[paragraph.start :].any()


def test_the_intro_goes_down_under_the_ident_and_comes_back(recorder: Any, tone: Callable[..., np.ndarray]) -> None:
    """First the flourish 3 LU under the speech, then 18 under the ident's words, then up again."""
    recorder.record(tone(2.0, rate=22_050))
    recorder.record(tone(1.0, rate=22_050), BlockKind.HEADLINE)
    jingles = Jingles(intro=jingle(tone(8.0, 0.3, 660.0)))
    timeline = laid(recorder, jingles, ident=1)
    music = mixed(timeline, recorder, jingles, HUSHED)[:, 0]
    ident = timeline.speech[0]
    assert ident.start == 1.2 * RATE
    assert loudness(music[: RATE * 95 // 100]) == pytest.approx(SOUND.target_lufs - 3, abs=0.2)
    assert loudness(music[ident.start : ident.end]) == pytest.approx(SOUND.target_lufs - 18, abs=0.2)
    after = ident.end + RATE * 45 // 100
    assert loudness(music[after : 7 * RATE]) == pytest.approx(SOUND.target_lufs - 3, abs=0.2)


def test_in_stereo_the_voice_is_in_the_middle_and_the_jingle_keeps_its_sides(
    recorder: Any, speech: Callable[..., np.ndarray], tone: Callable[..., np.ndarray]
) -> None:
    """Both channels hold the speech; a stereo and a mono jingle are each 3 LU under it, measured over both channels."""
    recorder.record(speech(4.0))
    pair = np.stack([tone(4.0, 0.4, 440.0), tone(4.0, 0.1, 700.0)], axis=1)
    jingles = Jingles(intro=jingle(pair, "stereo"), outro=jingle(tone(4.0, 0.02), "mono"), channels=2)
    timeline = laid(recorder, jingles)
    rehearsed = rehearse((Part(tuple(recorder.takes), "", "en"),), recorder.store, SOUND)
    sound = mixed(timeline, recorder, jingles, dict(rehearsed.gains))
    assert sound.shape == (timeline.samples, 2)
    (said,), (intro, outro) = timeline.speech, timeline.jingles
    assert np.array_equal(sound[said.start : said.end, 0], sound[said.start : said.end, 1])
    voice = SOUND.target_lufs + 10 * np.log10(2)
    assert loudness(sound[intro.start + 4410 : intro.end - RATE]) == pytest.approx(voice - 3, abs=0.2)
    assert loudness(sound[outro.start + 4410 : outro.end - RATE]) == pytest.approx(voice - 3, abs=0.2)
    sides = sound[RATE : 2 * RATE].std(axis=0)
    assert sides[0] / sides[1] == pytest.approx(4.0, rel=0.01)
    assert np.array_equal(sound[outro.start : outro.end, 0], sound[outro.start : outro.end, 1])


@pytest.mark.slow
def test_memory_does_not_grow_with_the_score(
    recorder: Any, speech: Callable[..., np.ndarray], tone: Callable[..., np.ndarray]
) -> None:
    """Five minutes are mixed within 12 MB; held, they would take 53."""
    recorder.record(speech(10.0))
    jingles = Jingles(sting=jingle(tone(1.0)))
    part = Part(tuple(recorder.takes), "", "en")

    def peak(parts: int) -> int:
        timeline = lay_out(rehearse((part,) * parts, recorder.store, SOUND).parts, jingles, SOUND)
        tracemalloc.start()
        for _ in mixed_blocks(timeline, SPOKEN, recorder.store, jingles, SOUND):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(30) < 12e6


def test_a_clip_that_is_gone_is_told(recorder: Any, speech: Callable[..., np.ndarray]) -> None:
    """Where a clip vanished after the timeline was made, its line is named."""
    recorder.record(speech(1.0))
    timeline = laid(recorder, Jingles())
    recorder.store.path(recorder.takes[0].key).unlink()
    with pytest.raises(MissingClipError, match="line 1"):
        mixed(timeline, recorder, Jingles())


def test_pydub_is_loaded_without_a_word() -> None:
    """Nobody is told about an ffmpeg that is not needed."""
    run = subprocess.run(
        [sys.executable, "-W", "always::RuntimeWarning", "-c", "import audio.mix"], capture_output=True, check=True
    )
    assert b"ffmpeg" not in run.stderr
