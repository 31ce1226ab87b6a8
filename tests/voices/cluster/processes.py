"""Orders for a cluster, and Dask's own programs as processes of their own."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from distributed import Client

from voices.assets import voice_files, voices_dir
from voices.catalogue import find
from voices.clips import clip_key
from voices.load import LoadableVoice, loadable
from voices.studio import Order, Recording, VoiceReady
from voices.voice import Delivery

TONE = loadable(voice_files(find("tone"), voices_dir()))
VOICES = {"tone": TONE}


def order(text: str, voice: LoadableVoice = TONE) -> Order:
    return Order(clip_key(voice.identity, text, Delivery()), voice.name, text)


def sentences(number: int, begin: str = "Boat") -> list[Order]:
    """So many orders of about four seconds each."""
    return [order(f"{begin} {n} leaves the harbour long before dawn, and nobody waves to it") for n in range(number)]


def recordings(results: Iterable[Recording | VoiceReady]) -> Iterator[Recording]:
    """As they come."""
    return (result for result in results if isinstance(result, Recording))


@contextlib.contextmanager
def scheduler(folder: Path, **environment: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A scheduler's process, and its address."""
    known = folder / "scheduler.json"
    arguments = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(known))
    with _running(folder, "scheduler", arguments, environment) as started:
        until_s = time.monotonic() + 30
        # The file is there for a moment before anything is in it.
        while not (known.exists() and known.read_text().endswith("}")) and time.monotonic() < until_s:
            time.sleep(0.05)
        yield started, json.loads(known.read_text())["address"]


@contextlib.contextmanager
def workers(folder: Path, address: str, number: int = 2, threads: int = 1, **environment: str) -> Iterator[None]:
    """Worker processes, each with a nanny that starts another where it dies. `PYTHONPATH` goes before all else."""
    arguments = (address, "--host", "127.0.0.1", "--nworkers", str(number), "--nthreads", str(threads))
    with _running(folder, "worker", arguments, environment):
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(number, timeout=30)
        yield


@contextlib.contextmanager
def _running(
    folder: Path, program: str, arguments: tuple[str, ...], environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    own = {**environment, "PYTHONPATH": os.pathsep.join((environment.get("PYTHONPATH", ""), str(Path().resolve())))}
    with (folder / f"{program}.log").open("ab") as log:
        started = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{program}", *arguments, "--no-dashboard"],
            cwd=folder,
            env=os.environ | own,
            stdout=log,
            stderr=log,
        )
        try:
            yield started
        finally:
            started.terminate()
            try:
                started.wait(5)
            except subprocess.TimeoutExpired:
                started.kill()
                started.wait()
