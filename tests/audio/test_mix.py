import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from articles.issue import BlockKind
from articles.segments import Segment
from audio.jingle import Jingle, Jingles
from audio.loudness import integrated_lufs
from audio.mix import mix
from audio.sound import Pauses
from audio.timeline import PlacedJingle, Slot, Spoken, Timeline, lay_out
from voices.take import Take

RATE = 44_100


def spoken(kind: str, block: int, pcm: np.ndarray) -> Spoken:
    return Spoken(Take(Segment(0, block, BlockKind(kind), "en", "", "", 1), "joe", ""), 0, len(pcm))


def jingle(pcm: np.ndarray) -> Jingle:
    return Jingle("x.wav", pcm, RATE, "")


def laid(parts: list[tuple[str, np.ndarray]], jingles: Jingles) -> Timeline:
    return lay_out(
        [spoken(kind, block, pcm) for block, (kind, pcm) in enumerate(parts)],
        Pauses(),
        RATE,
        intro=len(jingles.intro.pcm) if jingles.intro else 0,
        outro=len(jingles.outro.pcm) if jingles.outro else 0,
        bed=jingles.bed is not None,
    )


def test_speech_lies_where_the_timeline_says_untouched(tone: Callable[..., np.ndarray]) -> None:
    """Every sample of speech is found at its place, bit for bit, loud ones too, and around it there is silence."""
    parts = [("headline", tone(0.51, 1.9)), ("paragraph", tone(0.37, 0.1, 300))]
    timeline = laid(parts, Jingles())
    mixed = mix(timeline, [pcm for _, pcm in parts], Jingles(), -16.0)
    assert len(mixed) == timeline.samples
    assert mixed.dtype == np.float32
    for placed, (_, pcm) in zip(timeline.speech, parts, strict=True):
        assert np.array_equal(mixed[placed.start : placed.end], pcm)
        mixed[placed.start : placed.end] = 0
    assert not mixed.any()


@pytest.mark.parametrize("amplitude", [0.9, 0.001])
def test_a_jingle_is_levelled_to_the_speech(tone: Callable[..., np.ndarray], amplitude: float) -> None:
    """Whatever the level of its file, a jingle is heard 3 LU under the speech."""
    parts = [("paragraph", tone(1.0))]
    jingles = Jingles(intro=jingle(tone(4.0, amplitude)))
    mixed = mix(laid(parts, jingles), [parts[0][1]], jingles, -16.0)
    assert integrated_lufs([mixed[RATE // 10 : 3 * RATE]], RATE) == pytest.approx(-19, abs=0.2)


def test_a_jingle_fades_and_stays_in_its_place(tone: Callable[..., np.ndarray]) -> None:
    """It rises in a hundredth of a second, falls over the last 600 ms, keeps its length and makes no step anywhere."""
    parts = [("paragraph", tone(1.0))]
    pcm = tone(3.0, 0.2, 441.0)[25:]  # begins at the top of a swing, where a cut would click
    pcm = np.concatenate([pcm, np.zeros(25, dtype=np.float32)])[: len(pcm) // 441 * 441]
    jingles = Jingles(outro=jingle(pcm))
    timeline = laid(parts, jingles)
    mixed = mix(timeline, [parts[0][1]], jingles, -16.0)
    place = timeline.jingles[0]
    heard = mixed[place.start : place.end]
    gain = np.abs(heard[RATE : RATE + 4410]).max() / 0.2
    assert abs(heard[0]) < 0.01 * gain
    assert np.abs(heard[-44:]).max() < 0.01 * gain
    half = slice(len(heard) - int(0.31 * RATE), len(heard) - int(0.29 * RATE))
    assert np.abs(heard[half]).max() == pytest.approx(0.1 * gain, rel=0.1)
    assert np.abs(np.diff(heard)).max() <= np.abs(np.diff(pcm)).max() * gain * 1.05
    assert heard[RATE : RATE + 4410] == pytest.approx(pcm[RATE : RATE + 4410] * gain, abs=1e-4)


def test_an_overlay_adds_exactly(tone: Callable[..., np.ndarray]) -> None:
    """A jingle laid over speech from an odd sample on is the sum of the two, to the sample, and nothing is clipped."""
    talk = tone(1.0, 1.5, 300.0)
    music = tone(0.5, 0.2, 441.0)
    timeline = laid([("paragraph", talk)], Jingles())
    over = PlacedJingle(Slot.INTRO, 12_345, 12_345 + len(music), 0, 0)
    both = mix(replace(timeline, jingles=(over,)), [talk], Jingles(intro=jingle(music)), -16.0)
    alone = mix(timeline, [talk], Jingles(), -16.0)
    added = both[over.start : over.end] - alone[over.start : over.end]
    gain = added.max() / music.max()
    assert added == pytest.approx(music * gain, abs=1e-5)
    assert np.array_equal(both[: over.start], alone[: over.start])
    assert np.array_equal(both[over.end :], alone[over.end :])


def test_the_bed_is_repeated_far_under_the_opening(tone: Callable[..., np.ndarray]) -> None:
    """A bed of half a second fills the whole opening, 18 LU under the speech, and the paragraph has none."""
    silent = np.zeros(3 * RATE, dtype=np.float32)
    parts = [("headline", silent), ("standfirst", silent), ("paragraph", silent)]
    jingles = Jingles(bed=jingle(tone(0.5, 0.5, 440.0)))
    timeline = laid(parts, jingles)
    mixed = mix(timeline, [pcm for _, pcm in parts], jingles, -16.0)
    assert integrated_lufs([mixed[RATE : 5 * RATE]], RATE) == pytest.approx(-34, abs=0.3)
    seconds = mixed[RATE // 2 : 5 * RATE].reshape(-1, RATE // 2)
    assert seconds.std(axis=1) == pytest.approx(seconds.std(), rel=0.02)
    assert not mixed[timeline.speech[2].start :].any()


def test_pydub_is_loaded_without_a_word() -> None:
    """Nobody is told about an ffmpeg that is not needed."""
    run = subprocess.run(
        [sys.executable, "-W", "always::RuntimeWarning", "-c", "import audio.mix"], capture_output=True, check=True
    )
    assert b"ffmpeg" not in run.stderr
