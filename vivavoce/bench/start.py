"""How long the command line takes to start."""

import statistics
import subprocess
import sys
import time

from vivavoce.bench.run import environment

_TIMES = 10


def start_ms() -> float:
    """Milliseconds from the start of `vivavoce --help` to its end: the median of ten, after one that is not counted."""
    taken = []
    for _ in range(_TIMES + 1):
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "vivavoce", "--help"],
            env=environment(),
            check=True,
            timeout=60,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken[1:])
