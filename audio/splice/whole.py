"""Reels side by side: where each begins, what lies where, and what the whole of them measures."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

import numpy as np

from audio.chapters import programme_chapters
from audio.jingle import Jingles
from audio.loudness import STEP_MS
from audio.measure import Measured, Steps
from audio.score import Score
from audio.splice.place import LEAD_SAMPLES
from audio.splice.reel import Reel
from audio.timeline import Chapter, PlacedJingle, PlacedSpeech, Timeline


def timeline_of(score: Score, reels: Sequence[Reel], jingles: Jingles, sample_rate: int) -> Timeline:
    """What lies where, reel after reel. Takes and jingles are named as they are now: reels may be older."""
    starts = _starts(reels)
    return Timeline(
        speech=tuple(_speech(score, reels, starts)),
        jingles=tuple(_jingles(score, reels, starts, jingles)),
        chapters=_chapters(score, starts),
        samples=_samples(reels),
        sample_rate=sample_rate,
    )


def measured(reels: Sequence[Reel], sample_rate: int) -> Measured:
    """The figures of them all, as if they had been measured in one.

    The 0.1 s that are measured together lie up to 0.05 s elsewhere than they would, since each reel's are counted from
    its own start; silence lies where one reel's meet another's. The true peak is exact.
    """
    step = STEP_MS * sample_rate // 1000
    count = _samples(reels) // step
    power, peaks = np.zeros(count), np.zeros(count, dtype=np.float32)
    for reel, start in zip(reels, _starts(reels), strict=True):
        place = round(start / step)
        steps = reel.steps
        power[place : place + len(steps.power)] = steps.power[: count - place]
        peaks[place : place + len(steps.peaks)] = steps.peaks[: count - place]
    whole = Steps(power, peaks)
    return Measured(whole.lufs, max(reel.true_peak_db for reel in reels), _samples(reels), whole.profile)


def _starts(reels: Sequence[Reel]) -> tuple[int, ...]:
    return tuple(accumulate((reel.samples for reel in reels[:-1]), initial=0))


def _samples(reels: Sequence[Reel]) -> int:
    return sum(reel.samples for reel in reels)


def _speech(score: Score, reels: Sequence[Reel], starts: Sequence[int]) -> Iterator[PlacedSpeech]:
    for number, (part, reel, start) in enumerate(zip(score, reels, starts, strict=True)):
        takes = (*part.ident, *part.takes)
        for place, (take, said) in enumerate(zip(takes, reel.speech, strict=True)):
            ident = place < len(part.ident)
            yield PlacedSpeech(take, start + said.start, start + said.end, said.skipped, number, ident)


def _jingles(score: Score, reels: Sequence[Reel], starts: Sequence[int], jingles: Jingles) -> Iterator[PlacedJingle]:
    for part, reel, start in zip(score, reels, starts, strict=True):
        own = jingles.of(part.language, part.section)
        for placed in reel.jingles:
            jingle = own.get(placed.slot)
            name = jingle.name if jingle else placed.name
            yield PlacedJingle(
                placed.slot, start + placed.start, start + placed.end, placed.fade_in_ms, placed.fade_out_ms, name
            )


def _chapters(score: Score, starts: Sequence[int]) -> tuple[Chapter, ...]:
    return programme_chapters([part.title for part in score], [start + LEAD_SAMPLES for start in starts])
