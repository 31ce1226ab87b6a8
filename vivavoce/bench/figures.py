"""What was measured, and the medians and ratios that are told of it."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Measure:
    """One run. `audio_s` is speech in a comparison, and what all episodes play in a build."""

    wall_s: float
    cpu_s: float
    first_s: float
    peak_mb: float | None
    audio_s: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One who was measured, once in each round; `missing` or `failed` says why there is nothing."""

    name: str
    title: str
    measures: tuple[Measure, ...] = ()
    missing: str = ""
    failed: str = ""

    def median(self, field: str) -> float | None:
        """The median of a field of its measures, None where one of them lacks it."""
        values = [getattr(measure, field) for measure in self.measures]
        return statistics.median(values) if values and None not in values else None

    @property
    def audio_per_wall_s(self) -> float | None:
        """Seconds of audio per second of waiting."""
        return _median([measure.audio_s / measure.wall_s for measure in self.measures])

    @property
    def audio_per_cpu_s(self) -> float | None:
        """Seconds of audio per second of computing, of all processes together."""
        return _median([measure.audio_s / measure.cpu_s for measure in self.measures if measure.cpu_s])

    def times_as_fast_as(self, other: "Row") -> float | None:
        """How many times less it waits for the same text: the median of the rounds' own ratios."""
        pairs = zip(other.measures, self.measures, strict=False)
        return _median([theirs.wall_s / own.wall_s for theirs, own in pairs])

    def times_less_work_than(self, other: "Row") -> float | None:
        """How many times fewer CPU seconds it takes for the same text, likewise."""
        pairs = zip(other.measures, self.measures, strict=False)
        return _median([theirs.cpu_s / own.cpu_s for theirs, own in pairs if own.cpu_s])

    def as_json(self) -> dict[str, Any]:
        """For programs: medians, and every run."""
        return {
            "name": self.name,
            "title": self.title,
            "missing": self.missing,
            "failed": self.failed,
            "audio_s_per_wall_s": self.audio_per_wall_s,
            "audio_s_per_cpu_s": self.audio_per_cpu_s,
            **{name: self.median(name) for name in ("wall_s", "cpu_s", "first_s", "peak_mb", "audio_s")},
            "rounds": [
                {name: getattr(measure, name) for name in ("wall_s", "cpu_s", "first_s", "peak_mb", "audio_s", "note")}
                for measure in self.measures
            ],
        }


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that are compared with the first of them. `group` is speech, episodes or builds."""

    issue: str
    group: str
    articles: int
    characters: int
    rows: tuple[Row, ...]

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        rows = []
        for row in self.rows:
            ratios = {
                "times_as_fast": row.times_as_fast_as(self.rows[0]),
                "times_less_work": row.times_less_work_than(self.rows[0]),
            }
            rows.append(row.as_json() | ratios | {"compared_with": self.rows[0].name})
        return {
            "issue": self.issue,
            "group": self.group,
            "articles": self.articles,
            "characters": self.characters,
            "rows": rows,
        }


@dataclass(frozen=True, slots=True)
class Results:
    """All of it. `start_ms` is what `vivavoce --help` takes, None when it was not asked for."""

    machine: dict[str, str]
    rounds: int
    quick: bool
    start_ms: float | None
    tables: tuple[Table, ...]

    @property
    def failed(self) -> bool:
        """Whether somebody who was there could not be measured."""
        return any(row.failed for table in self.tables for row in table.rows)

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "machine": self.machine,
            "rounds": self.rounds,
            "quick": self.quick,
            "start_ms": self.start_ms,
            "tables": [table.as_json() for table in self.tables],
        }


def _median(values: Sequence[float]) -> float | None:
    return statistics.median(values) if values else None
