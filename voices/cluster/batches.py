"""Orders to batches: what one task of a cluster reads, long enough that handing it out costs next to nothing."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from voices.studio.order import Order

ENOUGH_S = 10.0
"""How much speech makes a batch. A scheduler takes some milliseconds for a task, however small it is."""

_SECONDS_PER_LETTER = 0.065  # the pace of read English and French, about fifteen letters a second

Batch = tuple[Order, ...]
"""Orders of one voice, in the order in which they are wanted."""


def speech_s(order: Order) -> float:
    """How long the clip will be, about, in seconds."""
    return len(order.spoken) * _SECONDS_PER_LETTER / order.delivery.speed


class Batches:
    """Orders as batches of one voice each; only as many orders are looked at as the next batch needs.

    A key that came before is left out. What is urgent comes first.
    """

    def __init__(self, orders: Iterable[Order]) -> None:
        self._orders = iter(orders)
        self._open: dict[str, list[Order]] = {}
        self._ready: deque[tuple[Batch, bool]] = deque()
        self._known: set[str] = set()

    def urge(self, orders: Iterable[Order]) -> None:
        """Put these before all others."""
        by_voice: dict[str, list[Order]] = {}
        for order in self._new(orders):
            by_voice.setdefault(order.voice, []).append(order)
        for chosen in reversed(by_voice.values()):
            self._ready.extendleft((batch, True) for batch in reversed(_packed(chosen)))

    def put_back(self, batch: Batch) -> None:
        """Have these be the next."""
        self._ready.appendleft((batch, True))

    def take(self) -> tuple[Batch, bool] | None:
        """The next batch, and whether it is urgent; None when there is nothing left."""
        while not self._ready:
            order = next(self._new(self._orders), None)
            if order is None:
                self._ready.extend((tuple(orders), False) for orders in self._open.values())
                self._open.clear()
                break
            begun = self._open.setdefault(order.voice, [])
            begun.append(order)
            if sum(map(speech_s, begun)) >= ENOUGH_S:
                self._ready.append((tuple(self._open.pop(order.voice)), False))
        return self._ready.popleft() if self._ready else None

    def _new(self, orders: Iterable[Order]) -> Iterator[Order]:
        for order in orders:
            if order.key not in self._known:
                self._known.add(order.key)
                yield order


def _packed(orders: Sequence[Order]) -> list[Batch]:
    batches: list[list[Order]] = [[]]
    for order in orders:
        if sum(map(speech_s, batches[-1])) >= ENOUGH_S:
            batches.append([])
        batches[-1].append(order)
    return [tuple(batch) for batch in batches if batch]
