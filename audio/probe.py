"""What a finished sound file says of itself, read without decoding it."""

from dataclasses import dataclass
from pathlib import Path

from audio.decode import opened


@dataclass(frozen=True, slots=True)
class Probed:
    """A file's length in seconds, from its packets, and its chapters in order: title and the second it starts at."""

    seconds: float
    chapters: tuple[tuple[str, float], ...]


def probe(path: Path) -> Probed:
    """The facts of the file at `path`, right to one frame of its coding (26 ms for MP3).

    Raises UndecodableError, and OSError where the file cannot be opened.
    """
    with opened(path) as container:
        stream = container.streams.audio[0]
        ticks = sum(packet.duration or 0 for packet in container.demux(stream))
        chapters = tuple(
            (chapter["metadata"].get("title", ""), float(chapter["start"] * (chapter["time_base"] or 0)))
            for chapter in container.chapters()
        )
        return Probed(float(ticks * (stream.time_base or 0)), chapters)
