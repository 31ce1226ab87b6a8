"""What an episode's file says about itself."""

import unicodedata
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Tags:
    """An episode's tags; `track` counts from 1, `cover` is a JPEG's bytes or empty.

    How many tracks there are is not said: an article more would change every other episode's file, and so its address.

    `language` is a BCP 47 tag (`fr`, `en-GB`); `comment` is free text, such as voice credits.
    """

    title: str
    artist: str
    album: str
    track: int
    language: str
    date: date
    comment: str = ""
    genre: str = "Podcast"
    cover: bytes = b""


def plain(text: str) -> str:
    """`text` without control characters, of which NUL would end it early in any container; line ends stay."""
    kept = (letter if letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cs") else " " for letter in text)
    return "".join(kept)


def shortened(text: str, most_bytes: int) -> str:
    """`text`, or its beginning and an ellipsis where it would take more than `most_bytes` in UTF-8."""
    if len(text.encode()) <= most_bytes:
        return text
    return text.encode()[: most_bytes - len("…".encode())].decode(errors="ignore").rstrip() + "…"
