"""The processes that a test has started, by way of what it tests."""

import os
from pathlib import Path


def children(of: int | None = None) -> list[int]:
    """The workers: children of this process (or of `of`) that multiprocessing spawned, no resource tracker."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            command = (stat.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == (of or os.getpid()) and b"spawn_main" in command:
            found.append(int(stat.parent.name))
    return found
