from collections.abc import Callable

import numpy as np
import pyloudnorm
import pytest

import audio.peaks
from audio.level import Levels, in_blocks, levels_of
from audio.loudness import SILENT_LUFS, integrated_lufs
from audio.peaks import HOP, peak_envelope, true_peak_db

RATE = 44_100


def heard(pcm: np.ndarray, rate: int = RATE) -> Levels:
    return levels_of(in_blocks(pcm), rate, pcm.shape[1] if pcm.ndim == 2 else 1)


def limited(pcm: np.ndarray, gain_db: float, ceiling_db: float) -> np.ndarray:
    return np.concatenate([*heard(pcm).limited(in_blocks(pcm), gain_db, ceiling_db)])


def spiky(speech: Callable[..., np.ndarray], seconds: float, crest_db: float, channels: int = 1) -> np.ndarray:
    """Speech whose highest peak lies so far over its loudness: some of its pulses are raised to there."""
    pcm = np.stack([speech(seconds, 0.1, RATE, seed) for seed in range(channels)], axis=1)
    lufs = integrated_lufs([pcm], RATE)
    place = np.arange(5000, len(pcm), 9000)
    pcm[place] = np.float32(10 ** ((lufs + crest_db) / 20)) * np.sign(pcm[place] + 1e-9)
    return pcm


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("crest_db", [12.0, 18.0, 24.0])
@pytest.mark.parametrize("aim_lufs", [-23.0, -18.0, -16.0])
def test_the_loudness_after_the_limiter_is_known_beforehand(
    speech: Callable[..., np.ndarray], aim_lufs: float, crest_db: float, channels: int
) -> None:
    """With the gain that was found, limited speech measures as wanted to 0.1 LU, its peaks under the ceiling.

    However high its peaks were, in one channel or two, also where the limiter takes 9 dB of them.
    """
    pcm = spiky(speech, 6.0, crest_db, channels)
    made = limited(pcm, heard(pcm).gain_db(aim_lufs, -2.0), -2.0)
    assert integrated_lufs([made], RATE) == pytest.approx(aim_lufs, abs=0.1)
    assert true_peak_db(peak_envelope(made)) <= -1.9


@pytest.mark.parametrize("rate", [44_100, 48_000])
def test_its_loudness_is_that_of_the_sound(speech: Callable[..., np.ndarray], rate: int) -> None:
    """Kept hop by hop, the loudness is that of a meter to 0.02 LU, and pyloudnorm's to 0.06."""
    pcm = speech(7.3, 0.3, rate)
    pcm[2 * rate : 4 * rate] *= np.float32(0.02)
    levels = heard(pcm, rate)
    assert levels.lufs == pytest.approx(integrated_lufs([pcm], rate), abs=0.02)
    assert levels.lufs == pytest.approx(pyloudnorm.Meter(rate).integrated_loudness(pcm.astype(np.float64)), abs=0.06)
    assert (levels.frames, levels.sample_rate) == (len(pcm), rate)
    assert len(levels.envelope) == len(levels.energy) == -(-len(pcm) // HOP)


def test_blocks_may_be_cut_anywhere_between_hops(speech: Callable[..., np.ndarray]) -> None:
    """In blocks of one hop, of many, and a last one that is not whole: the same levels."""
    pcm = speech(2.0, 0.3, RATE)[:, None]
    cut = levels_of(np.split(pcm, np.cumsum([HOP, 3 * HOP, 0, 500 * HOP, 41 * HOP])), RATE, 1)
    whole = heard(pcm)
    assert cut.envelope == pytest.approx(whole.envelope, abs=1e-5)
    assert cut.energy == pytest.approx(whole.energy, rel=1e-4, abs=1e-6)
    assert cut.frames == whole.frames


def test_a_long_sound_is_reckoned_in_chunks(speech: Callable[..., np.ndarray], monkeypatch: pytest.MonkeyPatch) -> None:
    """Gains that come forty hops at a time lead to the same loudness, the same gain and the same sound."""
    pcm = spiky(speech, 3.0, 20.0)
    levels = heard(pcm)
    lufs, gain_db, made = levels.lufs, levels.gain_db(-16.0, -2.0), limited(pcm, 12.0, -2.0)
    monkeypatch.setattr(audio.peaks, "_CHUNK_HOPS", 40)
    assert levels.lufs == pytest.approx(lufs, abs=1e-4)
    assert levels.gain_db(-16.0, -2.0) == pytest.approx(gain_db, abs=1e-3)
    assert limited(pcm, 12.0, -2.0) == pytest.approx(made, abs=1e-5)


def test_without_peaks_the_gain_is_the_difference(tone: Callable[..., np.ndarray]) -> None:
    """A tone of -30 LUFS that is to be -20 gets 10 dB, to 0.03, and comes out as itself, louder."""
    pcm = tone(3.0, 10 ** ((-30 + 3.01) / 20), 997)
    gain_db = heard(pcm).gain_db(-20.0, -1.0)
    assert gain_db == pytest.approx(10.0, abs=0.03)
    assert limited(pcm, gain_db, -1.0)[:, 0] == pytest.approx(pcm * 10 ** (gain_db / 20), abs=1e-6)


def test_loud_sound_is_made_softer(speech: Callable[..., np.ndarray]) -> None:
    """Sound beyond full scale is brought down to the target; the limiter then has nothing to do."""
    pcm = speech(4.0, 4.0, RATE)
    levels = heard(pcm)
    gain_db = levels.gain_db(-31.0, -1.0)
    assert gain_db == pytest.approx(-31.0 - levels.lufs, abs=0.03)


def test_what_cannot_be_reached_is_come_near_to() -> None:
    """Ten clicks a second stay softer than asked: the gain ends 12 dB over what it would be without peaks."""
    clicks = np.zeros(3 * RATE, dtype=np.float32)
    clicks[::4410] = 0.5
    levels = heard(clicks)
    gain_db = levels.gain_db(-10.0, -9.0)
    assert gain_db == pytest.approx(-10.0 - levels.lufs + 12.0)
    assert integrated_lufs([limited(clicks, gain_db, -9.0)], RATE) < -15


@pytest.mark.parametrize("samples", [0, 1, HOP, RATE])
def test_silence_gets_no_gain(samples: int) -> None:
    """Nothing, and zeros of any length, are silent and get 0 dB, without a warning."""
    silence = np.zeros(samples, dtype=np.float32)
    levels = heard(silence)
    assert levels.lufs == SILENT_LUFS
    assert levels.gain_db(-16.0, -1.0) == 0.0
    assert sum(map(len, levels.limited(in_blocks(silence), 0.0, -1.0))) == samples


@pytest.mark.parametrize("seconds", [0.02, 0.1, 0.399])
def test_one_short_word_is_levelled(speech: Callable[..., np.ndarray], seconds: float) -> None:
    """Shorter than the standard's block of 0.4 s, it is as loud as if it went on, and is brought to the target."""
    pcm = speech(1.0, 0.05, RATE)[: round(seconds * RATE)]
    levels = heard(pcm)
    assert levels.lufs == pytest.approx(integrated_lufs([pcm], RATE), abs=0.02)
    made = limited(pcm, levels.gain_db(-20.0, -1.0), -1.0)
    assert integrated_lufs([made], RATE) == pytest.approx(-20.0, abs=0.1)


def test_pauses_do_not_count(speech: Callable[..., np.ndarray]) -> None:
    """Ten seconds of near silence around speech change its loudness and its gain by its edges alone, 0.2 LU."""
    pcm = speech(5.0, 0.3, RATE)
    hush = np.random.default_rng(1).normal(0, 1e-5, 5 * RATE).astype(np.float32)
    around = np.concatenate([hush, pcm, hush])
    assert heard(around).lufs == pytest.approx(heard(pcm).lufs, abs=0.2)
    assert heard(around).gain_db(-20.0, -2.0) == pytest.approx(heard(pcm).gain_db(-20.0, -2.0), abs=0.2)


def test_the_levels_of_a_stretch_are_those_of_its_sound(speech: Callable[..., np.ndarray]) -> None:
    """Cut out of a longer sound's, to the hop; also where it ends with the sound."""
    pcm = np.concatenate([speech(3.0, 0.05, RATE, 1), speech(3.0, 0.3, RATE, 2), np.zeros(30, dtype=np.float32)])
    whole = heard(pcm)
    for start, end in ((0, 3 * RATE), (3 * RATE, len(pcm))):
        stretch = whole.between(start, end)
        assert stretch.lufs == pytest.approx(integrated_lufs([pcm[start:end]], RATE), abs=0.05)
        assert 0 <= stretch.frames - (end - start) < 2 * HOP
        assert stretch.envelope.max() == pytest.approx(np.abs(pcm[start:end]).max(), rel=0.2)
