"""An episode's chapters as a file. Source: podcastindex.org, "JSON Chapters Format", version 1.2.0."""

from typing import Final

import msgspec

from feeds.credits import credited
from feeds.episode import Episode
from feeds.text import one_line

_VERSION: Final = "1.2.0"


def render_chapters(episode: Episode, podcast: str) -> bytes:
    """The chapters as JSON, times in seconds, each ending where the next begins and the last with the episode.

    `podcast` is the publication's name.
    """
    starts = [start for _, start in episode.chapters]
    ends = [*starts[1:], episode.duration_s]
    facts: dict[str, object] = {
        "version": _VERSION,
        "title": one_line(episode.title),
        **({"author": author} if (author := credited(episode.author)) else {}),
        "podcastName": one_line(podcast),
        "chapters": [
            {"startTime": round(start, 3), "endTime": round(end, 3), "title": one_line(title)}
            for (title, start), end in zip(episode.chapters, ends, strict=True)
        ],
    }
    return msgspec.json.format(msgspec.json.encode(facts), indent=1) + b"\n"
