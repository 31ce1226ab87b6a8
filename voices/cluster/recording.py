"""A cluster as a recorder: it sees to it that all workers can read what is asked for, and then hands it out."""

import contextlib
import uuid
from collections.abc import Generator, Iterable, Mapping
from pathlib import Path

from articles.errors import SettingsError, VivavoceError
from voices.clips import ClipStore
from voices.cluster.errors import ClusterError
from voices.cluster.job import Job
from voices.cluster.scheduler import Scheduler
from voices.cluster.shelves import HereShelf, SharedShelf, probe_bytes, probe_key
from voices.cluster.worker import Session, unfit, versions
from voices.load import LoadableVoice
from voices.places.errors import PlaceError
from voices.shared_clips import VARIABLE, SharedClips
from voices.studio.order import Order, Recording, Urgent, VoiceReady, nothing_urgent

_EACH = 2
"""Batches for each worker: one that it reads and one that it begins next. So the scheduler never holds more than this,
however long the work."""


class Cluster:
    """A recorder whose workers are a scheduler's; `name` is what it is called. Several threads may use it at once.

    Workers that are not on this machine find voices by their names, and put clips into the store that all share.
    """

    def __init__(self, name: str, scheduler: Scheduler, *, elsewhere: bool) -> None:
        self.name = name
        self._scheduler = scheduler
        self._elsewhere = elsewhere
        self._shelves: dict[tuple[str, ...], SharedShelf] = {}

    @property
    def workers(self) -> int:
        """How many there are."""
        return len(self._scheduler.threads)

    def record(
        self,
        orders: Iterable[Order],
        voices: Mapping[str, LoadableVoice],
        store: ClipStore,
        workers: int = 0,  # noqa: ARG002  # the cluster has as many as it has
        urgent: Urgent = nothing_urgent,
    ) -> Generator[Recording | VoiceReady, None, None]:
        """As voices.studio.record, by the cluster's workers, however many are asked for.

        What workers elsewhere put into the shared store is fetched and verified before it is told. Raises SettingsError
        where there is none, ClusterError when the cluster cannot be used or is lost, PlaceError when the shared store
        does not answer for a minute, WriteError when it or the disk here refuses.
        """
        session = self._session(tuple(voices.values()), store)
        if isinstance(store, SharedClips) and self._elsewhere:
            store = SharedClips(store.root, store.shared, strict=True)
        with contextlib.closing(self._scheduler.tray()) as tray:
            yield from Job(orders, tray, session, store).results(self._room, urgent)

    def close(self) -> None:
        """Take away what was put into shared stores to be found."""
        for shelf in self._shelves.values():
            with contextlib.suppress(PlaceError):
                shelf.clips.remove(shelf.probe)

    def _room(self) -> int:
        threads = self._scheduler.threads
        crowded = [address for address, number in threads.items() if number > 1] if self._elsewhere else []
        if crowded:
            raise ClusterError(
                f"{crowded[0]}: has {threads[crowded[0]]} threads, and a process can read on one only",
                hint="start workers so: dask worker SCHEDULER --nthreads 1 --nworkers -1, one process for each core",
            )
        return _EACH * max(1, len(threads))

    def _session(self, voices: tuple[LoadableVoice, ...], store: ClipStore) -> Session:
        """What workers are told; when they are elsewhere, all that are there now are looked at, once."""
        if not self._elsewhere:
            return Session(versions(), voices, HereShelf(store))
        if not isinstance(store, SharedClips):
            raise nothing_shared(self.name)
        location = _seen_from_everywhere(store.shared.location)
        facts = (location, *(voice.identity for voice in voices))
        if facts not in self._shelves:
            shelf = SharedShelf(location, probe_key(uuid.uuid4().hex))
            shelf.clips.write(shelf.probe, probe_bytes(shelf.probe))
            self._shelves[facts] = shelf
            self._room()
            self._look_at_all(Session(versions(), voices, shelf))
        return Session(versions(), voices, self._shelves[facts])

    def _look_at_all(self, session: Session) -> None:
        """Ask each worker whether it could read. Raises what is wrong with the first that could not."""
        answers = self._scheduler.ask_all(unfit, session)
        complaints = [(address, answers[address]) for address in sorted(answers) if answers[address] is not None]
        if not complaints:
            return
        address, complaint = complaints[0]
        more = f"; {len(complaints) - 1} of {len(answers)} workers more cannot read" if complaints[1:] else ""
        if isinstance(complaint, VivavoceError):
            raise type(complaint)(f"{complaint.message}{more}", hint=complaint.hint)
        raise ClusterError(
            f"{address}: vivavoce cannot run there ({complaint}){more}",
            hint="install the same version of it everywhere, from one requirements file",
        )


def nothing_shared(name: str) -> SettingsError:
    """Why a cluster elsewhere cannot be used without a shared store."""
    return SettingsError(
        f"{name}: there is no clip store that its workers could put clips into",
        hint=f'set clips = "s3://bucket/clips" in edition.toml, or {VARIABLE}: an address or a folder '
        "that all machines reach",
    )


def _seen_from_everywhere(location: str) -> str:
    return location if "://" in location else str(Path(location).resolve())
