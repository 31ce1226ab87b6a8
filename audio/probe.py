"""What a finished sound file says of itself, read without decoding it."""

from dataclasses import dataclass
from pathlib import Path

import av
import av.error

from audio.decode import UndecodableError


@dataclass(frozen=True, slots=True)
class Probed:
    """A file's length in seconds, from its packets, and its chapters in order: title and the second it starts at."""

    seconds: float
    chapters: tuple[tuple[str, float], ...]


def probe(path: Path) -> Probed:
    """The facts of the file at `path`, right to one frame of its coding (26 ms for MP3).

    Raises UndecodableError, and OSError where the file cannot be opened.
    """
    with path.open("rb") as opened:
        if not opened.read(1):
            raise UndecodableError("the file is empty")
        opened.seek(0)
        try:
            with av.open(opened, mode="r") as container:
                if not container.streams.audio:
                    raise UndecodableError("there is no sound in it")
                stream = container.streams.audio[0]
                ticks = sum(packet.duration or 0 for packet in container.demux(stream))
                chapters = tuple(
                    (chapter["metadata"].get("title", ""), float(chapter["start"] * (chapter["time_base"] or 0)))
                    for chapter in container.chapters()
                )
                return Probed(float(ticks * (stream.time_base or 0)), chapters)
        except (av.error.FFmpegError, ValueError) as error:
            reason = error.strerror if isinstance(error, av.error.FFmpegError) else error
            raise UndecodableError(f"it is not a sound file that can be read ({reason})") from error
