"""The picture of an issue, as SVG and as PNG: one drawing, two files."""

from collections.abc import Sequence
from dataclasses import dataclass

from feeds.picture.captions import captions_for
from feeds.picture.drawing import Drawing, draw
from feeds.picture.png import drawable, png_of
from feeds.picture.rows import Row
from feeds.picture.sheet import WIDTH
from feeds.picture.svg import svg_of
from feeds.picture.target import Target


@dataclass(frozen=True, slots=True)
class Picture:
    """An issue's timeline, drawn; the same drawing gives the same bytes."""

    drawing: Drawing

    def svg(self) -> bytes:
        """An SVG document in UTF-8: text that can be searched and read aloud, light and dark, tips on what is drawn."""
        return svg_of(self.drawing)

    def png(self, scale: float = 2.0) -> bytes:
        """A PNG, light, `scale` pixels to a unit of the SVG (1100 wide); smaller where it would be huge."""
        return png_of(svg_of(self.drawing, drawable), (WIDTH, self.drawing.height), scale)


def picture_of(
    title: str,
    rows: Sequence[Row],
    target_lufs: float,
    tolerance_lu: float,
    peak_limit_db: float,
    languages: Sequence[str] = (),
    language: str = "en",
) -> Picture:
    """The picture of an issue: the programme first, then the articles as given, all to one scale of time.

    `title` names the publication and the issue; loudness is in LUFS and LU, the peak limit in dBTP. `languages` are
    the edition's, which have the same colours in every picture of it; `language` is that of the picture's own words:
    French for French, English for every other.
    """
    target = Target(target_lufs, tolerance_lu, peak_limit_db)
    return Picture(draw(title, rows, target, captions_for(language), languages))
