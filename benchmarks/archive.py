"""An archive read by a cluster on this machine, with the tone voice: how time and memory grow with the articles.

A real scheduler and two real workers, which put clips into a folder that all share; each article's file is written,
read, cut into segments and read aloud, an issue at a time, and its clips are looked at and removed. Run it with
`python benchmarks/archive.py 1000 3000 10000`.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
from distributed import Client
from distributed.protocol.pickle import dumps

from articles.markdown import read_article
from articles.segments import HouseStyle, write_script
from voices.assets import voice_files, voices_dir
from voices.cast import Cast, Reader
from voices.catalogue import find
from voices.cluster import open_cluster
from voices.cluster.batches import Batches
from voices.load import loadable
from voices.shared_clips import open_clips
from voices.studio import Order, Recording

WORKERS = 2
ARTICLES_PER_ISSUE = 20
LANGUAGES = ("en", "fr")
TEXTS = {
    "en": "Boat {n} leaves the harbour at five, long before dawn, and nobody on the quay waves to it. It comes back at "
    "noon with {n} fish on board, and the harbour master writes it down.",
    "fr": "Le bateau {n} quitte le port à cinq heures, bien avant l’aube, et personne ne lui fait signe. Il revient à "
    "midi avec {n} poissons à bord, et le capitaine du port l’écrit dans son livre.",
}


def main(sizes: list[int]) -> None:
    """Print a line for each number of articles, from one run through the largest."""
    tone = loadable(voice_files(find("tone"), voices_dir()))
    cast = Cast({language: Reader("tone") for language in LANGUAGES}, {"tone": tone})
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        scheduler, address = stack.enter_context(running_scheduler(folder))
        workers = stack.enter_context(running_workers(folder, address))
        shared, local = folder / "shared", folder / "clips"
        store = open_clips(str(shared), local)
        cluster = stack.enter_context(open_cluster(address, str(shared)))
        print(f"{'articles':>9}{'clips':>9}{'tasks':>9}{'seconds':>9}{'CPU ms each':>13}", end="")
        print(f"{'here MB':>9}{'scheduler MB':>14}{'a worker MB':>13}")
        began, clips, tasks = time.monotonic(), 0, 0
        for done in range(0, max(sizes), ARTICLES_PER_ISSUE):
            orders = issue_orders(folder / "issue", done, cast)
            batches = Batches(orders)
            while batches.take():
                tasks += 1
            results = list(cluster.record(orders, cast.voices, store))
            told = [result for result in results if isinstance(result, Recording) and not result.failure]
            clips += len(told)
            assert len(told) == len({order.key for order in orders})
            for order in orders:
                store.remove(order.key)
                store.shared.remove(order.key)  # type: ignore[attr-defined]
            reached = done + ARTICLES_PER_ISSUE
            if any(done < size <= reached for size in sizes):
                pids = (psutil.Process().pid, scheduler.pid, *readers(workers))
                each_ms = 1000 * sum(map(cpu_s, pids)) / reached
                print(f"{reached:>9}{clips:>9}{tasks:>9}{time.monotonic() - began:>9.0f}{each_ms:>13.2f}", end="")
                print(f"{peak_mb(psutil.Process().pid):>9.0f}{peak_mb(scheduler.pid):>14.0f}", end="")
                print(f"{max(map(peak_mb, readers(workers))):>13.0f}", flush=True)
        first = Batches(orders).take()
        print(f"an order takes {len(dumps(first[0])) / len(first[0]):.0f} bytes" if first else "")


def issue_orders(folder: Path, first: int, cast: Cast) -> list[Order]:
    """What there is to read in one issue, which is written to files first."""
    folder.mkdir(exist_ok=True)
    orders = []
    for number in range(first, first + ARTICLES_PER_ISSUE):
        language = LANGUAGES[number % 2]
        path = folder / f"{number % ARTICLES_PER_ISSUE:02d}-boat.{language}.md"
        path.write_text(f"# {TEXTS[language].format(n=number)[:20]}\n\n{TEXTS[language].format(n=number)}\n", "utf-8")
        script = write_script(read_article(path, LANGUAGES), HouseStyle(languages=LANGUAGES))
        orders += [cast.order(segment) for segment in script.segments]
    return orders


@contextlib.contextmanager
def running_scheduler(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A scheduler and its address."""
    known = folder / "scheduler.json"
    arguments = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(known))
    with running(folder, "scheduler", *arguments) as process:
        while not known.exists():
            time.sleep(0.1)
        yield process, json.loads(known.read_text())["address"]


@contextlib.contextmanager
def running_workers(folder: Path, address: str) -> Iterator[subprocess.Popen[bytes]]:
    """Workers, one process each, and the nanny of all."""
    arguments = (address, "--host", "127.0.0.1", "--nworkers", str(WORKERS), "--nthreads", "1", "--no-dashboard")
    with running(folder, "worker", *arguments) as process:
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(WORKERS)
        yield process


@contextlib.contextmanager
def running(folder: Path, program: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """One of Dask's programs; what it logs is thrown away."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{program}", *arguments]
    environment = os.environ | {"DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False"}  # as docs/cluster.md has it
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder / "issue", ignore_errors=True)


def readers(nanny: subprocess.Popen[bytes]) -> list[int]:
    """The worker processes themselves."""
    children = psutil.Process(nanny.pid).children(recursive=True)
    return [child.pid for child in children if "spawn_main" in " ".join(child.cmdline())]


def cpu_s(pid: int) -> float:
    """How long a process has computed, on all cores together."""
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def peak_mb(pid: int) -> float:
    """The most memory that a process ever had resident."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [300, 1000, 3000])
