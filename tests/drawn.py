"""Rows of the picture whose every figure is known, and pictures read back from their SVG."""

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, replace

from audio.timeline import Slot
from feeds.picture.picture import Picture, picture_of
from feeds.picture.rows import ChapterMark, Measured, Music, Row, Said
from feeds.picture.sheet import LEFT, RIGHT

SVG = "{http://www.w3.org/2000/svg}"


def plain_row(number: int = 1, seconds: float = 100.0, title: str = "A new harbour", language: str = "en") -> Row:
    """A row in which everything lies at a place that can be worked out in one's head, in parts of its length.

    Intro to 5 %, English to 45 %, what stands between languages at 45 to 50 %, French from 50 to 90 %, outro from 95 %;
    half as loud in French as in English; a chapter at 50 %.
    """

    def at(part: float) -> float:
        return seconds * part

    steps = round(seconds * 10)
    peaks = tuple(0.8 if step < steps / 2 else 0.4 for step in range(steps))
    loudness = tuple(-16.0 if step < steps / 2 else -22.0 for step in range(steps))
    return Row(
        number=number,
        title=title,
        language=language,
        seconds=seconds,
        speech=(
            Said("en", "joe", at(0.05), at(0.45)),
            Said("fr-FR", "siwis", at(0.5), at(0.9)),
        ),
        jingles=(
            Music(Slot.INTRO, 0.0, at(0.05), "jingles/intro.wav"),
            Music(Slot.LANGUAGE, at(0.45), at(0.5)),
            Music(Slot.OUTRO, at(0.95), seconds),
        ),
        chapters=(ChapterMark(title, 0.0), ChapterMark("At noon", at(0.5))),
        measured=Measured(-16.1, -1.4, 0.1, peaks, loudness),
    )


def quieter(row: Row, by_db: float) -> Row:
    """The row with its sound turned down."""
    assert row.measured
    gain, measured = 10 ** (-by_db / 20), row.measured
    return replace(
        row,
        measured=replace(
            measured,
            lufs=measured.lufs - by_db,
            true_peak_db=measured.true_peak_db - by_db,
            peaks=tuple(peak * gain for peak in measured.peaks),
            loudness=tuple(level - by_db if math.isfinite(level) else level for level in measured.loudness),
        ),
    )


def drawn(*rows: Row, title: str = "The Quay · May 2026", language: str = "en") -> "Drawn":
    """The picture of `rows`, at −16 ± 0.5 LUFS and −1 dBTP, in colours for English and French, read back."""
    return Drawn(picture_of(title, rows, -16.0, 0.5, -1.0, ("en", "fr"), language))


@dataclass
class Drawn:
    """A picture, and what can be found in its SVG."""

    picture: Picture

    def __post_init__(self) -> None:
        self.root = ET.fromstring(self.picture.svg())

    def find(self, look: str, below: ET.Element | None = None) -> list[ET.Element]:
        """The elements that have all the classes in `look`, in the order they are drawn in."""
        wanted = set(look.split())
        within = self.root if below is None else below
        return [element for element in within.iter() if wanted <= set(element.get("class", "").split())]

    def row(self, number: int) -> ET.Element:
        """All that is drawn of a row."""
        return self.find(f"row-{number}")[0]

    def words(self, below: ET.Element | None = None) -> list[str]:
        """Every text that is to be seen."""
        within = self.root if below is None else below
        return [element.text or "" for element in within.iter(f"{SVG}text")]

    def tips(self, below: ET.Element | None = None) -> list[str]:
        """What is said when something is pointed at."""
        within = self.root if below is None else below
        return [element.text or "" for element in within.iter(f"{SVG}title")]


def span(element: ET.Element) -> tuple[float, float]:
    """From where to where an element reaches along the time, as parts of a full line."""
    if element.tag == f"{SVG}rect":
        left = float(element.get("x", ""))
        ends = [left, left + float(element.get("width", ""))]
    else:
        ends = [x for x, _ in points(element)]
    return tuple((x - LEFT) / (RIGHT - LEFT) for x in (min(ends), max(ends)))  # type: ignore[return-value]


def points(element: ET.Element) -> list[tuple[float, float]]:
    """The points of a path that has only straight lines between them."""
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", element.get("d", ""))]


def bars(element: ET.Element) -> Iterator[tuple[float, float]]:
    """The bars of a waveform: where each stands, as a part of a full line, and how high it is."""
    for x, _, height in re.findall(r"M(-?[\d.]+) (-?[\d.]+)v(-?[\d.]+)", element.get("d", "")):
        yield (float(x) - LEFT) / (RIGHT - LEFT), float(height)
