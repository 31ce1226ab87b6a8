"""What every colour, shape and line means, in words beside a sample of it."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from audio.timeline import Slot
from feeds.picture.captions import Captions, voice_caption
from feeds.picture.curve import lozenge
from feeds.picture.hues import Voices
from feeds.picture.lettering import width_of
from feeds.picture.music import jingle_shape
from feeds.picture.rows import Row
from feeds.picture.shapes import Shape, box, line, number, path, polygon, text
from feeds.picture.sheet import MARGIN, WIDTH

_SIZE = 12.0
_LINE = 21.0
_SAMPLE = 26.0
_ITEMS = MARGIN + 92
_COLUMN = (WIDTH - MARGIN - _ITEMS) / 12

Sample = Callable[[float, float], Sequence[Shape]]
"""Draws a sample whose left end is at x and whose middle is at y."""


@dataclass(frozen=True, slots=True)
class _Entry:
    sample: Sample
    words: str


def legend(rows: Sequence[Row], voices: Voices, captions: Captions, top: float) -> tuple[list[Shape], float]:
    """The legend of all that occurs in `rows`, and where it ends."""
    drawn: list[Shape] = []
    for title, entries in (
        (captions.voices, list(_voices(voices, captions))),
        (captions.jingles, list(_jingles(rows, captions))),
        (captions.marks, list(_marks(rows, voices, captions))),
    ):
        if entries:
            drawn.append(text(MARGIN, top + 15, title, "legend soft strong"))
            shapes, top = _flow(entries, top)
            drawn += shapes
    return drawn, top


def _flow(entries: Sequence[_Entry], top: float) -> tuple[list[Shape], float]:
    """The entries one after the other, on as many lines as they need, and where the last line ends."""
    drawn: list[Shape] = []
    x = _ITEMS
    for entry in entries:
        width = _SAMPLE + 7 + width_of(entry.words, _SIZE)
        if x > _ITEMS and x + width > WIDTH - MARGIN:
            x, top = _ITEMS, top + _LINE
        drawn += entry.sample(x, top + 11)
        drawn.append(text(x + _SAMPLE + 7, top + 15, entry.words, "legend ink"))
        x += _COLUMN * math.ceil((width + 8) / _COLUMN)
    return drawn, top + _LINE


def _voices(voices: Voices, captions: Captions) -> Iterator[_Entry]:
    for language, voice in voices.textures:
        yield _Entry(_patch(f"said {voices.look(language, voice)}"), voice_caption(language, voice, captions))


def _jingles(rows: Sequence[Row], captions: Captions) -> Iterator[_Entry]:
    heard = {music.slot for row in rows for music in row.jingles}
    for slot in Slot:
        if slot in heard:
            yield _Entry(_jingle(slot), captions.slots[slot])


def _marks(rows: Sequence[Row], voices: Voices, captions: Captions) -> Iterator[_Entry]:
    yield _Entry(_flag, captions.chapter)
    if any(row.measured for row in rows):
        yield _Entry(_bars(voices), captions.waveform)
        yield _Entry(_peak, captions.peak_mark)
        yield _Entry(_limit, captions.peak_line)
        yield _Entry(_curve, captions.curve)
        yield _Entry(_band, captions.band)
        yield _Entry(_whole, captions.whole)


def _patch(look: str) -> Sample:
    return lambda x, y: [box(x, y - 5, _SAMPLE, 10, look)]


def _jingle(slot: Slot) -> Sample:
    return lambda x, y: [jingle_shape(slot, x, x + _SAMPLE, y - 6, 12)]


def _flag(x: float, y: float) -> list[Shape]:
    x += 10
    return [line(x, y - 6, x, y + 7, "chapter"), polygon([(x, y - 7), (x + 5, y - 4), (x, y - 1)], "mark ink")]


def _bars(voices: Voices) -> Sample:
    reaches = (2, 5, 7, 4, 6, 3, 5, 7, 3, 5, 6, 2)
    looks = [f"w{voices.hue(language)}" for language in voices.languages] or ["w-none"]
    return lambda x, y: [
        path(
            f"M{number(x + 2 + 2 * place)} {number(y - reach)}v{2 * reach}",
            f"bar {looks[place * len(looks) // len(reaches)]}",
        )
        for place, reach in enumerate(reaches)
    ]


def _peak(x: float, y: float) -> list[Shape]:
    return [polygon([(x + 9, y - 4), (x + 17, y - 4), (x + 13, y + 4)], "mark ink")]


def _limit(x: float, y: float) -> list[Shape]:
    return [line(x, y, x + _SAMPLE, y, "limit")]


def _curve(x: float, y: float) -> list[Shape]:
    return [path(f"M{x} {y + 3}c5 -9 8 -9 12 -2s8 5 14 -4", "curve")]


def _band(x: float, y: float) -> list[Shape]:
    return [box(x, y - 4, _SAMPLE, 8, "band"), line(x, y, x + _SAMPLE, y, "target")]


def _whole(x: float, y: float) -> list[Shape]:
    return [box(x, y - 4, _SAMPLE, 8, "band"), lozenge(x + 13, y, "mark good")]
