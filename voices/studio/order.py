"""What goes into a studio and what comes out of one, whoever runs it: orders, recordings, voices that are ready."""

from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from articles.errors import VivavoceError
from voices.clips import ClipStore
from voices.load import LoadableVoice
from voices.voice import Delivery, SpeechError

MOST_DEATHS = 3
"""Of workers on one order, before the order is given up and the rest goes on."""


@dataclass(frozen=True, slots=True)
class Order:
    """One clip to record: its key in the store, who is to say what, and how; `attempt` 1 is a second reading."""

    key: str
    voice: str
    spoken: str
    delivery: Delivery = Delivery()
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Recording:
    """An order carried out: the clip's length in seconds, or the reason why there is none."""

    order: Order
    seconds: float = 0.0
    failure: VivavoceError | None = None


@dataclass(frozen=True, slots=True)
class VoiceReady:
    """A worker has loaded a voice."""

    voice: str


Urgent = Callable[[], Iterable[Order]]
"""Asked after every result for orders that have come up since, which go before all others; each is told once."""


def nothing_urgent() -> tuple[Order, ...]:
    """No orders."""
    return ()


class Recorder(Protocol):
    """Somebody who carries out orders: this machine's processes, or a cluster."""

    def __call__(
        self,
        orders: Iterable[Order],
        voices: Mapping[str, LoadableVoice],
        store: ClipStore,
        workers: int,
        urgent: Urgent = nothing_urgent,
    ) -> Generator[Recording | VoiceReady, None, None]:
        """A Recording for each different key in `orders` and `urgent`, whose clip is then in the store.

        Orders come in the order in which they are wanted, results as they are done. Closing the iterator ends the work.
        """
        ...


def killed_its_readers(order: Order) -> SpeechError:
    """Why an order is given up on which every worker has died."""
    return SpeechError(
        f"“{order.spoken[:60]}” ended {MOST_DEATHS} workers of the voice {order.voice}",
        hint="try it alone: vivavoce say TEXT --voice NAME; if memory is short, use --workers 1",
    )
