"""Where clips lie, on this machine or elsewhere: in 256 folders by the first two digits of their keys."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from articles.errors import VivavoceError

SHARDS = tuple(f"{number:02x}" for number in range(256))
"""The folders of a full store."""

PARTIAL_STAYS_S = 60 * 60
"""How long a half-written file stays, which somebody may still be writing; an older one was left by the dead."""

_CLIP = re.compile(r"([0-9a-f]{64})\.clip")

T = TypeVar("T")
U = TypeVar("U")


class StoreError(VivavoceError):
    """A clip is there and the system does not let it be read."""


class Condition(StrEnum):
    """How a clip's file was found."""

    WHOLE = "whole"
    ABSENT = "absent"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Kept:
    """A clip that lies somewhere: its size, and when it was last used, in seconds since 1970."""

    key: str
    size_bytes: int
    used_s: float


class Shelf(Protocol):
    """A place that clips lie in, to be counted, examined and cleared. It raises StoreError or PlaceError."""

    def shards(self) -> Iterator[list[Kept]]:
        """The clips of each of the SHARDS, in the order of their keys."""
        ...

    def each(self, act: Callable[[T], U], items: Iterable[T]) -> Iterator[tuple[T, U]]:
        """Each item with what `act` makes of it, in order; several may be under way at once."""
        ...

    def condition(self, key: str) -> Condition:
        """How the clip is; a damaged one is removed where that is possible."""
        ...

    def seconds(self, key: str) -> float | None:
        """The clip's length as its file states it; None where asking would take too long."""
        ...

    def remove(self, key: str) -> None:
        """Drop the clip; it is no matter if there is none."""
        ...

    def address(self, key: str) -> str:
        """Where the clip is, for people."""
        ...


def file_of(key: str) -> str:
    """The path of this key's clip below a shelf's root."""
    return f"{key[:2]}/{key}.clip"


def key_of(name: str) -> str | None:
    """The key of the clip whose file has this name; None for other files."""
    match = _CLIP.fullmatch(name)
    return match[1] if match else None
