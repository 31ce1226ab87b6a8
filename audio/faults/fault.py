"""What can be wrong with a clip."""

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """The faults that are looked for."""

    INAUDIBLE = "inaudible"
    NOISE = "noise"
    TOO_FAST = "too fast"
    TOO_SLOW = "too slow"
    CLIPPING = "clipping"
    OFFSET = "offset"
    SILENCE = "silence"
    DROPOUT = "dropout"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a clip, `at_s` seconds from its start.

    `sentence` tells a person, as the end of “this clip …”. `excess` is how many times the figure is over what is
    allowed, never under 1: with it two readings of one text can be compared.
    """

    kind: FaultKind
    at_s: float
    excess: float
    sentence: str
