"""How each published file is to be served: its content type, and how long it may be kept."""

from pathlib import PurePosixPath
from typing import Final

from feeds.naming import is_hashed

_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".epub": "application/epub+zip",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".m4b": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".opml": "text/x-opml; charset=utf-8",
    ".opus": "audio/ogg; codecs=opus",
    ".png": "image/png",
    ".srt": "application/x-subrip",
    ".svg": "image/svg+xml",
    ".vtt": "text/vtt; charset=utf-8",
    ".xml": "application/rss+xml; charset=utf-8",
}
"""By suffix: not the system's own table, which differs from machine to machine and lacks half of these."""

_IN_FOLDERS: Final = {"chapters": "application/json+chapters"}
"""podcastindex.org, "JSON Chapters Format": the type that an app asks for."""

FOREVER: Final = "public, max-age=31536000, immutable"
MINUTES: Final = "public, max-age=300"


def content_type(path: str) -> str:
    """The content type of a file in `public/`, by its path relative to it."""
    parts = PurePosixPath(path)
    if parts.name == "opml.xml":
        return _TYPES[".opml"]
    if parts.suffix == ".json" and parts.parent.name in _IN_FOLDERS:
        return _IN_FOLDERS[parts.parent.name]
    return _TYPES.get(parts.suffix.lower(), "application/octet-stream")


def cache_control(path: str) -> str:
    """How long a copy may be kept: for ever where the name holds the content's hash, else five minutes."""
    return FOREVER if is_hashed(path) else MINUTES


def is_shared(path: str) -> bool:
    """Whether pages elsewhere may read the file: web players fetch transcripts and chapters from their own origin."""
    return bool({"transcripts", "chapters"} & set(PurePosixPath(path).parts[:-1]))
