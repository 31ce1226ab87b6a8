"""What was last published, and where to: a record kept beside the edition, from which a plan tells what listeners have.

One file for each place, with a copy of every issue's card as it was sent. Like all of `.vivavoce` it may be deleted.
"""

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit, urlunsplit

import msgspec

from articles.sealed import keep_sealed, read_record
from feeds.episode import Episode
from feeds.shelf import CARD_NAME, ShelfError, read_card

FOLDER: Final = "published"
"""Where the records lie in the edition's state."""

_KIND: Final = "published"
_FORMAT: Final = 1
_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class _Record:
    """`target` is the place's address without credentials, `at` an aware time, `cards` each issue's card as published,
    by the issue's folder.
    """

    target: str
    at: datetime
    cards: dict[str, msgspec.Raw] = field(default_factory=dict)
    format: int = _FORMAT


@dataclass(frozen=True, slots=True)
class _Facts:
    """Which issue a card is about."""

    name: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class _Episodes:
    """The other part of a card."""

    episodes: tuple[Episode, ...] = ()


T = TypeVar("T")


def remember(state: Path, target: str, public: Path, at: datetime | None = None) -> None:
    """Keep what `public` holds as what was published to `target`, now or `at` an aware time.

    Call it when all has arrived, before a build can write again. A damaged card is left out: within the record it would
    take all others with it. Raises articles.files.WriteError.
    """
    place = _address(target)
    record = _Record(_without_credentials(place), at or datetime.now(UTC), dict(_cards(public)))
    name = hashlib.sha256(place.encode()).hexdigest()[:_DIGITS]
    keep_sealed(state / FOLDER / f"{name}.json", _KIND, _FORMAT, msgspec.json.encode(record) + b"\n")


def last_published(state: Path, issue: str) -> tuple[Episode, ...] | None:
    """The issue's episodes as they were last published, to whichever place, or None where it is published nowhere.

    `issue` is what it is known by (IssueCard.identity). A place from which it was withdrawn does not count, and neither
    does a record that cannot be read.
    """
    for record in sorted(_records(state), key=lambda record: record.at, reverse=True):
        for card in record.cards.values():
            facts = _part(card, _Facts)
            if facts and (facts.id or facts.name) == issue and (part := _part(card, _Episodes)):
                return part.episodes
    return None


def _cards(public: Path) -> Iterator[tuple[str, msgspec.Raw]]:
    for path in sorted(public.glob(f"*/{CARD_NAME}")):
        with contextlib.suppress(ShelfError):
            if read_card(public, path.parent.name):
                yield path.parent.name, msgspec.Raw(path.read_bytes())


def _records(state: Path) -> Iterator[_Record]:
    for path in sorted((state / FOLDER).glob("*.json")):
        try:
            record = msgspec.json.decode(read_record(path, _KIND, _FORMAT) or b"", type=_Record)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            continue
        if record.format == _FORMAT and record.at.tzinfo:
            yield record


def _part(card: msgspec.Raw, part: type[T]) -> T | None:
    try:
        return msgspec.json.decode(card, type=part)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _address(target: str) -> str:
    """The same text for the same place, however a folder was written."""
    if "://" not in target:
        return Path(target).expanduser().resolve().as_uri()
    return target.rstrip("/")


def _without_credentials(address: str) -> str:
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
