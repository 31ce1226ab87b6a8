"""Short-time spectra in the bands in which ears tell sounds apart."""

import functools

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

BANDS = 24
_BAND_HZ = (80.0, 8000.0)
_WINDOW_MS = 32


def band_levels_db(pcm: NDArray[np.float32], sample_rate: int, hop_ms: int) -> NDArray[np.float32]:
    """The level of mono `pcm` in 24 mel bands, shape (frames, 24), a frame of 32 ms every `hop_ms`."""
    window = sample_rate * _WINDOW_MS // 1000
    if len(pcm) < window:
        return np.zeros((0, BANDS), dtype=np.float32)
    frames = sliding_window_view(pcm, window)[:: sample_rate * hop_ms // 1000]
    spectra = np.fft.rfft(frames * np.hanning(window).astype(np.float32), _fft_size(window))
    power = np.square(spectra.real) + np.square(spectra.imag)
    levels: NDArray[np.float32] = 10 * np.log10(power.astype(np.float32) @ _mel_bands(sample_rate) + np.float32(1e-10))
    return levels


def _fft_size(window: int) -> int:
    return 1 << (window - 1).bit_length()


@functools.cache
def _mel_bands(sample_rate: int) -> NDArray[np.float32]:
    """Overlapping triangles, evenly wide on the mel scale (2595 log10(1 + f / 700)); shape (bins, 24)."""
    size = _fft_size(sample_rate * _WINDOW_MS // 1000)
    bins = np.arange(size // 2 + 1)
    low, high = (2595 * np.log10(1 + hz / 700) for hz in _BAND_HZ)
    hz = 700 * (10 ** (np.linspace(low, high, BANDS + 2) / 2595) - 1)
    edges = hz * size / sample_rate
    rising = (bins[:, np.newaxis] - edges[:-2]) / np.diff(edges)[:-1]
    falling = (edges[2:] - bins[:, np.newaxis]) / np.diff(edges)[1:]
    return np.clip(np.minimum(rising, falling), 0.0, None).astype(np.float32)
