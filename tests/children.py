"""The processes that a test has started, by way of what it tests."""

import os
from pathlib import Path


def children() -> list[int]:
    """The workers: children of this process that multiprocessing spawned, its resource tracker not counted."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            command = (stat.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == os.getpid() and b"spawn_main" in command:
            found.append(int(stat.parent.name))
    return found
