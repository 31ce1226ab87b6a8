"""A picture as PNG, from its SVG; the only file that imports resvg_py.

The letters are Source Sans Pro (SIL Open Font License 1.1) from the package `font-source-sans-pro`, whatever the
machine has: so the same picture is the same bytes on each.
"""

import importlib.resources
import math
import re
import unicodedata
from typing import Final

import resvg_py

from feeds.shown import shown

MOST_PIXELS: Final = 12_000_000
"""Some 100 MB while it is drawn; what would have more, as from a dozen articles on, is drawn smaller."""

_WEIGHTS: Final = ("Regular", "Semibold", "Bold")

# All that Source Sans Pro has without gaps, by Unicode's blocks: Latin, Greek, Cyrillic, and the signs used here.
_LACKING: Final = re.compile(
    "[^\x20-\x7e\xa0-\u017e\u0218-\u021b\u0300-\u0304\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u1ea0-\u1ef9\u2013\u2014"
    "\u2018-\u201a\u201c-\u201e\u2022\u2026\u202f\u2039\u203a\u20ac\u2116\u2122\u2212\u2248]"
)
_TWINS: Final = str.maketrans({"\u2009": "\u202f", "\u2011": "-", "\xad": None, "\u2010": "-"})


def png_of(svg: bytes, size: tuple[float, float], scale: float) -> bytes:
    """The SVG of this width and height as PNG, `scale` pixels to a unit; fewer where it would have over MOST_PIXELS."""
    folder = importlib.resources.files("font_source_sans_pro") / "files"
    return resvg_py.svg_to_bytes(
        svg_string=svg.decode(),
        zoom=min(scale, math.sqrt(MOST_PIXELS / (size[0] * size[1]))),
        skip_system_fonts=True,
        font_files=[str(folder / f"SourceSansPro-{weight}.otf") for weight in _WEIGHTS],
        font_family="Source Sans Pro",
        sans_serif_family="Source Sans Pro",
    )


def drawable(words: str) -> str:
    """`words` without what the face lacks: emoji, and scripts other than Latin, Greek and Cyrillic."""
    words = unicodedata.normalize("NFC", shown(words)).translate(_TWINS)
    kept = _LACKING.sub("", words)
    return kept if kept == words else " ".join(filter(None, kept.split(" ")))
