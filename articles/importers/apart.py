"""Work in a process of its own, which can be stopped: some files send their parser round in circles for ever."""

import contextlib
import multiprocessing
import os
import resource
import signal
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar

from articles.errors import VivavoceError
from articles.importers.source import Source

T = TypeVar("T")

LONGEST_SECONDS = 20
LONGEST_SECONDS_PER_MB = 20
"""Beside the former, for each million bytes of the file: several times what any parser takes for such text."""

MOST_MEMORY_BYTES = 4_000_000_000

_SPAWN = multiprocessing.get_context("spawn")  # a forked child would inherit locks that other threads hold


def apart(work: Callable[[Source], T], source: Source, *, seconds_per_mb: int = LONGEST_SECONDS_PER_MB) -> T:
    """What `work` makes of `source`, within the limits of time and memory above.

    Raises what `work` raises for people to read, and ImportRefused where it takes too long or too much.
    """
    seconds = LONGEST_SECONDS + seconds_per_mb * len(source.data) // 1_000_000
    ours, its = _SPAWN.Pipe(duplex=False)
    process = _SPAWN.Process(target=_run, args=(its, work, source, seconds), daemon=True)
    process.start()
    its.close()
    try:
        if not ours.poll(seconds):
            raise source.refused(
                f"not read after {seconds} s: it is damaged, or made to be so", "save it again, simpler"
            )
        done, value = ours.recv()
    except EOFError:
        raise source.refused("damaged: reading it takes all memory, or ends its reader", "save it again") from None
    finally:
        process.kill()
        process.join()
        ours.close()
    if isinstance(value, VivavoceError):
        raise value
    if isinstance(value, MemoryError):
        raise source.refused(
            f"reading it takes more than {MOST_MEMORY_BYTES / 1e9:.0f} GB of memory: it is damaged, or made to do so",
            "save it again, simpler",
        )
    if not done:
        raise RuntimeError(value)  # a mistake of ours, for the report of it
    result: T = value
    return result


def _run(its: Connection, work: Callable[[Source], T], source: Source, seconds: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, which ends this process
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # The seconds are for when there is no parent any more, and a parser in C that lets no other thread run.
    limits = {resource.RLIMIT_AS: (MOST_MEMORY_BYTES,) * 2, resource.RLIMIT_CPU: (seconds + 1, seconds + 2)}
    for limit, most in limits.items():
        with contextlib.suppress(ValueError, OSError):  # a system without this limit, or with a lower one
            resource.setrlimit(limit, most)
    try:
        its.send((True, work(source)))
    except (VivavoceError, MemoryError) as error:
        its.send((False, error))
    except Exception:
        its.send((False, traceback.format_exc()))


def _end_with_parent() -> None:
    """A parent that is killed can stop nobody any more."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
