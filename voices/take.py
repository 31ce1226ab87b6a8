"""A take: one segment, recorded, by reference."""

from dataclasses import dataclass

from articles.segments import Segment


@dataclass(frozen=True, slots=True)
class Take:
    """A segment and the clip that says it: `key` finds the clip in the clip store, `voice` is who speaks."""

    segment: Segment
    voice: str
    key: str
