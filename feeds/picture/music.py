"""The jingles of a row: each kind known by its shape, and by its name and length where there is room."""

from collections.abc import Iterator, Sequence
from typing import Final

from audio.timeline import Slot
from feeds.picture.captions import Captions
from feeds.picture.lettering import width_of
from feeds.picture.rows import Music
from feeds.picture.shapes import Shape, polygon, text
from feeds.picture.sheet import LEFT
from feeds.picture.stretch import Stretch, span_text
from feeds.words import NBSP

_LABEL: Final = 10.0
_APART: Final = 5.0
_LEAST: Final = 3.0
_TOOTH: Final = 6.0


def jingle_shape(slot: Slot, left: float, right: float, top: float, height: float, tip: str = "") -> Shape:
    """The shape by which a kind of jingle is known.

    An intro points into the speech, an outro closes it, a sting is a lozenge, what stands between two languages an
    hourglass on its side, and a bed a saw under the words.
    """
    right = max(right, left + _LEAST)
    middle, bottom = top + height / 2, top + height
    nose = min(height / 2, (right - left) / 2)
    courses = {
        Slot.INTRO: [(left, top), (right - nose, top), (right, middle), (right - nose, bottom), (left, bottom)],
        Slot.OUTRO: [(left, top), (right, top), (right - nose, middle), (right, bottom), (left, bottom)],
        Slot.STING: [
            (left, middle), (left + nose, top), (right - nose, top), (right, middle),
            (right - nose, bottom), (left + nose, bottom),
        ],
        Slot.LANGUAGE: [
            (left, top), ((left + right) / 2, middle - 1), (right, top),
            (right, bottom), ((left + right) / 2, middle + 1), (left, bottom),
        ],
        Slot.BED: list(_saw(left, right, top, height)),
    }  # fmt: skip
    return polygon(courses[slot], f"jingle {slot}", tip)


def music_lane(stretch: Stretch, top: float, height: float, captions: Captions) -> list[Shape]:
    """The jingles of a stretch. One on whose heels the next follows is named together with it."""
    within = [music for music in stretch.row.jingles if stretch.span(music.start_s, music.end_s)]
    spans = [stretch.span(music.start_s, music.end_s) or (0.0, 0.0) for music in within]
    drawn = [
        jingle_shape(music.slot, left, right, top, height, _tip(music, captions))
        for music, (left, right) in zip(within, spans, strict=True)
    ]
    return [*drawn, *_names(within, spans, stretch.right, top + height - 2.5, captions)]


def _names(
    within: Sequence[Music], spans: Sequence[tuple[float, float]], end: float, y: float, captions: Captions
) -> Iterator[Shape]:
    """The names of jingles at `spans` on a line that ends at `end`: behind each, or before the outro."""
    held: list[str] = []
    taken = LEFT  # up to here the lane is full
    for place, (music, (left, right)) in enumerate(zip(within, spans, strict=True)):
        held.append(_label(music, captions))
        following = spans[place + 1][0] if place + 1 < len(spans) else end
        right = max(right, left + _LEAST)
        said = _fitting(held, following - right)
        if said:
            yield text(right + _APART, y, said, "tick soft")
        elif music.slot is Slot.OUTRO and _width(held[-1]) < left - taken:
            yield text(left - _APART, y, held[-1], "tick soft end")
        taken = right + _width(said)
        if following - right > 2 * _APART:
            held.clear()


def _fitting(labels: Sequence[str], room: float) -> str:
    """As many of the labels, the last ones, as there is room for."""
    joined = (" · ".join(labels[first:]) for first in range(len(labels)))
    return next((said for said in joined if _width(said) < room), "")


def _width(said: str) -> float:
    return width_of(said, _LABEL) + 2 * _APART if said else 0.0


def _label(music: Music, captions: Captions) -> str:
    return f"{captions.short_slots[music.slot]} {music.end_s - music.start_s:.0f}{NBSP}s"


def _tip(music: Music, captions: Captions) -> str:
    name = f" ({music.name})" if music.name else ""
    return f"{captions.slots[music.slot]}{name}, {span_text(music.start_s, music.end_s)}"


def _saw(left: float, right: float, top: float, height: float) -> Iterator[tuple[float, float]]:
    """Teeth along a thin strip."""
    floor, tip = top + height - 2, top + height / 2 - 1
    count = max(1, round((right - left) / _TOOTH))
    pitch = (right - left) / count
    yield left, floor
    for place in range(count):
        yield left + (place + 0.5) * pitch, tip
        yield left + (place + 1) * pitch, floor - (2 if place + 1 < count else 0)
    yield right, floor
