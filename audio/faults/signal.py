"""Faults of the bare signal: nothing there, nothing but noise, cut peaks, a constant that lifts it off zero."""

from collections.abc import Iterator

import numpy as np

from audio.faults.fault import Fault, FaultKind
from audio.faults.heard import Heard, runs
from voices.voice import Clip

# Over 570 clips of two voices, the quietest was at -20 dB where it was loudest, and none reached full scale, was off
# zero by more than 0.0005, or had more than one frame of 12 ms that was loud and flat.
_INAUDIBLE_DB = -45.0
_FULL_SCALE = 32_767
_RUN_SAMPLES = 4  # a peak that only just touches full scale is not cut
_OFFSET = 0.01
_NOISE_MS = 50.0
_FLAT = 0.35  # white noise is at 0.5 to 0.6 in so few bins, the sharpest s at 0.1
_LOUD_DB = 15.0  # under the loudest frame
_WINDOW = 512
_BAND_HZ = (100, 8000)


def audibility_faults(heard: Heard) -> Iterator[Fault]:
    """Whether there is nothing to hear."""
    if heard.loudest_db < _INAUDIBLE_DB:
        excess = heard.loudest_db / _INAUDIBLE_DB
        yield Fault(FaultKind.INAUDIBLE, 0.0, excess, "has nothing in it that could be heard")


def clipping_faults(clip: Clip) -> Iterator[Fault]:
    """Whether peaks are cut: four samples or more in a row at full scale."""
    cut = [(start, end) for start, end in runs(np.abs(clip.pcm.astype(np.int32)) >= _FULL_SCALE)]
    cut = [(start, end) for start, end in cut if end - start >= _RUN_SAMPLES]
    if cut:
        count = sum(end - start for start, end in cut)
        sentence = f"is distorted: {len(cut)} peaks are cut off at full scale" if len(cut) > 1 else _ONE_PEAK
        yield Fault(FaultKind.CLIPPING, cut[0][0] / clip.sample_rate, count / _RUN_SAMPLES, sentence)


_ONE_PEAK = "is distorted: a peak is cut off at full scale"


def offset_faults(heard: Heard) -> Iterator[Fault]:
    """Whether the samples lie off zero on average, which clicks at every cut and takes from the headroom."""
    if abs(heard.offset) > _OFFSET:
        sentence = f"lies off zero by {100 * heard.offset:.1f} % of full scale"
        yield Fault(FaultKind.OFFSET, 0.0, abs(heard.offset) / _OFFSET, sentence)


def noise_faults(heard: Heard) -> Iterator[Fault]:
    """Whether some 50 ms or more are loud noise: as much in every frequency, as no sound of speech has."""
    hop = _WINDOW // 2
    if len(heard.pcm) < _WINDOW:
        return
    frames = np.lib.stride_tricks.sliding_window_view(heard.pcm, _WINDOW)[::hop]
    power = np.einsum("ij,ij->i", frames, frames)
    loud = power > power.max() * 10 ** (-_LOUD_DB / 10)
    flat = np.zeros(len(frames), dtype=np.bool_)
    flat[loud] = _flatness(frames[loud], heard.sample_rate) > _FLAT
    for start, end in runs(flat):
        seconds = (end - start) * hop / heard.sample_rate
        if 1000 * seconds >= _NOISE_MS:
            sentence = f"has a burst of noise of {seconds:.2f} s"
            yield Fault(FaultKind.NOISE, start * hop / heard.sample_rate, 1000 * seconds / _NOISE_MS, sentence)
            return


def _flatness(frames: np.ndarray, sample_rate: int) -> np.ndarray:
    """The geometric over the arithmetic mean of each frame's power spectrum: 0 for a tone, near 1 for flat noise."""
    low, high = (round(hz * _WINDOW / sample_rate) for hz in _BAND_HZ)
    spectra = np.fft.rfft(frames * np.hanning(_WINDOW).astype(np.float32))[:, low:high]
    power = np.square(np.abs(spectra)) + 1e-12
    flatness: np.ndarray = np.exp(np.log(power).mean(axis=1)) / power.mean(axis=1)
    return flatness
