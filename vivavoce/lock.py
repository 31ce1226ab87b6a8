"""One build of an edition at a time, one import, one change of its lexicons."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import filelock

from articles.errors import SettingsError
from articles.files import WriteError
from articles.remedies import remedy

_A_MOMENT_S = 0.3
"""For which a lock is waited for in any case: `doctor` takes it to see whether it is free, and lets go of it."""


@contextlib.contextmanager
def only_build(state: Path, waits: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the lock of all that writes into `public/`. Raises as `only_one`."""
    with only_one(state, "another build of this edition is running", waits):
        yield


@contextlib.contextmanager
def only_one(folder: Path, busy: str, waits: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the lock in `folder`, which the system frees when its process dies, however it dies.

    Where another process holds it, `waits` is told so, and it is waited for. Raises SettingsError, which says `busy`,
    where nobody `waits` longer than a moment, and WriteError when the folder cannot be written.
    """
    holder, locked = folder / "builder", folder / "build.lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in (holder, locked):
            # A link would have whatever it leads to overwritten, and a pipe waits for somebody to read it.
            if path.is_symlink() or path.is_fifo():
                path.unlink()
        lock = filelock.FileLock(locked)
        try:
            lock.acquire(timeout=_A_MOMENT_S)
        except filelock.Timeout:
            who = _read(holder)
            told = f"{busy} (process {who})" if who else busy
            if not waits:
                raise SettingsError(told, hint="wait for it to end, then run this again") from None
            waits(f"waiting: {told}")
            lock.acquire()
    except OSError as error:
        raise WriteError(
            f"{folder}: cannot be written ({error.strerror or error})", hint=remedy(error, folder)
        ) from error
    try:
        with contextlib.suppress(OSError):
            holder.write_text(str(os.getpid()))
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except (OSError, UnicodeDecodeError):
        return ""
