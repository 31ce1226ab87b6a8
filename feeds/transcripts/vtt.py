"""An episode's transcript as WebVTT. Source: W3C, "WebVTT: The Web Video Text Tracks Format"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from feeds.reading import Reading
from feeds.transcripts.cues import Cue, cues_of
from feeds.transcripts.units import Part, Unit
from feeds.words import language_name

_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\u200e": "&lrm;", "\u200f": "&rlm;"}


def render_vtt(reading: Reading) -> str:
    """The transcript: a cue per sentence or clause, with voices, languages, and a time for each word.

    Words in another language than the episode's are marked. A note behind the first cue says the language, and
    whether times are estimated: readers that take WebVTT for SRT with another first line stumble over one before it.
    """
    notes = [f"NOTE\nLanguage: {_escaped(reading.language)} ({language_name(reading.language)})"]
    if reading.estimated:
        notes.append("NOTE\nTimes: estimated, all or in part. The voice gave none, so words share the time by length.")
    cues = [_cue(cue, reading.language) for cue in cues_of(reading)]
    return "\n\n".join(["WEBVTT", *cues[:1], *notes, *cues[1:]]) + "\n"


def clock(seconds: float) -> str:
    """A WebVTT timestamp: `00:01:02.345`."""
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def _cue(cue: Cue, language: str) -> str:
    times = _Times(cue)
    lines = (_marked(parts, language, times) for parts in map(_spaced, cue.lines))
    return f"{clock(cue.start_s)} --> {clock(cue.end_s)}\n" + "\n".join(lines)


class _Times:
    """The timestamps inside a cue: each later than the one before it, and inside the cue (WebVTT, 4.2.2)."""

    def __init__(self, cue: Cue) -> None:
        self._reached, self._end = round(cue.start_s * 1000), round(cue.end_s * 1000)

    def tag(self, part: Part) -> str:
        if part.start_s is None or not self._reached < round(part.start_s * 1000) < self._end:
            return ""
        self._reached = round(part.start_s * 1000)
        return f"<{clock(part.start_s)}>"


def _spaced(units: Sequence[Unit]) -> Iterator[Part]:
    """The line's parts, those of two units apart."""
    for number, unit in enumerate(units):
        if number:
            yield replace(units[number - 1].parts[-1], text=" ", start_s=None)
        yield from unit.parts


def _marked(parts: Iterator[Part], language: str, times: _Times) -> str:
    line = ""
    for voice, spoken in groupby(parts, key=lambda part: part.voice):
        line += f"<v {_escaped(voice)}>"
        for tongue, run in groupby(spoken, key=lambda part: part.language):
            text = "".join(times.tag(part) + _escaped(part.text) for part in run)
            line += text if tongue == language else f"<lang {_escaped(tongue)}>{text}</lang>"
        line += "</v>"
    return line


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in text)
