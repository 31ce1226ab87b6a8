"""What an episode's file says about itself."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Tags:
    """An episode's tags; `track` of `tracks` counts from 1, `cover` is a JPEG's bytes or empty.

    `language` is a BCP 47 tag (`fr`, `en-GB`); `comment` is free text, such as voice credits.
    """

    title: str
    artist: str
    album: str
    track: int
    tracks: int
    language: str
    date: date
    comment: str = ""
    genre: str = "Podcast"
    cover: bytes = b""
