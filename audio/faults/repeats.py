"""A stretch that is heard twice in a row though the text has it once: the model stutters.

Found is what sounds alike. A word said twice with another melody each time is for a listener: of 57, 3 were found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view
from numpy.typing import NDArray

from audio.faults.fault import Fault, FaultKind
from audio.faults.heard import AUDIBLE_DB, Heard
from audio.faults.spectra import BANDS, band_levels_db

_LEAST_S, _MOST_S = 0.35, 2.5  # longer ones take so much time that the pace gives them away

_COARSE_MS, _COARSE_UNLIKE = 20, 0.15
_FINE_MS, _UNLIKE = 10, 0.045
"""How unlike two stretches may be to count as one said twice: 0 for equal ones, about 1 for any two.

Over 570 clips the most alike stretches of different words were 0.050 apart. A stretch laid into a clip a second time,
at any place and length, was at most 0.039 from itself, and 0.006 as a rule; on the coarse grid, which may miss it by
10 ms, under 0.12."""

_LEAST_VARIETY = 0.2  # of a whole clip's: a pause, a long vowel or a tone is like itself at any distance
_RANGE_DB = 50.0
_NEAR_S = 0.1  # word times are about as exact

_FEWEST_LETTERS_PER_S = 4.4  # a quarter of the usual: what is said twice has pauses, and is said with weight


@dataclass(frozen=True, slots=True)
class _Repeat:
    at_s: float
    lag_s: float
    unlike: float


def repeat_faults(heard: Heard, spoken: str) -> Iterator[Fault]:
    """The clearest repetition of 0.35 to 2.5 s that the words there do not have themselves, as "very, very" has."""
    if not _alike(heard, _COARSE_MS, _COARSE_UNLIKE):  # a quarter of the work, and enough for most clips
        return
    found = [repeat for repeat in _alike(heard, _FINE_MS, _UNLIKE) if not _is_said_twice(heard, repeat, spoken)]
    if found:
        clearest = min(found, key=lambda repeat: repeat.unlike)
        sentence = f"has {clearest.lag_s:.1f} s twice over, {clearest.at_s:.1f} s from its start"
        yield Fault(FaultKind.REPEAT, clearest.at_s, 2 - clearest.unlike / _UNLIKE, sentence)


def _alike(heard: Heard, hop_ms: int, unlike: float) -> list[_Repeat]:
    """For each length the stretch most like the one right behind it, if they are alike enough.

    A stretch of one sound only does not count.
    """
    levels = band_levels_db(heard.pcm, heard.sample_rate, hop_ms)
    if not len(levels):
        return []
    top = levels.max()
    loud = np.flatnonzero(levels.max(axis=1) > top - AUDIBLE_DB)
    first = int(loud[0])
    bands = np.maximum(levels[first : loud[-1] + 1], top - _RANGE_DB)
    spectra = bands - bands.mean(axis=0)
    spectra /= max(float(spectra.std()), 1e-6)
    lags = range(int(1000 * _LEAST_S / hop_ms), min(int(1000 * _MOST_S / hop_ms), len(spectra) // 2) + 1)
    if not lags:
        return []
    found = []
    ratios = _unlikeness(spectra, lags)
    for row in np.flatnonzero(ratios.min(axis=1) <= unlike):
        place, lag = int(ratios[row].argmin()), lags[row]
        if _variety(spectra[place : place + lag]) >= _LEAST_VARIETY:
            at_s = (first + place) * hop_ms / 1000
            found.append(_Repeat(at_s, lag * hop_ms / 1000, float(ratios[row, place])))
    return found


def _variety(stretch: NDArray[np.float32]) -> float:
    return float(stretch.var(axis=0).sum()) / BANDS


def _unlikeness(spectra: NDArray[np.float32], lags: range) -> NDArray[np.float64]:
    """For each lag a row, for each frame how unlike the `lag` frames from there are to the next `lag` frames.

    It is the sum of squared differences over the sum of both stretches' own squares; infinite beyond the end.
    """
    frames = len(spectra)
    padded = np.concatenate([spectra, np.zeros((lags[-1] + 1, spectra.shape[1]), dtype=np.float32)])
    products = spectra @ padded.T
    down, right = products.strides
    later = as_strided(products[:, lags[0] :], (len(lags), frames), (right, down + right))  # frame t with t + lag
    power = np.einsum("ij,ij->i", padded, padded)
    apart = power[:frames] + sliding_window_view(power[lags[0] :], frames)[: len(lags)] - 2 * later
    sums = np.concatenate([np.zeros((len(lags), 1)), np.cumsum(apart, axis=1, dtype=np.float64)], axis=1)
    powers = np.concatenate([[0.0], np.cumsum(power[:frames], dtype=np.float64)])
    start = np.arange(frames)
    middle = start + np.array(lags)[:, np.newaxis]
    end = 2 * middle - start
    apart_sums = np.take_along_axis(sums, np.minimum(middle, frames), axis=1) - sums[:, :frames]
    both = powers[np.minimum(end, frames)] - powers[start]
    ratios: NDArray[np.float64] = np.where(end <= frames, apart_sums / np.maximum(both, 1e-9), np.inf)
    return ratios


def _is_said_twice(heard: Heard, repeat: _Repeat, spoken: str) -> bool:
    """Whether letters, as many as the stretch may be, come twice in a row in the words that are heard there.

    Where no word times are known, in all words.
    """
    begin = (repeat.at_s - _NEAR_S) * heard.sample_rate
    end = (repeat.at_s + 2 * repeat.lag_s + _NEAR_S) * heard.sample_rate
    there = [word.text for word in heard.words if word.end > begin and word.start < end]
    letters = "".join(filter(str.isalnum, "".join(there) or spoken)).casefold()
    fewest = max(2, int(_FEWEST_LETTERS_PER_S * repeat.lag_s))
    return re.search(rf"(.{{{fewest},}})\1", letters) is not None
