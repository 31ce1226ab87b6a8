"""What every file of the issue should be: how loud, and how high its peaks may be."""

from dataclasses import dataclass

_HAIR = 1e-9


@dataclass(frozen=True, slots=True)
class Target:
    """Integrated loudness of `lufs` ± `tolerance_lu`, and no true peak above `peak_db` (dBTP)."""

    lufs: float
    tolerance_lu: float
    peak_db: float

    def holds_loudness(self, lufs: float) -> bool:
        """Whether a file as loud as this is within the tolerance."""
        return abs(lufs - self.lufs) <= self.tolerance_lu + _HAIR

    def holds_peak(self, true_peak_db: float) -> bool:
        """Whether a file with such a peak keeps to the limit."""
        return true_peak_db <= self.peak_db + _HAIR
