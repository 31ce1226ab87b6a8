"""Many segments to many clips, on worker processes of this machine."""

import os
from collections.abc import Generator, Iterable, Mapping

from articles.errors import SettingsError
from voices.clips import ClipStore
from voices.load import LoadableVoice
from voices.studio.crew import Crew
from voices.studio.order import MOST_DEATHS, Order, Recorder, Recording, Urgent, VoiceReady, nothing_urgent
from voices.studio.queue import Queue

__all__ = [
    "MOST_DEATHS",
    "Order",
    "Recorder",
    "Recording",
    "Urgent",
    "VoiceReady",
    "check_workers",
    "default_workers",
    "nothing_urgent",
    "record",
]


_MOST_PER_CORE = 4


def default_workers() -> int:
    """One worker for each core that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def check_workers(workers: int) -> int:
    """So many workers, if they are a number that makes sense here. Raises SettingsError."""
    most = _MOST_PER_CORE * default_workers()
    if 1 <= workers <= most:
        return workers
    if workers < 1:
        raise SettingsError(
            f"{workers} workers cannot read anything", hint="leave out --workers: there is one per core"
        )
    raise SettingsError(
        f"{workers} workers are too many for {default_workers()} cores: each holds a voice of its own in memory, "
        "150 to 400 MB, and they would only take each other's time",
        hint=f"leave out --workers to have one per core; more than {most} are never started",
    )


def record(
    orders: Iterable[Order],
    voices: Mapping[str, LoadableVoice],
    store: ClipStore,
    workers: int,
    urgent: Urgent = nothing_urgent,
) -> Generator[Recording | VoiceReady, None, None]:
    """A Recording for each different key in `orders` as it comes to be in the store; those in front are read first.

    Between them a VoiceReady for each voice that a worker has loaded, which takes a second or two. `urgent` is asked
    after every result for orders to be read before all others.

    A worker that dies is replaced and its order read again; an order that kills three workers fails alone. Closing
    the iterator, or an interrupt, ends the workers at once; what they had finished is in the store.
    """
    queue = Queue(orders, voices)
    crew = Crew(voices, store)
    try:
        for _ in range(min(workers, len(queue))):
            crew.hire()
        while True:
            crew.give_work(queue)
            if not crew.busy:
                return
            for result in crew.results(queue):
                crew.give_work(queue)  # before it is looked at: nobody waits for that
                yield result
                queue.urge(urgent())
    finally:
        crew.dismiss()
