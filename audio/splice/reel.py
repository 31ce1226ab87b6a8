"""A reel: one part of a programme, finished, and all that is known of it."""

from dataclasses import dataclass

import numpy as np

from audio.measure import Steps
from audio.timeline import PlacedJingle


@dataclass(frozen=True, slots=True)
class Said:
    """Where a take is heard: samples [start, end) of its reel, `skipped` samples of its clip cut before it."""

    start: int
    end: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Reel:
    """A part in one container, `samples` long: where in it its takes (the ident's first) and its jingles are heard.

    `sizes` are the bytes of its coded frames, `sha256` is all frames' hash. `power` and `peaks` are those of
    `audio.measure.Steps`, measured as it decodes, and `true_peak_db` is in dBTP.
    """

    samples: int
    speech: tuple[Said, ...]
    jingles: tuple[PlacedJingle, ...]
    sizes: tuple[int, ...]
    sha256: str
    true_peak_db: float
    power: tuple[float, ...]
    peaks: tuple[float, ...]

    @property
    def steps(self) -> Steps:
        """What is measured in each 0.1 s."""
        return Steps(np.array(self.power), np.array(self.peaks, dtype=np.float32))
