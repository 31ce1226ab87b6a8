"""How much memory a process and all its children hold, from /proc; nothing where there is none."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


def tree_mb(pid: int) -> float | None:
    """Megabytes that the process and its descendants hold now, each shared page counted once; None if unknown.

    It is the kernel's "proportional set size" (proc_pid_smaps(5)): adding up resident sizes would count a library as
    often as it is loaded.
    """
    sizes_kb = [size for each in _tree(pid) if (size := _pss_kb(each)) is not None]
    return sum(sizes_kb) / 1000 if sizes_kb else None


def _tree(pid: int) -> Iterator[int]:
    yield pid
    with contextlib.suppress(OSError):  # a process may end while it is looked at
        for thread in (_PROC / str(pid) / "task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _tree(int(child))


def _pss_kb(pid: int) -> int | None:
    with contextlib.suppress(OSError):
        found = _PSS.search((_PROC / str(pid) / "smaps_rollup").read_text())
        return int(found[1]) if found else None
    return None
