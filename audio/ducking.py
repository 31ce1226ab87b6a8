"""Music held down under speech: how its level moves, worked out from where the speech lies."""

from collections.abc import Iterator, Sequence

import numpy as np

from audio.timeline import GRID_MS, PlacedJingle, PlacedSpeech

ATTACK_MS = 200
"""How long before a word the music begins to go down: it is down when the word begins."""
RELEASE_MS = 400
"""How long the music takes to come back after the last word."""

Level = tuple[int, float]
"""A corner of a line of levels: milliseconds from the music's start, a multiple of 10, and the gain there in dB."""


def ducked(music: PlacedJingle, speech: Sequence[PlacedSpeech], sample_rate: int, under_db: float) -> tuple[Level, ...]:
    """The music's levels from its start to its end: `under_db` under speech, 0 elsewhere, straight lines between.

    A pause too short for it to rise and fall again is no pause to it: otherwise the music would pump.
    """
    grid = GRID_MS * sample_rate // 1000
    length_ms = (music.end - music.start) // grid * GRID_MS
    corners: list[tuple[int, float]] = []
    for first_ms, last_ms in _held(music, speech, grid):
        corners += [(first_ms - ATTACK_MS, 0.0), (first_ms, under_db), (last_ms, under_db), (last_ms + RELEASE_MS, 0.0)]
    if not corners:
        return (0, 0.0), (length_ms, 0.0)
    times, gains = zip(*corners, strict=True)
    inside = {0, length_ms, *(time for time in times if 0 < time < length_ms)}
    return tuple((time, float(np.interp(time, times, gains))) for time in sorted(inside))


def _held(music: PlacedJingle, speech: Sequence[PlacedSpeech], grid: int) -> Iterator[tuple[int, int]]:
    """The stretches in which it stays down, in milliseconds from its start: speech over it, and the short pauses."""
    held: tuple[int, int] | None = None
    for placed in speech:
        if placed.start == placed.end or placed.start >= music.end or placed.end <= music.start:
            continue
        first_ms = (placed.start - music.start) // grid * GRID_MS
        last_ms = -((music.start - placed.end) // grid) * GRID_MS
        if held is not None and first_ms - held[1] >= ATTACK_MS + RELEASE_MS:
            yield held
            held = None
        held = (first_ms if held is None else held[0], last_ms)
    if held is not None:
        yield held
