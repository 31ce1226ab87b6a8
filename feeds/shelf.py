"""The edition's shelf: one card per published issue, kept beside it, from which all that the edition shows is made.

A build of one issue thus needs to know nothing of the others, and an issue whose folder is gone is off the shelf. A
card has the issue's facts first and then its episodes; whoever needs only the facts does not pay for the rest.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from articles.errors import ExitCode, VivavoceError
from articles.files import read_file
from feeds.episode import Episode

CARD_NAME: Final = "card.json"

CARD_FORMAT: Final = 2
"""Raised when a card holds what an older program would misread. Cards of format 1 have no episodes: such an issue is
on the edition's page, and in the edition's feed once it is built again."""

_DIGEST: Final = b',\n  "sha256": "'
_AGAIN: Final = "remove it and build the issue {} again"

Part = TypeVar("Part")


class ShelfError(VivavoceError):
    """A published issue's card cannot be read."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True)
class IssueCard:
    """What the edition says about an issue: `name` is its folder in `public/`, `cover` a file relative to that.

    `id` is what it is known by when that is not its name. `season` is its number in the edition's feed, once and for
    all, 0 while it has none; `languages` are those of its articles in order of appearance; `feeds` are pairs of a
    language ("" for all) and a feed's path.
    """

    name: str
    title: str
    date: date
    cover: str
    articles: int
    duration_s: float
    format: int = 1
    season: int = 0
    languages: tuple[str, ...] = ()
    feeds: tuple[tuple[str, str], ...] = ()
    id: str = ""

    @property
    def identity(self) -> str:
        """What feeds and apps know the issue by."""
        return self.id or self.name

    @property
    def has_episodes(self) -> bool:
        """Whether the card is of a format that has them."""
        return self.format > 1


@dataclass(frozen=True, slots=True)
class _Episodes:
    """The other part of a card."""

    episodes: tuple[Episode, ...] = ()


def card_bytes(card: IssueCard, episodes: Sequence[Episode] = ()) -> bytes:
    """The card as JSON, its facts one a line, then an episode a line, and last the sha256 of all before it."""
    facts = msgspec.json.format(msgspec.json.encode(card), indent=2).removesuffix(b"\n}")
    lines = b",\n".join(b"    " + msgspec.json.encode(episode) for episode in episodes)
    return _with_digest(facts + b',\n  "episodes": [\n' + lines + b"\n  ]")


def read_shelf(public: Path) -> tuple[IssueCard, ...]:
    """Every issue published in `public`, the newest first.

    Raises ShelfError for a card that is damaged.
    """
    cards = [_facts(path) for path in public.glob(f"*/{CARD_NAME}")]
    return tuple(sorted(cards, key=lambda card: (card.date, card.name), reverse=True))


def read_card(public: Path, issue: str) -> IssueCard | None:
    """The facts of one issue, or None where it is not published. Raises ShelfError."""
    path = public / issue / CARD_NAME
    return _facts(path) if path.exists() else None


def read_episodes(public: Path, issue: str) -> tuple[Episode, ...]:
    """A published issue's episodes as any feed can show them: each knows its page and its picture.

    None where the issue is not published, or its card is of format 1. Raises ShelfError.
    """
    card = read_card(public, issue)
    if card is None:
        return ()
    page = f"{issue}/index.html"
    episodes = own_episodes(public, issue)
    return tuple(replace(episode, page=page, image=episode.image or card.cover) for episode in episodes)


def own_episodes(public: Path, issue: str) -> tuple[Episode, ...]:
    """A published issue's episodes as its own feed shows them. Raises ShelfError."""
    path = public / issue / CARD_NAME
    return _read(path, _Episodes).episodes if path.exists() else ()


def is_issue_name(name: str) -> bool:
    """Whether an issue's folder can be called so: folders are found by the names in cards, and removed."""
    return name not in ("", ".", "..") and not set(name) & {"/", "\\", "\0"}


def _with_digest(body: bytes) -> bytes:
    return body + _DIGEST + hashlib.sha256(body).hexdigest().encode() + b'"\n}\n'


def _facts(path: Path) -> IssueCard:
    card = _read(path, IssueCard)
    if card.format > CARD_FORMAT:
        raise ShelfError(
            f"{path}: was written by a newer vivavoce (format {card.format}; this one knows {CARD_FORMAT})",
            hint="update vivavoce",
        )
    if not is_issue_name(card.name):
        raise ShelfError(f"{path}: “{card.name}” is no issue's name", hint=_AGAIN.format(path.parent.name))
    return card


def _read(path: Path, part: type[Part]) -> Part:
    try:
        data = read_file(path)
        body, mark, _ = data.rpartition(_DIGEST)
        if mark and data != _with_digest(body):  # cards were written without one before
            raise msgspec.ValidationError("its sha256 is another")
        return msgspec.json.decode(data, type=part)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ShelfError(
            f"{path}: cannot be read as an issue's card ({error})",
            hint=_AGAIN.format(path.parent.name),
        ) from error
