"""Quality control without a listener: what is wrong with a clip, going by its samples, its word times and its text.

A verdict depends on the clip, its text and its voice alone, never on other clips: so it is the same in every build.
"""

from collections.abc import Iterable, Iterator

from audio.faults.fault import Fault, FaultKind
from audio.faults.heard import hear
from audio.faults.holes import dropout_faults, silence_faults
from audio.faults.pace import letter_ms, pace_faults
from audio.faults.repeats import repeat_faults
from audio.faults.signal import audibility_faults, clipping_faults, noise_faults, offset_faults
from voices.voice import Clip

__all__ = ["CHECKER", "Fault", "FaultKind", "badness", "examine", "pace_ms"]

CHECKER = 1
"""Raised when a clip may get another verdict than before: all are then examined anew."""

_TONES = frozenset({"tone"})
"""Voices in which different words may sound alike, so that a repetition tells nothing."""


def examine(clip: Clip, spoken: str, voice: str, speed: float = 1.0) -> tuple[Fault, ...]:
    """What is wrong with `clip`, in which `voice` was asked to say `spoken` at `speed`; nothing as a rule.

    `spoken` is the text that the voice was given, marks for sounds included.
    """
    return tuple(_faults(clip, spoken, voice, speed))


def badness(faults: Iterable[Fault]) -> float:
    """How bad a clip with these faults is, to compare two readings of one text; 0 for a clip without."""
    return sum(fault.excess for fault in faults)


def pace_ms(clip: Clip, spoken: str) -> float:
    """How long a letter of `spoken` is heard in `clip`, pauses left out, in milliseconds; 55 to 60 as a rule."""
    return letter_ms(hear(clip), spoken)


def _faults(clip: Clip, spoken: str, voice: str, speed: float) -> Iterator[Fault]:
    heard = hear(clip)
    silent = tuple(audibility_faults(heard))
    yield from silent
    yield from offset_faults(heard)
    if silent:
        return  # the rest would say the same thing again
    yield from clipping_faults(clip)
    yield from noise_faults(heard)
    yield from pace_faults(heard, spoken, voice, speed)
    yield from silence_faults(heard, speed)
    yield from dropout_faults(clip, heard)
    if voice not in _TONES:
        yield from repeat_faults(heard, spoken)
