"""Colours for generated covers, the choice among them, and the contrast they must keep."""

import hashlib
import math
from dataclasses import dataclass
from typing import Final

Rgb = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""


@dataclass(frozen=True, slots=True)
class Palette:
    """A cover's ground, the ink of its letters (at least 7:1 on the ground) and its accent (at least 3:1)."""

    name: str
    ground: Rgb
    ink: Rgb
    accent: Rgb


PALETTES: Final = (
    Palette("fir", (0x10, 0x37, 0x33), (0xF6, 0xEF, 0xDD), (0xF2, 0xB1, 0x34)),
    Palette("harbour", (0x12, 0x2B, 0x4A), (0xF4, 0xF1, 0xE8), (0xF2, 0x7D, 0x5E)),
    Palette("plum", (0x45, 0x17, 0x3C), (0xF9, 0xEE, 0xE6), (0xF4, 0x9A, 0x86)),
    Palette("brick", (0x7A, 0x22, 0x1B), (0xFB, 0xF0, 0xE1), (0xF5, 0xB9, 0x5F)),
    Palette("slate", (0x24, 0x2A, 0x33), (0xF3, 0xF3, 0xEF), (0x7F, 0xC8, 0xB2)),
    Palette("paper", (0xF4, 0xEC, 0xDA), (0x1E, 0x23, 0x2B), (0xC0, 0x3A, 0x2B)),
    Palette("linden", (0xE9, 0xE4, 0xC9), (0x17, 0x2E, 0x2A), (0x1F, 0x7A, 0x66)),
    Palette("amber", (0xF3, 0xBE, 0x4B), (0x23, 0x1B, 0x10), (0x9C, 0x2F, 0x1D)),
)


def palette_for(*names: str) -> Palette:
    """One of PALETTES, always the same for the same names."""
    return PALETTES[_digest(names)[0] % len(PALETTES)]


def wave_heights(count: int, *names: str) -> tuple[float, ...]:
    """`count` heights above 0 and at most 1, rising and falling as speech does, always the same for the same
    names.

    Three slow sines with phases from the names make the phrases, and a byte for each bar the syllables.
    """
    noise = [byte / 255 for byte in _digest(names)]
    phases = [2 * math.pi * part for part in noise[:3]]
    heights = []
    for index in range(count):
        along = index / count
        swell = sum(math.sin(2 * math.pi * (turns + 1) * along + phases[turns]) for turns in range(3)) / 3
        heights.append((0.55 + 0.45 * swell) * (0.4 + 0.6 * noise[(7 * index + 3) % len(noise)]))
    loudest = max(heights)
    return tuple(round(max(0.12, height / loudest), 3) for height in heights)


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else math.pow((channel + 0.055) / 1.055, 2.4)


def _digest(names: tuple[str, ...]) -> bytes:
    return hashlib.sha256("\n".join(names).encode("utf-8", "replace")).digest()
