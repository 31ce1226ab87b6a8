"""The mix: speech and jingles at their places, at their levels. The only file that imports pydub."""

import warnings
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from audio.block import BLOCK_FRAMES, Block
from audio.cut import clip_of, heard
from audio.ducking import Level, ducked
from audio.jingle import Jingle, Jingles
from audio.sound import Sound
from audio.timeline import GRID_MS, PlacedJingle, PlacedSpeech, Slot, Timeline
from voices.clips import ClipStore

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # pydub looks for an ffmpeg program on import; nothing here needs one
    from pydub import AudioSegment

ALONE_LU = {Slot.INTRO: 3.0, Slot.STING: 4.0, Slot.LANGUAGE: 6.0, Slot.OUTRO: 3.0, Slot.BED: 14.0}
"""How far below the speech a jingle lies: music of the same loudness is felt as louder than a voice."""

UNDER_SPEECH_LU = 18.0
"""How far below the speech any of them lies while somebody speaks."""

_Placed = TypeVar("_Placed", PlacedSpeech, PlacedJingle)

_BOTH_CHANNELS_LU = 10 * np.log10(2)  # a voice in two channels measures that much more than in one
_HEADROOM = 8.0  # 18 dB: pydub counts in integers and would clip what a limiter can still bring down
_FULL_SCALE = float(2**31)


def mixed_blocks(
    timeline: Timeline, gains: Mapping[str, float], store: ClipStore, jingles: Jingles, sound: Sound
) -> Iterator[Block]:
    """The whole timeline in blocks of BLOCK_FRAMES, the last one shorter, in `jingles.channels` channels.

    `gains` has a factor for every voice, which brings it to `sound.target_lufs` (of one channel). Not limited: it
    may exceed ±1. A clip is read when its block comes, and only what a block touches is in memory. Raises
    MissingClipError. No bits are dropped, so there is no dither: pydub's integers have 32, of which 29 are below
    full scale, more than a float holds.
    """

    def speak(placed: PlacedSpeech) -> NDArray[np.float32]:
        clip = clip_of(placed.take, store)
        return heard(clip, placed, timeline.sample_rate) * np.float32(gains[placed.take.voice])

    def play(placed: PlacedJingle) -> NDArray[np.float32]:
        return _dressed(placed, jingles.find(placed), jingles.channels, timeline, sound.target_lufs)

    speech = _Line(timeline.speech, speak)
    music = _Line(timeline.jingles, play)
    for start in range(0, timeline.samples, BLOCK_FRAMES):
        block = np.zeros((min(BLOCK_FRAMES, timeline.samples - start), jingles.channels), dtype=np.float32)
        for first, pcm in speech.between(start, start + len(block)):
            block[first : first + len(pcm)] += pcm[:, None]
        for first, pcm in music.between(start, start + len(block)):
            stretch = slice(first, first + len(pcm))
            block[stretch] = _overlaid(block[stretch], pcm, timeline.sample_rate)
        yield block


class _Line(Generic[_Placed]):
    """Placed sounds in order of their start, each made when it is first heard and dropped after its last sample."""

    def __init__(self, events: Sequence[_Placed], make: Callable[[_Placed], NDArray[np.float32]]) -> None:
        self._waiting: deque[_Placed] = deque(event for event in events if event.end > event.start)
        self._heard: list[tuple[_Placed, NDArray[np.float32]]] = []
        self._make: Callable[[_Placed], NDArray[np.float32]] = make

    def between(self, start: int, end: int) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """What is heard of them in samples [start, end): each one's first sample, counted from `start`, and its sound.

        To be asked for one stretch after another.
        """
        while self._waiting and self._waiting[0].start < end:
            event = self._waiting.popleft()
            self._heard.append((event, self._make(event)))
        for event, pcm in self._heard:
            first = max(start, event.start)
            yield first - start, pcm[first - event.start : end - event.start]
        self._heard = [(event, pcm) for event, pcm in self._heard if event.end > end]


def _dressed(
    placed: PlacedJingle, jingle: Jingle, channels: int, timeline: Timeline, speech_lufs: float
) -> NDArray[np.float32]:
    """The jingle at its level, faded, ducked under speech, and as long as its place."""
    rate = timeline.sample_rate
    layer = _segment(jingle.pcm if jingle.channels == channels else np.repeat(jingle.pcm, channels, axis=1), rate)
    if placed.slot is Slot.BED:
        silence = np.zeros((placed.end - placed.start, channels), dtype=np.float32)
        layer = _segment(silence, rate).overlay(layer, loop=True)
    wanted = speech_lufs - ALONE_LU[placed.slot] + (_BOTH_CHANNELS_LU if jingle.channels > 1 else 0.0)
    layer = layer.apply_gain(wanted - jingle.lufs)
    if placed.fade_in_ms:
        layer = layer.fade_in(placed.fade_in_ms)
    if placed.fade_out_ms:
        layer = layer.fade_out(placed.fade_out_ms)
    levels = ducked(placed, timeline.speech, rate, ALONE_LU[placed.slot] - UNDER_SPEECH_LU)
    return np.concatenate([_samples(_ramp(layer, *corners)) for corners in pairwise(levels)])


def _ramp(layer: AudioSegment, start: Level, end: Level) -> AudioSegment:
    """What lies between two corners, its gain going straight from one to the other."""
    (start_ms, from_db), (end_ms, to_db) = start, end
    piece = layer[start_ms:end_ms]
    if from_db == to_db:
        return piece.apply_gain(to_db)
    return piece.fade(from_gain=from_db, to_gain=to_db, start=0, end=end_ms - start_ms)


def _overlaid(under: NDArray[np.float32], over: NDArray[np.float32], sample_rate: int) -> NDArray[np.float32]:
    """Both together; filled up to whole 10 ms for as long as it takes, since pydub counts in milliseconds."""
    filling = ((0, -len(under) % (GRID_MS * sample_rate // 1000)), (0, 0))
    both = _segment(np.pad(under, filling), sample_rate).overlay(_segment(np.pad(over, filling), sample_rate))
    return _samples(both)[: len(under)]


def _segment(pcm: NDArray[np.float32], sample_rate: int) -> AudioSegment:
    whole = np.clip(np.round(pcm.astype(np.float64) * (_FULL_SCALE / _HEADROOM)), -_FULL_SCALE, _FULL_SCALE - 1)
    return AudioSegment(whole.astype("<i4").tobytes(), sample_width=4, frame_rate=sample_rate, channels=pcm.shape[1])


def _samples(segment: AudioSegment) -> NDArray[np.float32]:
    whole = np.frombuffer(segment.raw_data, dtype="<i4").reshape(-1, segment.channels)
    return (whole * (_HEADROOM / _FULL_SCALE)).astype(np.float32)
