"""The waveform: bars in the colour of the language that is heard, the peak limit, and the highest peak."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from feeds.picture.captions import Captions, figure, plain_figure
from feeds.picture.hues import Voices
from feeds.picture.lettering import width_of
from feeds.picture.rows import Measured
from feeds.picture.shapes import Shape, box, line, number, path, polygon, text
from feeds.picture.sheet import LEFT
from feeds.picture.stretch import Stretch
from feeds.picture.target import Target

STRIP = 12.0
"""The upper end of the lane, kept free for the mark of the highest peak."""

_LEAST = 0.6  # half the height of a bar of silence


def wave(
    stretch: Stretch, measured: Measured, target: Target, top: float, height: float, voices: Voices
) -> list[Shape]:
    """The waveform of a stretch: each bar pale as far as its highest sample, full as far as its usual ones.

    What is over the limit of peaks is in the colour of what is wrong.
    """
    axis, half = top + STRIP + (height - STRIP) / 2, (height - STRIP) / 2
    loudest = amplitude(target.peak_db)
    bars: defaultdict[str, list[str]] = defaultdict(list)
    for (x, start_s, end_s), look in zip(stretch.bins(), _looks(stretch, voices), strict=True):
        peaks = within(measured.peaks, measured.step_s, start_s, end_s)
        highest = min(max(peaks), 1.0)
        bars[f"{look} pale"].append(_bar(x, axis, min(highest, loudest) * half))
        bars[look].append(_bar(x, axis, min(sum(peaks) / len(peaks), loudest) * half))
        if highest > loudest:
            over = (highest - loudest) * half + 1
            bars["w-over"] += [
                f"M{number(x)} {number(axis + side * loudest * half)}v{number(side * over)}" for side in (-1, 1)
            ]
    drawn = [box(LEFT, top, stretch.right - LEFT, height, "panel")]
    drawn += [path("".join(course), f"bar {look}") for look, course in sorted(bars.items(), key=_pale_first)]
    return drawn + [
        line(LEFT, axis + side * loudest * half, stretch.right, axis + side * loudest * half, "limit")
        for side in (-1, 1)
    ]


def peak_mark(stretch: Stretch, measured: Measured, target: Target, top: float, captions: Captions) -> Iterator[Shape]:
    """A mark at the loudest moment of the file, if it is in this stretch, with the true peak beside it."""
    place = max(range(len(measured.peaks)), key=measured.peaks.__getitem__)
    moment_s = (place + 0.5) * measured.step_s
    if not stretch.start_s <= moment_s < stretch.end_s:
        return
    x = stretch.x(moment_s)
    look = "ink" if target.holds_peak(measured.true_peak_db) else "warn"
    yield polygon([(x - 4, top + 3), (x + 4, top + 3), (x, top + 10)], f"mark {look}")
    words = f"{figure(measured.true_peak_db, captions)} dBTP"
    reach = 7 + width_of(words, 10)
    left = _is_crossed(stretch, x, x + reach) and not _is_crossed(stretch, x - reach, x)
    yield text(x - 7 if left else x + 7, top + 10, words, f"tick {look}{' end' if left else ''}")


def _is_crossed(stretch: Stretch, left: float, right: float) -> bool:
    """Whether a chapter's line or an end of the stretch lies between the two."""
    lines = [stretch.x(mark.start_s) for mark in stretch.row.chapters]
    return left < LEFT or right > stretch.right or any(left < line < right for line in lines)


def names(target: Target, top: float, height: float, captions: Captions) -> list[Shape]:
    """What stands left of the lane: the peak limit beside its line, and what the lane shows."""
    half = (height - STRIP) / 2
    limit = top + STRIP + half * (1 - amplitude(target.peak_db))
    return [
        text(LEFT - 8, limit + 2, f"{plain_figure(target.peak_db, captions)} dBTP", "tick warn end"),
        text(LEFT - 8, top + STRIP + half + 5, captions.wave_axis, "tick soft end"),
    ]


def within(values: Sequence[float], step_s: float, start_s: float, end_s: float) -> Sequence[float]:
    """Those of the `values`, one every `step_s`, between two moments: at least one, the last one after the end."""
    first = min(int(start_s / step_s), len(values) - 1)
    return values[first : max(first + 1, int(end_s / step_s))]


def amplitude(level_db: float) -> float:
    """The amplitude of a level in decibels below full scale."""
    return float(10 ** (level_db / 20))


def _bar(x: float, axis: float, reach: float) -> str:
    reach = max(reach, _LEAST)
    return f"M{number(x)} {number(axis - reach)}v{number(2 * reach)}"


def _pale_first(bars: tuple[str, list[str]]) -> tuple[bool, bool, str]:
    look, _ = bars
    return look == "w-over", not look.endswith("pale"), look


def _looks(stretch: Stretch, voices: Voices) -> Iterator[str]:
    """What is heard in each bar: the language that is spoken, else music, else nothing."""
    speech = [(said.start_s, said.end_s, f"w{voices.hue(said.language)}") for said in stretch.row.speech]
    music = [(music.start_s, music.end_s, "w-music") for music in stretch.row.jingles]
    for _, start_s, end_s in stretch.bins():
        middle = (start_s + end_s) / 2
        heard = (look for start, end, look in chain(speech, music) if start <= middle < end)
        yield next(heard, "w-none")
