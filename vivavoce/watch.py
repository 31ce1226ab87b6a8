"""What a long job tells whoever waits for it."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Protocol

Advance = Callable[[float], None]
"""Called with the amount done since the last call, in the stage's own unit."""


class Watch(Protocol):
    """Someone who waits: a terminal, a log, a test."""

    def note(self, line: str) -> None:
        """One line that the producer should read."""
        ...

    def stage(self, name: str, total: float) -> contextlib.AbstractContextManager[Advance]:
        """A stage of the work that is `total` long, in a unit of its own; done when the context ends."""
        ...


class Silent:
    """Nobody waits."""

    def note(self, line: str) -> None:
        """Nothing."""

    @contextlib.contextmanager
    def stage(self, name: str, total: float) -> Iterator[Advance]:  # noqa: ARG002
        """A stage that nobody sees."""
        yield lambda _: None
