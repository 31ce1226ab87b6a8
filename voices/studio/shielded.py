"""Threads and processes that never see Ctrl-C. It reaches the whole group: who started them decides alone what ends."""

import contextlib
import signal
from collections.abc import Iterator
from multiprocessing import resource_tracker


@contextlib.contextmanager
def shielded() -> Iterator[None]:
    """What is started inside inherits that interrupts are held. One that comes meanwhile is delivered at the end; were
    interrupts ignored instead, it would be lost.
    """
    # Started with the first process otherwise, in the midst of it: and it ends by letting interrupts through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
