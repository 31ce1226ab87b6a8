"""The edition's shelf: one card per published issue, kept beside it, from which the edition's page is made.

A build of one issue thus needs to know nothing of the others, and an issue whose folder is gone is off the
shelf.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from articles.errors import ExitCode, VivavoceError

CARD_NAME: Final = "card.json"


class ShelfError(VivavoceError):
    """A published issue's card cannot be read."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True)
class IssueCard:
    """What the edition's page says about an issue: `name` is its folder in `public/`, `cover` a file relative
    to it.
    """

    name: str
    title: str
    date: date
    cover: str
    articles: int
    duration_s: float


def card_bytes(card: IssueCard) -> bytes:
    """The card as JSON, one field a line."""
    return msgspec.json.format(msgspec.json.encode(card), indent=2) + b"\n"


def read_shelf(public: Path) -> tuple[IssueCard, ...]:
    """Every issue published in `public`, the newest first. Raises ShelfError for a card that is damaged."""
    cards = [_read(path) for path in public.glob(f"*/{CARD_NAME}")]
    return tuple(sorted(cards, key=lambda card: (card.date, card.name), reverse=True))


def _read(path: Path) -> IssueCard:
    try:
        return msgspec.json.decode(path.read_bytes(), type=IssueCard)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ShelfError(
            f"{path}: cannot be read as an issue's card ({error})",
            hint=f"remove it and build the issue {path.parent.name} again",
        ) from error
