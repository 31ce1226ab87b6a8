"""The instruments of the default jingles: a soft bell, a warm pad, and the room they are heard in."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 44_100

Wave = NDArray[np.float64]
"""Mono sound of shape (samples,) at SAMPLE_RATE."""

# A bar of wood struck softly: how high each overtone lies, how loud it is, how many seconds it rings.
_BELL = ((1.0, 1.0, 0.85), (2.0, 0.26, 0.55), (3.01, 0.11, 0.30), (4.03, 0.08, 0.18), (6.8, 0.025, 0.06))
_BELL_ATTACK_SECONDS = 0.006
# Three strings a hair out of tune with each other, and a breath of their octave.
_PAD = ((0.9988, 0.4), (1.0, 0.9), (1.0013, 0.4), (2.0, 0.14), (3.0, 0.05))
_GOLDEN = 0.618034
_ROOM_SECONDS, _ROOM_DECAY_SECONDS, _ROOM_SEED = 1.8, 0.30, 5
_WET = 0.30


def hertz(note: int) -> float:
    """The pitch of a MIDI note: 69 is the A at 440 Hz."""
    return float(440 * 2 ** ((note - 69) / 12))


def clock(seconds: float) -> Wave:
    """The time of every sample in `seconds` of sound, in seconds."""
    return np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE


def bell(note: int, seconds: float) -> Wave:
    """One soft stroke that rings for `seconds`; at most about 1.4 high."""
    time = clock(seconds)
    attack = 0.5 - 0.5 * np.cos(np.pi * np.minimum(time / _BELL_ATTACK_SECONDS, 1))
    rings = (
        level * np.exp(-time / ring) * np.sin(2 * np.pi * hertz(note) * over * time) for over, level, ring in _BELL
    )
    stroke = np.asarray(attack * sum(rings))
    return swell(stroke, 0.0, seconds / 4)


def pad(notes: Sequence[int], seconds: float, *, whole_turns: bool = False) -> Wave:
    """A held chord without beginning or end; with `whole_turns` it runs on into itself when repeated."""
    time = clock(seconds)
    chord = np.zeros(len(time))
    strings = [(hertz(note) * over, level) for note in notes for over, level in _PAD]
    for place, (pitch, level) in enumerate(strings):
        if whole_turns:
            pitch = round(pitch * seconds) / seconds
        # Begun at scattered points of their swing, or all strings would swell and sink together.
        chord += level * np.sin(2 * np.pi * (pitch * time + _GOLDEN * place**2))
    return chord / len(notes)


def swell(sound: Wave, rise_seconds: float, fall_seconds: float) -> Wave:
    """`sound` rising from silence and falling to it along half a cosine."""
    time = clock(len(sound) / SAMPLE_RATE)
    rise = np.minimum(time / rise_seconds, 1) if rise_seconds else np.ones(len(time))
    fall = np.minimum((time[-1] - time) / fall_seconds, 1)
    return np.asarray(sound * (0.5 - 0.5 * np.cos(np.pi * rise)) * (0.5 - 0.5 * np.cos(np.pi * fall)))


def room(dry: Wave, *, around: bool = False) -> Wave:
    """`dry` as heard in a small warm room, as long as before; `around`: its end echoes in its beginning."""
    # The legacy generator, because numpy promises that its numbers never change.
    noise = np.random.RandomState(_ROOM_SEED).standard_normal(round(_ROOM_SECONDS * SAMPLE_RATE))
    echoes = noise * np.exp(-np.arange(len(noise)) / (_ROOM_DECAY_SECONDS * SAMPLE_RATE))
    size = len(dry) if around else len(dry) + len(echoes)
    pitches = np.fft.rfftfreq(size, 1 / SAMPLE_RATE)
    soft = 1 / (1 + (pitches / 2200) ** 2) * (pitches / (pitches + 180))  # walls take the highs, and no boom
    spectrum = np.fft.rfft(_fold(echoes, size)) * soft
    wet = np.fft.irfft(np.fft.rfft(dry, size) * spectrum, size)[: len(dry)]
    return np.asarray(dry + _WET * wet * (np.sqrt(np.mean(dry**2)) / np.sqrt(np.mean(wet**2))))


def lay(base: Wave, layer: Wave, at_seconds: float, level: float) -> None:
    """Add `layer` to `base` from `at_seconds` on; what runs over the end is left out."""
    start = round(at_seconds * SAMPLE_RATE)
    length = min(len(layer), len(base) - start)
    base[start : start + length] += level * layer[:length]


def _fold(sound: Wave, size: int) -> Wave:
    folded = np.zeros(-(-len(sound) // size) * size)
    folded[: len(sound)] = sound
    return np.asarray(folded.reshape(-1, size).sum(axis=0))
