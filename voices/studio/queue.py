"""Which order a worker carries out next."""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from itertools import count

from voices.load import LOADING_EFFORT, LoadableVoice
from voices.studio.order import MOST_DEATHS, Order


class Queue:
    """Orders that wait, each key once, the one wanted first in front; and how often each has killed its worker."""

    def __init__(self, orders: Iterable[Order], voices: Mapping[str, LoadableVoice]) -> None:
        self._voices = voices
        self._waiting: dict[str, dict[int, Order]] = {}
        self._known: set[str] = set()
        self._back, self._front = count(1), count(0, -1)
        self._deaths: Counter[str] = Counter()
        for order in orders:
            if order.key not in self._known:
                self._put(order, next(self._back))

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))

    def urge(self, orders: Iterable[Order]) -> None:
        """Put these before all others, in this order; but not those that were here before."""
        for order in reversed([order for order in orders if order.key not in self._known]):
            self._put(order, next(self._front))

    def put_back(self, order: Order) -> bool:
        """Whether the order of a dead worker may be tried again; it is then the next."""
        self._deaths[order.key] += 1
        if self._deaths[order.key] >= MOST_DEATHS:
            return False
        self._put(order, next(self._front))
        return True

    def take(self, loaded: Set[str], holders: Counter[str]) -> Order | None:
        """The next order for a worker that has loaded the voices `loaded`, of which there are so many `holders` in all.

        A worker without a voice begins with one that nobody has: the one wanted first if it is the first worker, else
        the one with the most to read; or it shares the one with the most to read for each. Later it takes what is
        wanted first in its voices and in those that nobody has; and when there is nothing of the kind, it loads
        another's voice if more of it is left to read than loading costs. None when others will be done sooner.
        """
        voices = [voice for voice, orders in self._waiting.items() if orders]
        mine = [voice for voice in voices if voice in loaded or not holders[voice]]
        if not voices:
            return None
        if loaded or not holders:
            if mine:
                return self._pop(min(mine, key=self._first))
            voices = [voice for voice in voices if self._share(voice, holders) > LOADING_EFFORT]
        return self._pop(max(voices, key=lambda voice: self._share(voice, holders))) if voices else None

    def _put(self, order: Order, place: int) -> None:
        self._known.add(order.key)
        self._waiting.setdefault(order.voice, {})[place] = order

    def _pop(self, voice: str) -> Order:
        return self._waiting[voice].pop(self._first(voice))

    def _first(self, voice: str) -> int:
        return min(self._waiting[voice])

    def _share(self, voice: str, holders: Counter[str]) -> float:
        """What one more worker of this voice would have to read, if all had the same."""
        effort = sum(self._voices[voice].effort(order.spoken) for order in self._waiting[voice].values())
        return effort / (1 + holders[voice])
