"""The mix: speech and jingles at their places, at their levels. The only file that imports pydub."""

import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from audio.jingle import Jingles
from audio.loudness import SILENT_LUFS, integrated_lufs
from audio.timeline import PlacedJingle, Slot, Timeline

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # pydub looks for an ffmpeg program on import; nothing here needs one
    from pydub import AudioSegment

_UNDER_SPEECH_LU = {Slot.INTRO: 3.0, Slot.OUTRO: 3.0, Slot.BED: 18.0}
"""How far below the speech a jingle lies: music of the same loudness is felt as louder than a voice."""

_HEADROOM = 8.0  # 18 dB: pydub counts in integers and would clip what a limiter can still bring down
_FULL_SCALE = float(2**31)


def mix(
    timeline: Timeline, speech: Sequence[NDArray[np.float32]], jingles: Jingles, speech_lufs: float
) -> NDArray[np.float32]:
    """The episode, mono at the timeline's rate, `timeline.samples` long; not limited: it may exceed ±1.

    `speech` holds the timeline's speech in order, each part as long as its place, levelled to `speech_lufs`.
    """
    mixed = np.zeros(timeline.samples, dtype=np.float32)
    for placed, pcm in zip(timeline.speech, speech, strict=True):
        mixed[placed.start : placed.end] += pcm
    for event in timeline.jingles:
        jingle = jingles.get(event.slot)
        if jingle is not None:
            _overlay(mixed, event, jingle.pcm, timeline.sample_rate, speech_lufs)
    return mixed


def _overlay(
    mixed: NDArray[np.float32],
    event: PlacedJingle,
    pcm: NDArray[np.float32],
    sample_rate: int,
    speech_lufs: float,
) -> None:
    """Lay a jingle over its own stretch of the mix: so pydub, which counts in milliseconds, is exact."""
    stretch = slice(event.start, event.end)
    layer = _segment(pcm, sample_rate)
    if event.slot is Slot.BED:
        silence = np.zeros(event.end - event.start, dtype=np.float32)
        layer = _segment(silence, sample_rate).overlay(layer, loop=True)
    measured = integrated_lufs([pcm], sample_rate)
    if measured != SILENT_LUFS:
        layer = layer.apply_gain(speech_lufs - _UNDER_SPEECH_LU[event.slot] - measured)
    if event.fade_in_ms:
        layer = layer.fade_in(event.fade_in_ms)
    if event.fade_out_ms:
        layer = layer.fade_out(event.fade_out_ms)
    mixed[stretch] = _samples(_segment(mixed[stretch], sample_rate).overlay(layer))


def _segment(pcm: NDArray[np.float32], sample_rate: int) -> AudioSegment:
    whole = np.clip(np.round(pcm.astype(np.float64) * (_FULL_SCALE / _HEADROOM)), -_FULL_SCALE, _FULL_SCALE - 1)
    return AudioSegment(whole.astype("<i4").tobytes(), sample_width=4, frame_rate=sample_rate, channels=1)


def _samples(segment: AudioSegment) -> NDArray[np.float32]:
    whole = np.frombuffer(segment.raw_data, dtype="<i4")
    return (whole * (_HEADROOM / _FULL_SCALE)).astype(np.float32)
