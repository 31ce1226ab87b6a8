"""One job of a cluster: orders handed out in batches, a few for each worker at a time, looked at as they come back."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from articles.errors import VivavoceError
from articles.files import WriteError
from voices.clips import ClipStore
from voices.cluster.batches import Batch, Batches
from voices.cluster.errors import GO_ON, ClusterError
from voices.cluster.scheduler import Killed, Tray
from voices.cluster.shelves import patiently
from voices.cluster.worker import Outcome, Session, read_batch
from voices.places.errors import PlaceError
from voices.shared_clips import SharedClips
from voices.studio.order import Order, Recording, Urgent, VoiceReady, killed_its_readers

_MOST_TRIES = 3
"""How often a clip is read that does not arrive whole."""


@dataclass(frozen=True, slots=True)
class _Task:
    """A batch on its way; `alone` when nothing else of the job was, so that nobody else can have killed its workers."""

    batch: Batch
    alone: bool = False


class Job:
    """Orders being carried out by workers that were told `session`; `room` is how many batches may be out at a time.

    Of all that stood before a worker that died, one order is to blame at the most, and nobody knows which. After some
    deaths a scheduler gives such batches up; their orders are then tried at the end, each with nothing else about.
    """

    def __init__(self, orders: Iterable[Order], tray: Tray, session: Session, store: ClipStore) -> None:
        self._waiting = Batches(orders)
        self._tray = tray
        self._session = session
        self._store = store
        self._suspects: deque[Order] = deque()
        self._losses: Counter[str] = Counter()

    def results(self, room: Callable[[], int], urgent: Urgent) -> Iterator[Recording | VoiceReady]:
        """What has become of each order, until nobody wants anything. Raises ClusterError, PlaceError, WriteError."""
        while self._hand_out(room()):
            done: list[tuple[_Task, Outcome | Killed]] = list(self._tray.take())
            self._hand_out(room())  # before it is looked at: nobody waits for that
            arrived = self._arrived([task.batch for task, outcome in done if isinstance(outcome, Outcome)])
            for task, outcome in done:
                if isinstance(outcome, Killed):
                    yield from self._killed(task)
                else:
                    yield from self._looked_at(task.batch, outcome, arrived)
                self._waiting.urge(urgent())

    def _hand_out(self, room: int) -> bool:
        """Hand out what there is room for; whether anything is out."""
        while len(self._tray) < room and (found := self._waiting.take()):
            batch, is_urgent = found
            self._tray.put(read_batch, self._session, batch, name=_Task(batch), urgent=is_urgent)
        if not len(self._tray) and self._suspects:
            alone = (self._suspects.popleft(),)
            self._tray.put(read_batch, self._session, alone, name=_Task(alone, alone=True))
        return bool(len(self._tray))

    def _killed(self, task: _Task) -> Iterator[Recording]:
        if task.alone:
            yield Recording(task.batch[0], failure=killed_its_readers(task.batch[0]))
        else:
            self._suspects.extend(task.batch)

    def _looked_at(self, batch: Batch, outcome: Outcome, arrived: set[str]) -> Iterator[Recording | VoiceReady]:
        if outcome.unfit:
            raise outcome.unfit
        for voice in outcome.loaded:
            yield VoiceReady(voice)
        for order, said in zip(batch, outcome.said, strict=True):
            if isinstance(said.failure, WriteError | PlaceError):
                raise _named(said.failure, outcome.worker)
            if said.failure or order.key in arrived:
                yield Recording(order, said.seconds, said.failure)
            else:
                self._again(order, outcome.worker)

    def _again(self, order: Order, worker: str) -> None:
        self._losses[order.key] += 1
        if self._losses[order.key] >= _MOST_TRIES:
            raise ClusterError(
                f"{worker} put “{order.spoken[:60]}” into the clip store, and it cannot be found there, or is damaged",
                hint=f"check that the store is the same for all machines, and its disk; then {GO_ON}",
            )
        self._waiting.put_back((order,))

    def _arrived(self, batches: Sequence[Batch]) -> set[str]:
        """The keys of those clips that are here by now, every bit of them right."""
        store, keys = self._store, [order.key for batch in batches for order in batch]
        if isinstance(store, SharedClips):
            each = store.shared.each  # as many at a time as the place bears
            return {key for key, timing in patiently(lambda: list(each(store.timing, keys))) if timing}
        return {key for key in keys if store.timing(key)}


def _named(error: VivavoceError, worker: str) -> VivavoceError:
    return type(error)(f"{worker}: {error.message}", hint=error.hint)
