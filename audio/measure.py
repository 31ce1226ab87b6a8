"""What a listener's player will make of a file: decoded, and measured."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audio.decode import decoded_blocks
from audio.loudness import STEP_MS, Meter, gated_lufs, short_term_lufs
from audio.peaks import HOP, PeakMeter, true_peak_db
from audio.profile import Profile, profile_of


@dataclass(frozen=True, slots=True)
class Measured:
    """A file's integrated loudness (BS.1770), its true peak, its frames as decoded, and its profile."""

    lufs: float
    true_peak_db: float
    frames: int
    profile: Profile


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """A sound's mean weighted power and its highest true peak (full scale is 1) in each whole 0.1 s, as many of both.

    From these its figures follow, and those of a sound that it is a part of.
    """

    power: NDArray[np.float64]
    peaks: NDArray[np.float32]

    @property
    def lufs(self) -> float:
        """The integrated loudness; SILENT_LUFS for what is shorter than a gating block."""
        return gated_lufs(self.power)

    @property
    def profile(self) -> Profile:
        """The outline."""
        return profile_of(self.peaks, short_term_lufs(self.power))


def measure(path: Path, sample_rate: int, channels: int) -> Measured:
    """The file at `path`, which decodes at this rate, measured in one pass; memory does not grow with its sound.

    Raises UndecodableError, and OSError where it cannot be opened.
    """
    return measure_by_step(path, sample_rate, channels)[0]


def measure_by_step(path: Path, sample_rate: int, channels: int) -> tuple[Measured, Steps]:
    """What `measure` gives, and what it is worked out from."""
    meter, peaks = Meter(sample_rate, channels), PeakMeter(channels)
    hops: list[NDArray[np.float32]] = []
    frames = 0
    for block in decoded_blocks(path):
        meter.add(block)
        hops.append(peaks.add(block))
        frames += len(block)
    envelope = np.concatenate([*hops, peaks.rest()])
    power = meter.steps
    steps = Steps(power, _by_step(envelope, len(power), sample_rate))
    # Sound shorter than a gating block has a loudness too, which the meter knows.
    return Measured(meter.integrated_lufs(), true_peak_db(envelope), frames, steps.profile), steps


def _by_step(envelope: NDArray[np.float32], steps: int, sample_rate: int) -> NDArray[np.float32]:
    """The highest peak in each of so many steps of 0.1 s."""
    if not steps:
        return np.zeros(0, dtype=np.float32)
    starts = np.arange(steps) * (STEP_MS * sample_rate // 1000) // HOP
    highest: NDArray[np.float32] = np.maximum.reduceat(envelope, starts)
    return highest
