"""An issue as a W3C audiobook: a manifest beside the page that lists the sound in running order.

Source: W3C Recommendation "Audiobooks" (November 2020), a profile of "Publication Manifest".
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from feeds.episode import Enclosure, Episode, TranscriptFile
from feeds.naming import relative_address

MANIFEST_NAME: Final = "publication.json"


@dataclass(frozen=True, slots=True)
class Audiobook:
    """What the manifest says; `page`, `cover` and each episode's sound are files relative to `public/`.

    `identifier` is a URN that never changes, `address` the absolute one of the issue's page.
    """

    identifier: str
    title: str
    language: str
    date: date
    publisher: str
    narrators: tuple[str, ...]
    address: str
    page: str
    cover: str
    synthetic: str
    episodes: tuple[Episode, ...]


def audiobook_manifest(book: Audiobook) -> bytes:
    """The manifest as JSON, to lie beside the page: addresses in it are relative to that. Same input, same bytes."""
    languages = list(dict.fromkeys([book.language, *(episode.language for episode in book.episodes)]))
    facts: dict[str, Any] = {
        "@context": ["https://schema.org", "https://www.w3.org/ns/pub-context", {"language": book.language}],
        "conformsTo": "https://www.w3.org/TR/audiobooks/",
        "type": "Audiobook",
        "id": book.identifier,
        "url": book.address,
        "name": book.title,
        "publisher": book.publisher,
        "readBy": [{"type": "Person", "name": name} for name in book.narrators],
        "inLanguage": languages,
        "datePublished": book.date.isoformat(),
        "duration": _duration(sum(episode.duration_s for episode in book.episodes)),
        "abridged": False,
        "accessMode": ["auditory", "textual"],
        "accessModeSufficient": [{"type": "ItemList", "itemListElement": [mode]} for mode in ("auditory", "textual")],
        "accessibilityFeature": ["transcript"],
        "accessibilityHazard": ["none"],
        "accessibilitySummary": book.synthetic,
        "readingOrder": [_sound(episode, book.page) for episode in book.episodes],
        "resources": [
            {"url": relative_address(book.page, book.page), "encodingFormat": "text/html", "rel": "contents"},
            {"url": relative_address(book.cover, book.page), "encodingFormat": "image/jpeg", "rel": "cover"},
        ],
    }
    return json.dumps(facts, ensure_ascii=False, indent=2).encode() + b"\n"


def _sound(episode: Episode, page: str) -> dict[str, Any]:
    link: dict[str, Any] = {
        "type": "LinkedResource",
        "url": relative_address(episode.path, page),
        "encodingFormat": episode.mime_type,
        "name": [{"value": episode.title, "language": episode.language}],
        "duration": _duration(episode.duration_s),
    }
    beside: list[Enclosure | TranscriptFile] = [
        *episode.alternates,
        *(each for each in episode.transcripts if each.mime_type == "text/vtt"),
    ]
    alternates = [
        {"type": "LinkedResource", "url": relative_address(each.path, page), "encodingFormat": each.mime_type}
        for each in beside
    ]
    return link | ({"alternate": alternates} if alternates else {})


def _duration(seconds: float) -> str:
    """ISO 8601, as schema.org asks."""
    return f"PT{seconds:.3f}S"
