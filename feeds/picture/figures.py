"""At the end of each row: how long, how loud as a whole, how high its peak, and whether that is right."""

from collections.abc import Iterator

from feeds.picture.captions import Captions, figure
from feeds.picture.curve import lozenge
from feeds.picture.rows import Measured, Row
from feeds.picture.shapes import Shape, box, line, polygon, text
from feeds.picture.sheet import FIGURES, MARGIN, WIDTH
from feeds.picture.target import Target
from feeds.words import NBSP, duration_text, words_for

GAUGE = FIGURES + 96
GAUGE_END = WIDTH - MARGIN
REACH_LU = 3.0
"""How far below and above the target the gauge of loudness reaches."""

_PEAK_BELOW, _PEAK_ABOVE = 5.0, 1.0


def figures(row: Row, target: Target, headline: float, top: float, captions: Captions) -> list[Shape]:
    """The figures of a row: its length on the headline's line, the others from `top` on."""
    length = duration_text(row.seconds, words_for(captions.language))
    about = f"≈{NBSP}" if row.is_estimated else ""
    drawn = [text(FIGURES, headline, f"{about}{length}", "head ink")]
    if row.measured is None:
        return [*drawn, text(FIGURES, top + 10, captions.estimated, "figure soft")]
    loudness = f"{figure(row.measured.lufs, captions)}{NBSP}LUFS"
    peak = f"{figure(row.measured.true_peak_db, captions)}{NBSP}dBTP"
    drawn.append(text(FIGURES, top + 12, loudness, f"figure {_look(target.holds_loudness(row.measured.lufs))}"))
    drawn += _loudness_gauge(row.measured, target, top + 8)
    drawn.append(text(FIGURES, top + 29, peak, f"figure {_look(target.holds_peak(row.measured.true_peak_db))}"))
    drawn += _peak_gauge(row.measured, target, top + 25)
    faults = list(faults_of(row.measured, target, captions))
    look = "warn strong" if faults else "good"
    drawn += [
        text(FIGURES, top + 46 + 14 * place, words, f"label {look}")
        for place, words in enumerate(faults or [captions.good])
    ]
    return drawn


def gauge_names(y: float, captions: Captions) -> list[Shape]:
    """What the two ends of the gauges mean, above the first of them."""
    return [
        text(GAUGE, y, captions.quieter_side, "tick soft"),
        text(GAUGE_END, y, captions.louder_side, "tick soft end"),
    ]


def faults_of(measured: Measured, target: Target, captions: Captions) -> Iterator[str]:
    """What is not as it should be, in words."""
    off = measured.lufs - target.lufs
    if not target.holds_loudness(measured.lufs):
        words = captions.louder if off > 0 else captions.quieter
        yield words.format(by=figure(abs(off), captions))
    if not target.holds_peak(measured.true_peak_db):
        yield captions.over.format(by=figure(max(measured.true_peak_db - target.peak_db, 0.1), captions))


def _look(holds: bool) -> str:
    return "ink" if holds else "warn"


def _loudness_gauge(measured: Measured, target: Target, y: float) -> list[Shape]:
    off = measured.lufs - target.lufs
    x = _along(off, -REACH_LU, REACH_LU)
    left, right = (_along(side * target.tolerance_lu, -REACH_LU, REACH_LU) for side in (-1, 1))
    middle = _along(0, -REACH_LU, REACH_LU)
    look = "mark good" if target.holds_loudness(measured.lufs) else "mark warn"
    mark = lozenge(x, y, look) if abs(off) <= REACH_LU else _arrow(x, y, 1 if off > 0 else -1)
    return [
        box(GAUGE, y - 1, GAUGE_END - GAUGE, 2, "track"),
        box(left, y - 6, right - left, 12, "band"),
        line(middle, y - 6, middle, y + 6, "target"),
        mark,
    ]


def _peak_gauge(measured: Measured, target: Target, y: float) -> list[Shape]:
    over = measured.true_peak_db - target.peak_db
    limit, x = (_along(value, -_PEAK_BELOW, _PEAK_ABOVE) for value in (0.0, over))
    look = "mark ink" if target.holds_peak(measured.true_peak_db) else "mark warn"
    return [
        box(GAUGE, y - 1, GAUGE_END - GAUGE, 2, "track"),
        line(limit, y - 6, limit, y + 6, "limit"),
        polygon([(x - 4, y - 6), (x + 4, y - 6), (x, y + 1)], look),
    ]


def _along(value: float, low: float, high: float) -> float:
    share = (min(max(value, low), high) - low) / (high - low)
    return GAUGE + share * (GAUGE_END - GAUGE)


def _arrow(x: float, y: float, side: int) -> Shape:
    return polygon([(x - 9 * side, y - 6), (x, y), (x - 9 * side, y + 6)], "mark warn")
