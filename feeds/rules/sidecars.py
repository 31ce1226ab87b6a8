"""The times in an episode's transcripts and chapters."""

import json
import math
import re
from pathlib import Path
from typing import Any, Final

_CUE: Final = re.compile(
    r"^(?:(\d+):)?(\d\d):(\d\d)[.,](\d{3})\s+-->\s+(?:(\d+):)?(\d\d):(\d\d)[.,](\d{3})", re.MULTILINE
)

_LONGEST_HOURS: Final = 6
"""Figures, a hundred years: beyond a few hundred there is no such number of seconds."""


def cue_ends(file: Path) -> list[float]:
    """When each cue of a transcript ends, in seconds; [] for a kind without times. Raises ValueError if broken."""
    if file.suffix in (".vtt", ".srt"):
        text = _text(file)
        if file.suffix == ".vtt" and not text.startswith("WEBVTT"):
            raise ValueError("it does not begin with WEBVTT")
        return [_seconds(*found[4:]) for found in _CUE.findall(text)]
    if file.suffix == ".json":
        return _moments(_json(file).get("segments"), "endTime")
    return []


def chapter_starts(file: Path) -> list[float]:
    """When each chapter starts, in seconds. Raises ValueError if the file is broken."""
    return _moments(_json(file).get("chapters"), "startTime")


def _moments(entries: Any, name: str) -> list[float]:
    try:
        moments = [float(entry[name]) for entry in entries]
    except (TypeError, KeyError, ValueError, OverflowError):
        raise ValueError(f"an entry in it has no {name}") from None
    if not all(map(math.isfinite, moments)):
        raise ValueError(f"the {name} of an entry in it is no time")
    return moments


def _json(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(_text(file))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"it is no JSON ({error})") from error
    if not isinstance(content, dict):
        raise ValueError("it is no JSON object")
    return content


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("it is not in UTF-8") from error


def _seconds(hours: str, minutes: str, seconds: str, thousandths: str) -> float:
    if len(hours) > _LONGEST_HOURS:
        raise ValueError("a cue in it ends at what is no time")
    return 3600 * int(hours or 0) + 60 * int(minutes) + int(seconds) + int(thousandths) / 1000
