"""The whole drawing: head, legend, and row below row, each from top to bottom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feeds.picture import curve, waves
from feeds.picture.captions import Captions
from feeds.picture.figures import figures, gauge_names
from feeds.picture.head import description, head
from feeds.picture.hues import Voices, voices_of
from feeds.picture.lanes import language_lanes
from feeds.picture.legend import legend
from feeds.picture.lettering import fitted
from feeds.picture.marks import chapters, clock, has_chapters
from feeds.picture.music import music_lane
from feeds.picture.rows import Row
from feeds.picture.shapes import Shape, group, line, text
from feeds.picture.sheet import LEFT, MARGIN, RIGHT, WIDTH, Heights, heights_for
from feeds.picture.stretch import Stretch, line_seconds, stretches
from feeds.picture.target import Target

_HEADLINE = 15.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes on a sheet of WIDTH × `height` units, with a title and a description for those who cannot see them."""

    title: str
    description: str
    language: str
    height: float
    shapes: tuple[Shape, ...]


def draw(title: str, rows: Sequence[Row], target: Target, captions: Captions, languages: Sequence[str] = ()) -> Drawing:
    """The drawing of `rows`: the programme of the whole issue first, then the articles in the order given.

    `languages` are the edition's: they have the first colours.
    """
    rows = sorted(rows, key=lambda row: not row.is_programme)
    shapes, y = head(title, rows, target, captions)
    voices = voices_of(rows, languages)
    more, y = legend(rows, voices, captions, y + 4)
    shapes += more
    pen = _Pen(
        target=target,
        captions=captions,
        voices=voices,
        heights=heights_for(len(rows)),
        numbers={row.title: row.number for row in rows if row.number},
        line_s=line_seconds(rows),
    )
    y += 14
    first = next((row for row in rows if row.measured), None)
    for row in rows:
        shapes += gauge_names(y + 18, captions) if row is first else []
        drawn, y = pen.row(row, y)
        shapes.append(group(f"row row-{row.number}", drawn))
    told = description(rows, target, captions)
    return Drawing(title, told, captions.language, y + MARGIN - pen.heights.gap, tuple(shapes))


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws rows, one like the other."""

    target: Target
    captions: Captions
    voices: Voices
    heights: Heights
    numbers: Mapping[str, int]
    line_s: float

    def row(self, row: Row, top: float) -> tuple[list[Shape], float]:
        """The row from `top` on, and where it ends."""
        drawn = [line(MARGIN, top, WIDTH - MARGIN, top, "rule"), *self._headline(row, top + 18)]
        y = top + self.heights.headline
        drawn += figures(row, self.target, top + 18, y + 4, self.captions)
        for stretch in stretches(row, self.line_s):
            shapes, y = self._stretch(stretch, y)
            drawn += shapes
        return drawn, max(y, top + 92) + self.heights.gap

    def _headline(self, row: Row, y: float) -> list[Shape]:
        if row.is_programme:
            return [
                text(LEFT, y, self.captions.programme, "head ink", tip=row.title),
                text(RIGHT, y, self.captions.own_scale, "label soft end"),
            ]
        words = fitted(row.title, RIGHT - LEFT, _HEADLINE, bold=True)
        return [
            text(LEFT - 8, y, str(row.number), "head soft end"),
            text(LEFT, y, words, "head ink", row.language, tip=row.title),
        ]

    def _stretch(self, stretch: Stretch, top: float) -> tuple[list[Shape], float]:
        """One line of a row, lane below lane, and where it ends."""
        high, measured = self.heights, stretch.row.measured
        y = top + (high.chapters if has_chapters(stretch) else high.space)
        front: list[Shape] = []
        drawn: list[Shape] = []
        if measured and measured.peaks:
            drawn += waves.wave(stretch, measured, self.target, y, high.wave, self.voices)
            front += waves.peak_mark(stretch, measured, self.target, y, self.captions)
            front += waves.names(self.target, y, high.wave, self.captions)
            y += high.wave + high.space
        if stretch.row.jingles:
            drawn += music_lane(stretch, y, high.music, self.captions)
            front.append(text(LEFT - 8, y + high.music - 2, self.captions.music, "tick soft end"))
            y += high.music + high.space / 2
        drawn += language_lanes(stretch, y, high.language, self.voices, self.captions)
        for lane, language in enumerate(self.voices.languages):
            base = y + (lane + 1) * high.language - 1.5
            front.append(text(LEFT - 8, base, language.upper(), f"tick strong end f{self.voices.hue(language)}"))
        y += high.language * len(self.voices.languages) + high.space
        if measured and measured.loudness:
            drawn += curve.curve(stretch, measured, self.target, y, high.loudness)
            front += curve.names(self.target, y, high.loudness, self.captions)
            y += high.loudness
        under = clock(stretch, top + high.chapters, y)
        over = chapters(stretch, top, y, high.chapters, self.numbers)
        return [*under, *drawn, *over, *front], y + high.clock
