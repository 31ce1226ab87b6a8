"""build.json: what was built, from what, how loud, what was skipped, what failed, and what a person should hear."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from articles.files import read_file, write_whole
from vivavoce import __version__
from vivavoce.pieces import Build
from vivavoce.report import EpisodeReport

BUILD_FILE = "build.json"


def write_build_file(
    build: Build,
    reports: Sequence[EpisodeReport],
    wordless: Sequence[str],
    programme: Mapping[str, Any] | None,
    wall_seconds: float,
) -> None:
    """Write build.json beside the issue; it is left alone when all but the time taken is as it was.

    `wordless` are articles whose episodes stay, but not their words. Raises WriteError.
    """
    path = build.edition.public / build.plan.name / BUILD_FILE
    sound = build.edition.settings.sound
    facts: dict[str, Any] = {
        "format": 1,
        "generator": f"vivavoce {__version__}",
        "issue": build.plan.name,
        "title": build.plan.title,
        "sound": {
            "target_lufs": sound.target_lufs,
            "loudness_tolerance_lu": sound.loudness_tolerance_lu,
            "true_peak_db": sound.true_peak_db,
        },
        "episodes": [report.as_json() for report in reports],
        "programme": programme,
        "doubtful": [doubt.as_json() for doubt in build.doubts],
        "wordless": list(wordless),
        "failures": [failure.as_json() for failure in build.failures],
    }
    if _without_times(path) != facts:
        facts["built"] = {"segments_read": build.segments_read, "wall_seconds": round(wall_seconds, 3)}
        write_whole(path, json.dumps(facts, ensure_ascii=False, indent=2).encode() + b"\n")


def _without_times(path: Path) -> object:
    try:
        facts = json.loads(read_file(path))
    except (OSError, ValueError):
        return None
    return {name: value for name, value in facts.items() if name != "built"} if isinstance(facts, dict) else None
