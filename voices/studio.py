"""Many segments to many clips, on worker processes: each loads a voice once, reads on one thread, fills the store."""

import contextlib
import multiprocessing
import os
import signal
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from articles.errors import VivavoceError
from voices.clips import ClipStore, seed_of
from voices.load import LoadableVoice
from voices.voice import Delivery, SpeechError, Voice

_MOST_DEATHS = 3  # of workers on one order, before the order is given up and the rest goes on
_SPAWN = multiprocessing.get_context("spawn")  # a forked child would inherit locks that onnxruntime's threads hold


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


def default_workers() -> int:
    """One worker for each core that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def record(
    orders: Iterable[Order], voices: Mapping[str, LoadableVoice], store: ClipStore, workers: int
) -> Iterator[Recording | VoiceReady]:
    """A Recording for each different key in `orders` as it comes to be in the store, longest texts first.

    Between them a VoiceReady for each voice that a worker has loaded, which takes a second or two.

    A worker that dies is replaced and its order read again; an order that kills three workers fails alone. Closing
    the iterator, or an interrupt, ends the workers at once; what they had finished is in the store.
    """
    queue = _Queue(orders, voices)
    crew = _Crew(voices, store)
    try:
        for _ in range(min(workers, len(queue))):
            crew.hire()
        while True:
            crew.give_work(queue)
            if not crew.busy:
                return
            yield from crew.results(queue)
    finally:
        crew.dismiss()


class _Queue:
    """Orders that wait, per voice and longest first, each key once; and how often each has killed its worker."""

    def __init__(self, orders: Iterable[Order], voices: Mapping[str, LoadableVoice]) -> None:
        self._voices = voices
        self._waiting: dict[str, list[Order]] = defaultdict(list)
        for order in sorted({order.key: order for order in orders}.values(), key=lambda o: len(o.spoken)):
            self._waiting[order.voice].append(order)
        self._deaths: Counter[str] = Counter()

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))

    def take(self, loaded: set[str], holders: Counter[str]) -> Order | None:
        """The next order for a worker that has loaded the voices `loaded`.

        It stays with a voice it has; else it loads the one with the most left to read for each of its `holders`.
        """
        voices = [voice for voice, orders in self._waiting.items() if orders]
        known = [voice for voice in voices if voice in loaded]
        if not voices:
            return None
        return self._waiting[max(known or voices, key=lambda voice: self._load(voice, holders))].pop()

    def put_back(self, order: Order) -> bool:
        """Whether the order of a dead worker may be tried again."""
        self._deaths[order.key] += 1
        if self._deaths[order.key] >= _MOST_DEATHS:
            return False
        self._waiting[order.voice].append(order)
        return True

    def _load(self, voice: str, holders: Counter[str]) -> float:
        effort = sum(self._voices[voice].effort(order.spoken) for order in self._waiting[voice])
        return effort / (1 + holders[voice])


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: "Connection[Order | None, Recording | VoiceReady]"
    loaded: set[str]
    order: Order | None = None


class _Crew:
    """The workers of one session."""

    def __init__(self, voices: Mapping[str, LoadableVoice], store: ClipStore) -> None:
        self._voices = dict(voices)
        self._store = store
        self._workers: list[_Worker] = []

    @property
    def busy(self) -> bool:
        return any(worker.order for worker in self._workers)

    def hire(self) -> None:
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_work, args=(theirs, self._store, self._voices), daemon=True)
        # Started with the first process otherwise, in the midst of it: and it ends by letting interrupts through again.
        resource_tracker.ensure_running()
        with _interrupts_held():
            process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours, set()))

    def give_work(self, queue: _Queue) -> None:
        for worker in list(self._workers):
            if worker.order is not None:
                continue
            holders = Counter(voice for other in self._workers for voice in other.loaded)
            worker.order = queue.take(worker.loaded, holders)
            if worker.order:
                worker.loaded.add(worker.order.voice)
                with contextlib.suppress(OSError):  # a worker that died idle is found by results()
                    worker.pipe.send(worker.order)

    def results(self, queue: _Queue) -> Iterator[Recording | VoiceReady]:
        """What the workers have sent since, waiting for at least one of them."""
        by_pipe = {worker.pipe: worker for worker in self._workers if worker.order}
        for pipe in wait(list(by_pipe)):
            worker = by_pipe[pipe]  # type: ignore[index]  # wait() hands back what it was given
            try:
                result = worker.pipe.recv()
            except (EOFError, OSError):
                self._replace(worker)
                if worker.order and not queue.put_back(worker.order):
                    yield Recording(worker.order, failure=_killed_its_readers(worker.order))
                continue
            if isinstance(result, Recording):
                worker.order = None
            yield result

    def dismiss(self) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()

    def _replace(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self.hire()


def _killed_its_readers(order: Order) -> SpeechError:
    return SpeechError(
        f"“{order.spoken[:60]}” ended {_MOST_DEATHS} workers of the voice {order.voice}",
        hint="try it alone: vivavoce say TEXT --voice NAME; if memory is short, use --workers 1",
    )


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Processes started inside never see Ctrl-C, which reaches the whole group: the parent alone decides what ends.

    A child inherits the mask. The parent gets a signal that came meanwhile at the end; had it ignored signals instead,
    that one would be lost.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(
    pipe: "Connection[Recording | VoiceReady, Order | None]", store: ClipStore, voices: dict[str, LoadableVoice]
) -> None:
    """A worker's life: orders in, clips into the store, recordings out."""
    loaded: dict[str, Voice] = {}
    with contextlib.suppress(EOFError, BrokenPipeError):  # the parent is gone
        while order := pipe.recv():
            try:
                if order.voice not in loaded:
                    loaded[order.voice] = voices[order.voice].load()
                    pipe.send(VoiceReady(order.voice))
                clip = loaded[order.voice].speak(order.spoken, order.delivery, seed_of(order.key))
                store.write(order.key, clip)
                pipe.send(Recording(order, clip.seconds))
            except VivavoceError as known:
                pipe.send(Recording(order, failure=known))
            except Exception as error:  # an engine's own; the others' texts must still be read
                cause = f"{type(error).__name__}: {error}"
                failure = SpeechError(f"{order.voice} failed on “{order.spoken[:60]}” ({cause})")
                pipe.send(Recording(order, failure=failure))
