"""Where a programme may be cut into parts that sound the same whatever stands beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from audio.containers import Container
from audio.encode.join import JOINABLE, JOINT_GRID
from audio.jingle import Jingles
from audio.layout import pause_before
from audio.score import Score
from audio.sound import Sound

LEAD_SAMPLES = 2304
"""Silence between a joint and the sound after it: two frames, so that the coder's first one holds nothing."""

_LEAST_PAUSE_MS = 250
"""The shortest pause that may hold a joint. A joint lies on the grid, so that the pause becomes up to 105 ms longer or
shorter; what is left of 250 ms is enough for the last word's last frames and for LEAD_SAMPLES."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands in its programme, as far as that changes its sound.

    `pause` is how many samples of silence the next part asks for; 0 for the last one.
    """

    first: bool
    last: bool
    pause: int

    def samples(self, end: int) -> int:
        """How long the part is whose last sound ends at `end`: to the joint nearest to where its pause puts it."""
        if self.last:
            return end
        # The next part's lead is silence too: both together are the pause.
        return (end + self.pause - LEAD_SAMPLES + JOINT_GRID // 2) // JOINT_GRID * JOINT_GRID


def places(score: Score, jingles: Jingles, sound: Sound) -> tuple[Place, ...]:
    """The place of each part."""
    pauses = (*(pause_before(part, jingles, sound) for part in score[1:]), 0)
    last = len(score) - 1
    return tuple(Place(number == 0, number == last, pause) for number, pause in enumerate(pauses))


def can_be_spliced(score: Score, jingles: Jingles, sound: Sound, containers: Sequence[Container]) -> bool:
    """Whether the parts can be made one by one: there are several, with a pause between any two, in such containers.

    Speech over a sting (`overlap_ms`) and beds are no hindrance: neither reaches from one part into another.
    """
    least = _LEAST_PAUSE_MS * sound.sample_rate // 1000
    pauses = [place.pause for place, _ in pairwise(places(score, jingles, sound))]
    return len(score) > 1 and min(pauses) >= least and all(container in JOINABLE for container in containers)
