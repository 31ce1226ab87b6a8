"""An issue's cover, 3000 × 3000 pixels: drawn here, or made from the edition's own picture.

The only file that imports Pillow. The letters are Source Serif Pro (SIL Open Font License 1.1) from the
package `font-source-serif-pro`: the face inside Pillow has no accents. They are set glyph by glyph
(`Layout.BASIC`), because the other layout engine is there or not depending on the machine, and a cover must
be the same bytes on each.
"""

import functools
import importlib.resources
import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont, ImageOps

from articles.characters import composed
from articles.errors import ExitCode, VivavoceError
from feeds.lettering import fit_lines, kern
from feeds.palettes import Palette, palette_for, wave_heights
from feeds.text import one_line

SIDE_PX: Final = 3000
SMALLEST_PX: Final = 1400
"""What Apple takes at least; a smaller picture would only be blown up."""
MAX_BYTES: Final = 500_000
"""Below the 512 KB that directories recommend; a drawn cover keeps to it, a photograph may not."""

_FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF")
"""What a cover may be; Pillow has fifty readers, and a stranger's picture would choose among them."""

_MARGIN: Final = 220
_WIDTH: Final = SIDE_PX - 2 * _MARGIN
_QUALITIES: Final = (88, 78, 65, 50)
_BARS: Final = 24
_TWINS: Final = str.maketrans({"\u202f": "\u00a0", "\u2009": "\u00a0", "\u2011": "-", "\u00ad": None})
"""What the face lacks, and what looks the same there."""


@dataclass(frozen=True, slots=True)
class _Style:
    """How a text is set: weight of the face, sizes and room in pixels, distance of lines in ems."""

    weight: str
    largest: int
    smallest: int
    height: int
    leading: float


_TITLE: Final = _Style("Black", largest=900, smallest=80, height=1180, leading=1.0)
_ISSUE: Final = _Style("Semibold", largest=230, smallest=90, height=480, leading=1.15)
_DATE: Final = _Style("Regular", largest=130, smallest=70, height=160, leading=1.2)


class CoverError(VivavoceError):
    """A cover cannot be made: the picture is not one, is too small, or nothing of the name can be drawn."""

    exit_code = ExitCode.USAGE


def draw_cover(publication: str, issue_title: str, date_text: str, palette: Palette | None = None) -> bytes:
    """An RGB JPEG below 500 kB: the publication's name as large as it fits, issue, date, and a sound wave.

    Colours and wave follow from the two names unless `palette` says otherwise; the same arguments give the
    same bytes. Characters that the face lacks (Latin, Greek and Cyrillic it has; emoji it has not) are left
    out. Raises CoverError when nothing of the publication's name is left.
    """
    palette = palette or palette_for(publication, issue_title)
    title, issue, date = (_drawable(text) for text in (publication, issue_title, date_text))
    if not title:
        raise CoverError(
            f'no cover can be drawn for "{publication}": the face has none of its letters',
            hint=f"put a cover.png of at least {SMALLEST_PX} × {SMALLEST_PX} pixels in the edition's folder",
        )
    image = Image.new("RGB", (SIDE_PX, SIDE_PX), palette.ground)
    draw = ImageDraw.Draw(image)
    bottom = _set(draw, title, _MARGIN, _TITLE, palette)
    rule_top = bottom + 130
    draw.rectangle((_MARGIN, rule_top, _MARGIN + 420, rule_top + 25), fill=palette.accent)
    bottom = rule_top + 25 + 40
    if issue and issue != title:
        bottom = _set(draw, issue, bottom + 80, _ISSUE, palette)
    if date and date not in (issue, title):
        bottom = _set(draw, date, bottom + 80, _DATE, palette)
    _wave(draw, bottom + 190, wave_heights(_BARS, publication, issue_title), palette)
    return _jpeg(image)


def fit_cover(path: Path) -> bytes:
    """The picture at `path` as such a JPEG: its middle square, on white where it was transparent.

    Raises CoverError when it is missing, no picture in JPEG, PNG, WebP or TIFF, or less than 1400 pixels wide or high.
    """
    image = _open(path)
    if min(image.size) < SMALLEST_PX:
        raise CoverError(
            f"{path}: the picture has {image.width} × {image.height} pixels",
            hint=f"use one of {SIDE_PX} × {SIDE_PX}; podcast directories take none below {SMALLEST_PX}",
        )
    return _jpeg(ImageOps.fit(image, (SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS))


def _open(path: Path) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=_FORMATS) as picture:
                upright = ImageOps.exif_transpose(picture)
                if "A" in upright.getbands() or "transparency" in upright.info:
                    upright = upright.convert("RGBA")
                    paper = Image.new("RGBA", upright.size, "white")
                    upright = Image.alpha_composite(paper, upright)
                return upright.convert("RGB")
    except FileNotFoundError as error:
        raise CoverError(f"{path}: no such file", hint="the cover is a JPEG or PNG picture") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise CoverError(f"{path}: the picture is too large", hint="3000 × 3000 pixels are enough") from error
    except Exception as error:  # Pillow has many for broken files, and the libraries below it more
        hint = "save it as a JPEG or PNG"
        raise CoverError(f"{path}: not a picture that can be read", hint=hint) from error


def _jpeg(image: Image.Image) -> bytes:
    """The best quality that stays below MAX_BYTES; where none does, the lowest that still looks well."""
    for quality in _QUALITIES:
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True, exif=b"")
        if buffer.tell() < MAX_BYTES:
            break
    return buffer.getvalue()


def _set(draw: ImageDraw.ImageDraw, text: str, top: float, style: _Style, palette: Palette) -> float:
    """Draw `text` with its ink beginning at `top`; where its ink ends, in pixels from the cover's top."""

    def measure(line: str, size: int) -> float:
        return _pen(line, _face(style.weight, size))[-1]

    box, sizes = (_WIDTH, style.height), range(style.largest, style.smallest - 1, -10)
    size, lines = fit_lines(text, box, sizes, style.leading, measure)
    face = _face(style.weight, size)
    # From the top of the ink, so that the accent of an É stays inside the margin.
    baseline = top - face.getbbox(lines[0], anchor="ls")[1]
    for index, line in enumerate(lines):
        if index:
            baseline += size * style.leading
        for char, x in zip(line, _pen(line, face), strict=False):
            draw.text((_MARGIN + x, baseline), char, font=face, fill=palette.ink, anchor="ls")
    return baseline + max(0.0, face.getbbox(lines[-1], anchor="ls")[3])


def _pen(line: str, face: ImageFont.FreeTypeFont) -> list[float]:
    """Where each letter of `line` is set, and at the end where the last one ends, in pixels from the margin.

    The first one's ink is at the margin: a j, which reaches back, moves right, and the others move left by
    about the space that is built into a glyph and grows with the size of the letters.
    """
    reach = -face.getbbox(line[0], anchor="ls")[0] if line else 0.0
    positions = [reach or -0.03 * face.size]
    for char, following in zip(line, line[1:] + " ", strict=True):
        positions.append(positions[-1] + face.getlength(char) + kern(char, following) * face.size)
    return positions


def _wave(draw: ImageDraw.ImageDraw, top: float, heights: tuple[float, ...], palette: Palette) -> None:
    """The sound wave along the bottom: as high as the text above leaves room for."""
    floor = SIDE_PX - _MARGIN
    reach = max(120.0, min(620.0, (floor - top) / 2))
    axis = floor - reach
    pitch = _WIDTH / len(heights)
    bar = 0.56 * pitch
    for index, height in enumerate(heights):
        left = _MARGIN + index * (pitch + (pitch - bar) / (len(heights) - 1))
        half = max(bar / 2, height * reach)
        draw.rounded_rectangle((left, axis - half, left + bar, axis + half), bar / 2, fill=palette.accent)


def _drawable(text: str) -> str:
    text = composed(one_line(text)).translate(_TWINS)
    words = "".join(char for char in text if _has_glyph(char)).split(" ")
    return " ".join(word for word in words if word)


@functools.cache
def _has_glyph(char: str) -> bool:
    face = _face("Black", 100)
    # Pillow cannot be asked which letters a face has; all that it lacks are drawn as one and the same box.
    return char.isspace() or bytes(face.getmask(char)) != bytes(face.getmask("\uffff"))


@functools.lru_cache(maxsize=4)
def _face(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(_face_file(weight)), size, layout_engine=ImageFont.Layout.BASIC)


@functools.cache
def _face_file(weight: str) -> bytes:
    folder = importlib.resources.files("font_source_serif_pro") / "files"
    return (folder / f"SourceSerifPro-{weight}.otf").read_bytes()
