"""Worker processes: each loads a voice once, reads on one thread, fills the store; one that dies is replaced.

Why not a pool: docs/decisions/0007-worker-processes.md
"""

import contextlib
import multiprocessing
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from articles.errors import VivavoceError
from voices.clips import ClipStore, seed_of
from voices.load import LoadableVoice
from voices.studio.order import Order, Recording, VoiceReady, killed_its_readers
from voices.studio.queue import Queue
from voices.studio.shielded import shielded
from voices.voice import SpeechError, Voice

_SPAWN = multiprocessing.get_context("spawn")  # a forked child would inherit locks that onnxruntime's threads hold


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: "Connection[Order | None, Recording | VoiceReady]"
    loaded: set[str] = field(default_factory=set)
    order: Order | None = None


class Crew:
    """The workers of one session."""

    def __init__(self, voices: Mapping[str, LoadableVoice], store: ClipStore) -> None:
        self._voices = dict(voices)
        self._store = store
        self._workers: list[_Worker] = []

    @property
    def busy(self) -> bool:
        """Whether anybody has an order."""
        return any(worker.order for worker in self._workers)

    def hire(self) -> None:
        """One worker more."""
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_work, args=(theirs, self._store, self._voices), daemon=True)
        with shielded():
            process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours))

    def give_work(self, queue: Queue) -> None:
        """An order to everybody who has none, as far as there are any for them."""
        for worker in self._workers:
            if worker.order is not None:
                continue
            holders = Counter(voice for other in self._workers for voice in other.loaded)
            worker.order = queue.take(worker.loaded, holders)
            if worker.order:
                worker.loaded.add(worker.order.voice)
                with contextlib.suppress(OSError):  # a worker that died idle is found by results()
                    worker.pipe.send(worker.order)

    def results(self, queue: Queue) -> Iterator[Recording | VoiceReady]:
        """What the workers have sent since, waiting for at least one of them."""
        by_pipe = {worker.pipe: worker for worker in self._workers if worker.order}
        for pipe in wait(list(by_pipe)):
            worker = by_pipe[pipe]  # type: ignore[index]  # wait() hands back what it was given
            try:
                result = worker.pipe.recv()
            except (EOFError, OSError):
                self._replace(worker)
                if worker.order and not queue.put_back(worker.order):
                    yield Recording(worker.order, failure=killed_its_readers(worker.order))
                continue
            if isinstance(result, Recording):
                worker.order = None
            yield result

    def dismiss(self) -> None:
        """End them all, at once: what they had finished is in the store."""
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
