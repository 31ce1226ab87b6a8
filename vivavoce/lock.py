"""One build of an edition at a time."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import filelock

from articles.errors import SettingsError
from articles.files import WriteError


@contextlib.contextmanager
def only_build(state: Path, waits: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the edition's lock, which the system frees when its process dies, however it dies.

    Where another process holds it, `waits` is told so, and it is waited for. Raises SettingsError where nobody `waits`,
    and WriteError when the folder cannot be written.
    """
    holder, locked = state / "builder", state / "build.lock"
    try:
        state.mkdir(parents=True, exist_ok=True)
        for path in (holder, locked):
            if path.is_symlink():  # which would have whatever it leads to overwritten
                path.unlink()
        lock = filelock.FileLock(locked)
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            who = _read(holder)
            busy = f"another build of this edition is running{f' (process {who})' if who else ''}"
            if not waits:
                raise SettingsError(busy, hint="wait for it to end, then run this again") from None
            waits(f"waiting: {busy}")
            lock.acquire()
    except OSError as error:
        raise WriteError(
            f"{state}: cannot be written ({error.strerror or error})", hint="check the folder's permissions"
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
    except OSError:
        return ""
