"""A scheduler and its workers, on this machine or elsewhere; the only file that imports distributed."""

import asyncio
import contextlib
import logging
import os
import queue
import signal
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import dask.config
import distributed
from distributed import Client, Future, LocalCluster
from distributed.comm import CommClosedError
from distributed.core import rpc
from distributed.scheduler import KilledWorker
from distributed.security import Security

from voices.cluster.errors import ClusterError, gone, reason
from voices.studio.order import MOST_DEATHS
from voices.studio.shielded import shielded

_PATIENCE_S = 5.0
"""How long a scheduler may take to answer at first."""

_EVERY_S = 3.0
"""Between two looks at who is there."""

_ALONE_S = 120.0
"""How long there may be no worker: they are started anew one after the other, or come with the next machine."""

_LOCAL_CONFIG: Mapping[str, Any] = {
    "distributed.scheduler.allowed-failures": MOST_DEATHS - 1,
    "distributed.worker.profile.enabled": False,  # which would keep an hour of what a worker did, for nobody
    # What listens on this machine answers to nobody who looks.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.nanny.http.routes": [],
}


@dataclass(frozen=True, slots=True)
class Killed:
    """What comes back of a task that every worker has died of, or that waited behind such a one."""


class Tray:
    """Tasks that one job has handed out, and those that are done; several jobs may have one each."""

    def __init__(self, scheduler: "Scheduler") -> None:
        self._scheduler = scheduler
        self._out: dict[Future, Any] = {}
        self._done: queue.SimpleQueue[Future] = queue.SimpleQueue()

    def __len__(self) -> int:
        return len(self._out)

    def put(self, act: Callable[..., Any], *arguments: Any, name: object, urgent: bool = False) -> None:
        """Have `act` carried out somewhere; `name` comes back with what it gave."""
        # A Client's reconnection gives futures up, and submitting to one that is closed raises.
        with _told("nothing can be handed out", self._scheduler.client):
            future = self._scheduler.client.submit(act, *arguments, pure=False, priority=10 if urgent else 0)
            self._out[future] = name
            future.add_done_callback(self._done.put)

    def take(self) -> Iterator[tuple[Any, Any]]:
        """Name and result of each task that is done, waiting for at least one; a result may be Killed.

        Raises ClusterError when the scheduler or all workers are gone, and for what a task has raised.
        """
        future = self._wait()
        while True:
            name = self._out.pop(future, None)
            if name is not None:
                yield name, self._result(future)
            try:
                future = self._done.get_nowait()
            except queue.Empty:
                return

    def close(self) -> None:
        """Nobody wants them any more; what a worker is at, it finishes."""
        with contextlib.suppress(Exception):
            self._scheduler.client.cancel(list(self._out))
        self._out.clear()

    def _wait(self) -> Future:
        while True:
            with contextlib.suppress(queue.Empty):
                return self._done.get(timeout=_EVERY_S)
            self._scheduler.look()

    def _result(self, future: Future) -> Any:
        if future.cancelled():
            self._scheduler.look()  # most often because it is gone, and that is what should be told
            raise gone("it has let go of what was being read")
        with _told("a task failed"):
            try:
                return future.result()
            except KilledWorker:
                return Killed()


class Scheduler:
    """A connection to a scheduler; `local` is the one of this machine, which ends with it."""

    def __init__(self, client: Client, local: LocalCluster | None = None) -> None:
        self.client = client
        self._local = local
        self._threads: dict[str, int] = {}
        self._looked_s = self._seen_s = time.monotonic()
        self.look()

    @property
    def threads(self) -> Mapping[str, int]:
        """By its address how many threads each worker has, as of some seconds ago."""
        if time.monotonic() - self._looked_s > _EVERY_S:
            self.look()
        return self._threads

    def look(self) -> None:
        """See who is there. Raises ClusterError when the scheduler is gone, or has had no worker for minutes."""
        with _told("it does not answer any more", self.client):
            self._threads = dict(self.client.nthreads())
        self._looked_s = time.monotonic()
        if self._threads:
            self._seen_s = self._looked_s
        elif self._looked_s - self._seen_s > _ALONE_S:
            raise gone(f"it has had no worker for {_ALONE_S:.0f} s")

    def tray(self) -> Tray:
        """Room for one job's tasks."""
        return Tray(self)

    def ask_all(self, ask: Callable[..., Any], *arguments: Any) -> dict[str, Any]:
        """By its address what every worker answers; an exception in place of an answer."""
        with _told("its workers cannot be asked", self.client):
            return dict(self.client.run(ask, *arguments, on_error="return"))

    def close(self) -> None:
        """Let go of it; workers of this machine end at once: what they had finished is in the store."""
        if self._local:
            for nanny in self._local.workers.values():
                if nanny.pid:  # by itself, it would wait seconds for the sentence to be finished
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(nanny.pid, signal.SIGKILL)
        with contextlib.suppress(Exception):
            self.client.close(timeout=2)
        if self._local:
            with contextlib.suppress(Exception):
                self._local.close(timeout=5)


@contextlib.contextmanager
def local(workers: int) -> Iterator[Scheduler]:
    """A scheduler and so many worker processes on this machine, which nobody else can talk to; they end with it."""
    _be_quiet()
    with tempfile.TemporaryDirectory() as scratch, dask.config.set(_LOCAL_CONFIG):
        with shielded(), _told("no cluster can be started here"):
            cluster = LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",
                memory_limit=0,
                silence_logs=logging.CRITICAL,
                local_directory=scratch,
                security=True,  # else everybody who has an account on this machine could run programs as this user
            )
            scheduler = Scheduler(Client(cluster, set_as_default=False), cluster)
        with contextlib.closing(scheduler):
            yield scheduler


@contextlib.contextmanager
def remote(address: str) -> Iterator[Scheduler]:
    """A connection to the scheduler at `address`, which goes on without us.

    Raises ClusterError when nobody answers there within seconds, or it is no scheduler of the version that is here.
    """
    _be_quiet()
    _check(address)
    with _told(f"{address}: no connection"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about versions: they are looked at elsewhere, and not only warned about
        scheduler = Scheduler(Client(address, timeout=_PATIENCE_S, set_as_default=False))
    with contextlib.closing(scheduler):
        yield scheduler


def _check(address: str) -> None:
    """Ask who is there, in a way that gives up in time whatever it is. Raises ClusterError."""
    hint = "check that it runs and can be reached from here; it is started with: dask scheduler"
    if address.startswith("tls:") and not Security().get_connection_args("client").get("ssl_context"):
        raise ClusterError(f"{address}: no certificates are set", hint="docs/cluster.md says which variables name them")
    try:
        kind, there = asyncio.run(_asked(address))
    except OSError as error:  # TimeoutError is one
        raise ClusterError(f"{address}: no scheduler answers there within {_PATIENCE_S:.0f} s", hint=hint) from error
    except Exception as error:  # whatever it is that speaks there, it can be misunderstood in many ways
        raise ClusterError(f"{address}: is no Dask scheduler ({reason(error)})", hint=hint) from error
    here = str(distributed.__version__)
    if kind != "Scheduler":
        raise ClusterError(f"{address}: is a Dask {kind.lower()}, not a scheduler", hint=hint)
    if there != here:
        raise ClusterError(
            f"{address}: the scheduler runs distributed {there} (here {here})",
            hint="install the same version everywhere, from one requirements file",
        )


async def _asked(address: str) -> tuple[str, str]:
    secured = Security().get_connection_args("client")
    async with asyncio.timeout(_PATIENCE_S), rpc(address, timeout=_PATIENCE_S, connection_args=secured) as peer:
        identity, found = await peer.identity(), await peer.versions()
        return str(identity["type"]), str(found["packages"]["distributed"])


@contextlib.contextmanager
def _told(trouble: str, client: Client | None = None) -> Iterator[None]:
    """What the library raises inside becomes a line for people; `client` is the one that is asked for something."""
    try:
        yield
    except (ClusterError, KilledWorker):
        raise
    except Exception as error:
        # When a scheduler goes away, a Client tries to connect again for seconds, and then closes itself. Whichever
        # error a caller meets by chance, an AttributeError among them, it is one and the same to people.
        lost = client is not None and (isinstance(error, OSError) or client.status != "running")
        if lost or isinstance(error, CommClosedError):
            raise gone("the connection to its scheduler broke") from error
        raise gone(f"{trouble} ({reason(error)})") from error


def _be_quiet() -> None:
    """What the library would log of workers that come and go is nothing that a producer could use."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":  # several of them have a level of their own
            logging.getLogger(name).setLevel(logging.CRITICAL)
