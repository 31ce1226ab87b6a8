import itertools
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import resample_poly

import audio.peaks
from audio.peaks import HOP, PeakMeter, limiter_gains, peak_envelope, true_peak_db, with_gains

RATE = 44_100
EBU_CASES = {
    "15": (1 / 4, 0.0, 0.5, -6.0),
    "16": (1 / 4, 45.0, 0.5, -6.0),
    "17": (1 / 6, 60.0, 0.5, -6.0),
    "18": (1 / 8, 67.5, 0.5, -6.0),
    "19": (1 / 4, 45.0, 1.41, 3.0),
}
"""EBU Tech 3341, table 1: a sine's pitch as a part of the rate, its phase in degrees, its amplitude, the peak."""


def in_blocks(pcm: np.ndarray, hops: int = 8) -> Iterator[np.ndarray]:
    """Sound of shape (frames,) or (frames, channels) in blocks of so many hops, the last one shorter."""
    whole = pcm if pcm.ndim == 2 else pcm[:, None]
    for start in range(0, len(whole), hops * HOP):
        yield whole[start : start + hops * HOP]


def limited(pcm: np.ndarray, ceiling_db: float, gain: float = 1.0, hops: int = 8) -> np.ndarray:
    gains = limiter_gains(peak_envelope(pcm), gain, ceiling_db, RATE)
    return np.concatenate([*with_gains(in_blocks(pcm, hops), gains)])


def gains_of(envelope: np.ndarray, gain: float = 1.0, ceiling_db: float = -6.0) -> np.ndarray:
    """The gains at every hop's border, put together from their chunks."""
    first, *others = limiter_gains(envelope, gain, ceiling_db, RATE)
    return np.concatenate([first, *(chunk[1:] for chunk in others)])


@pytest.mark.parametrize("rate", [44_100, 48_000])
@pytest.mark.parametrize("case", EBU_CASES)
def test_it_is_an_ebu_true_peak_meter(case: str, rate: int) -> None:
    """EBU Tech 3341, cases 15 to 19: what lies between the samples is read right to +0.2 and -0.4 dB, in stereo too."""
    part, phase, amplitude, wanted = EBU_CASES[case]
    count = np.arange(rate)
    sine = amplitude * np.sin(2 * np.pi * part * count + np.radians(phase))
    sine = (sine * np.clip(np.minimum(count, count[::-1]) / 5000, 0, 1)).astype(np.float32)
    for pcm in (sine, np.stack([0.1 * sine, sine], axis=1)):
        assert wanted - 0.4 <= true_peak_db(peak_envelope(pcm)) <= wanted + 0.2


def test_peaks_between_the_samples_are_found() -> None:
    """A sine at a quarter of the rate, sampled 45 degrees off its tops, reads 0 dB and not the -3 of its samples."""
    count = np.arange(RATE)
    window = np.clip(np.minimum(count, count[::-1]) / 5000, 0, 1)
    pcm = (window * np.sin(np.pi / 2 * count + np.pi / 4)).astype(np.float32)
    assert 20 * np.log10(np.abs(pcm).max()) == pytest.approx(-3.01, abs=0.01)
    assert true_peak_db(peak_envelope(pcm)) == pytest.approx(0.0, abs=0.05)


def test_a_peak_is_in_its_hop() -> None:
    """A click at a known sample is the envelope's highest value at that sample's hop, and one hop away almost gone."""
    pcm = np.zeros(200 * HOP, dtype=np.float32)
    pcm[77 * HOP + HOP // 2] = 0.5
    envelope = peak_envelope(pcm)
    assert len(envelope) == 200
    assert int(envelope.argmax()) == 77
    assert envelope[77] == pytest.approx(0.5, abs=0.01)
    assert np.delete(envelope, 77).max() < 0.03


@settings(max_examples=20)
@given(st.lists(st.integers(0, 9000), max_size=6))
def test_it_does_not_matter_how_a_sound_is_cut(cuts: list[int]) -> None:
    """The same sound in other blocks, empty ones and some shorter than a hop too, has the same envelope."""
    pcm = np.random.default_rng(3).normal(0, 0.2, (9000, 2)).astype(np.float32)
    meter = PeakMeter(2)
    envelope = np.concatenate([*(meter.add(block) for block in np.split(pcm, sorted(cuts))), meter.rest()])
    assert envelope == pytest.approx(peak_envelope(pcm), abs=1e-5)


def test_long_sounds_have_no_seams(tone: Callable[..., np.ndarray]) -> None:
    """Measured a block at a time, a steady tone has the same envelope everywhere but at its abrupt ends."""
    meter = PeakMeter(1)
    blocks = in_blocks(tone(14.0, 0.5, 441.0), 1024)
    envelope = np.concatenate([*map(meter.add, blocks), meter.rest()])[100:-100]
    by_period = np.lib.stride_tricks.sliding_window_view(envelope, 8).max(axis=1)
    assert by_period == pytest.approx(0.5, abs=0.001)


@pytest.mark.parametrize("ceiling_db", [-1.0, -3.0, -12.0])
def test_no_true_peak_passes_the_ceiling(speech: Callable[..., np.ndarray], ceiling_db: float) -> None:
    """Speech far too loud comes out with its true peak at the ceiling, to a twentieth of a dB."""
    pcm = speech(8.0, 2.0, RATE)
    assert true_peak_db(peak_envelope(pcm)) > 3
    quiet = limited(pcm, ceiling_db)
    assert ceiling_db - 0.5 <= true_peak_db(peak_envelope(quiet)) <= ceiling_db + 0.05
    # Twice as fine, what this speech has of hiss up to half the rate rises a little more between the samples.
    assert 20 * np.log10(np.abs(resample_poly(quiet[:, 0], 8, 1)).max()) <= ceiling_db + 0.3


def test_one_peak_does_not_touch_the_rest(tone: Callable[..., np.ndarray]) -> None:
    """A single loud click is turned down with what lies around it; half a tenth of a second away nothing changes."""
    pcm = tone(1.0, 0.1)
    pcm[22_050] = 1.5
    quiet = limited(pcm, -3.0)[:, 0]
    assert np.abs(quiet).max() <= 10 ** (-3 / 20) * 1.001
    away = np.r_[0 : 22_050 - 2205, 22_050 + 2205 : RATE]
    assert quiet[away] == pytest.approx(pcm[away], abs=1e-6)


def test_the_limiter_does_not_clip(tone: Callable[..., np.ndarray]) -> None:
    """A steady tone 6 dB too high comes out as the same tone, softer: a flat top would have overtones."""
    pcm = limited(tone(1.0, 1.0, 200.0), -6.0)[4410:-4410, 0]
    spectrum = np.abs(np.fft.rfft(pcm * np.hanning(len(pcm))))
    overtones = np.r_[spectrum[300 * len(pcm) // RATE :]]
    assert 20 * np.log10(overtones.max() / spectrum.max()) < -60


def test_the_gain_moves_slowly_and_is_back_soon() -> None:
    """Around one peak 12 dB too high the gain falls and rises in a smooth S within 10 ms, and never jumps."""
    envelope = np.full(400, 0.1, dtype=np.float32)
    envelope[200] = 2.0
    gains = gains_of(envelope)
    assert gains.min() == pytest.approx(0.25, abs=0.01)
    assert np.abs(np.diff(gains)).max() < 0.3  # a straight line over 10 ms would move by 0.11 each hop
    touched = np.flatnonzero(gains < 0.999)
    assert touched[0] >= 200 - 2 * 7
    assert touched[-1] <= 201 + 2 * 7


@pytest.mark.parametrize("gain", [0.5, 1.0, 2.0])
def test_sound_under_the_ceiling_only_gets_its_gain(tone: Callable[..., np.ndarray], gain: float) -> None:
    """Where no peak is too high the limiter is not there."""
    pcm = tone(0.5, 0.1)
    assert limited(pcm, -1.0, gain)[:, 0] == pytest.approx(pcm * gain, abs=1e-6)


def test_both_channels_are_turned_down_together(speech: Callable[..., np.ndarray]) -> None:
    """A peak on the left turns the right down by the same factor: the picture between them does not sway."""
    left = speech(3.0, 2.0, RATE)
    pcm = np.stack([left, np.float32(0.25) * left], axis=1)
    quiet = limited(pcm, -3.0)
    assert quiet[:, 1] == pytest.approx(quiet[:, 0] / 4, abs=1e-6)
    assert true_peak_db(peak_envelope(quiet)) <= -2.95
    assert np.abs(quiet[:, 1]).max() < 0.2


@pytest.mark.parametrize("chunk_hops", [1, 7, 40, 333])
def test_chunks_leave_no_seam(
    speech: Callable[..., np.ndarray], monkeypatch: pytest.MonkeyPatch, chunk_hops: int
) -> None:
    """Worked out a few hops at a time, the gains are those of the whole, and each chunk begins where one ended."""
    envelope = peak_envelope(speech(4.0, 2.0, RATE))
    whole = gains_of(envelope)
    monkeypatch.setattr(audio.peaks, "_CHUNK_HOPS", chunk_hops)
    chunks = [*limiter_gains(envelope, 1.0, -6.0, RATE)]
    assert len(chunks) == -(-len(envelope) // chunk_hops)
    assert all(before[-1] == pytest.approx(after[0], abs=1e-6) for before, after in itertools.pairwise(chunks))
    assert gains_of(envelope) == pytest.approx(whole, abs=1e-6)
    assert len(whole) == len(envelope) + 1


@pytest.mark.parametrize("hops", [1, 3, 1000])
def test_blocks_of_any_number_of_hops_come_out_as_they_went_in(
    speech: Callable[..., np.ndarray], monkeypatch: pytest.MonkeyPatch, hops: int
) -> None:
    """Blocks and the gains' chunks need not fit: each block keeps its length, and together they are the same sound."""
    pcm = speech(2.0, 2.0, RATE)[: 1333 * HOP + 17]
    whole = limited(pcm, -6.0, hops=2000)
    monkeypatch.setattr(audio.peaks, "_CHUNK_HOPS", 100)
    blocks = [*with_gains(in_blocks(pcm, hops), limiter_gains(peak_envelope(pcm), 1.0, -6.0, RATE))]
    assert [len(block) for block in blocks] == [len(block) for block in in_blocks(pcm, hops)]
    assert len(blocks[-1]) % HOP == 17
    assert np.concatenate(blocks) == pytest.approx(whole, abs=1e-6)
    assert all(block.dtype == np.float32 for block in blocks)


@pytest.mark.parametrize("samples", [0, 1, 15, 16, 17, 63, 64, 65, 1000])
def test_the_shortest_sounds_keep_their_length(samples: int) -> None:
    """Nothing is lost or added when a sound is no whole number of hops, or shorter than the limiter's reach."""
    pcm = np.full(samples, 0.9, dtype=np.float32)
    gains = limiter_gains(peak_envelope(pcm), 2.0, -6.0, RATE)
    blocks = [*with_gains(in_blocks(pcm), gains)]
    assert sum(map(len, blocks)) == samples
    assert all(np.abs(block).max() <= 10 ** (-6 / 20) + 1e-3 for block in blocks)


def test_silence_has_no_peak() -> None:
    """Zeros and nothing read minus infinity."""
    assert true_peak_db(peak_envelope(np.zeros((1000, 2), dtype=np.float32))) == -np.inf
    assert true_peak_db(peak_envelope(np.zeros(0, dtype=np.float32))) == -np.inf
