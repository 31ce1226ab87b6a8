"""The sheet that the picture is drawn on: its columns, and how high each lane of a row is; in drawing units."""

from dataclasses import dataclass
from typing import Final

WIDTH: Final = 1100.0
MARGIN: Final = 28.0
LEFT: Final = 84.0
"""Where time begins; left of it stand the names of the lanes."""
RIGHT: Final = 844.0
"""Where a full line ends."""
FIGURES: Final = 870.0
"""Where the column of figures begins; it ends at WIDTH - MARGIN."""

BIN: Final = 2.0
"""The width of one bar of the waveform."""

MANY_ROWS: Final = 8
"""From more rows than these on, the lanes are lower."""


@dataclass(frozen=True, slots=True)
class Heights:
    """How high the lanes of a row are."""

    wave: float
    loudness: float
    gap: float
    headline: float = 24
    chapters: float = 15
    music: float = 12
    language: float = 10
    space: float = 4
    clock: float = 15


ROOMY: Final = Heights(wave=58, loudness=48, gap=22)
TIGHT: Final = Heights(wave=46, loudness=42, gap=12)


def heights_for(rows: int) -> Heights:
    """Roomy lanes for a few rows, tight ones for many."""
    return TIGHT if rows > MANY_ROWS else ROOMY
