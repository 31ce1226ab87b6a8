"""The folder of voices while files are put into it: one process at a time, nothing half done left over."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import filelock
import msgspec

from articles.files import PARTIAL, write_whole
from voices.errand import Progress, Report

_LOCK = ".lock"


class Receipt(msgspec.Struct, frozen=True):
    """What was put in place: its size in bytes and its sha256 as found, and the source that served it."""

    size: int
    sha256: str
    source: str


@contextlib.contextmanager
def alone(folder: Path, report: Report) -> Iterator[None]:
    """Hold the folder's lock; the system frees it when its process dies, however it dies."""
    lock = filelock.FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        report(Progress("", 0, 0, f"waiting: another vivavoce is installing voices in {folder}"))
        lock.acquire()
    try:
        sweep(folder, only_folders=True)
        yield
    finally:
        lock.release()


def sweep(folder: Path, *, only_folders: bool = False) -> None:
    """Remove the partials of this and earlier runs; only with the lock held.

    The folders in which pip worked are of no use to a later run; the files may be continued.
    """
    for leftover in folder.glob(f"{PARTIAL}*"):
        if leftover.is_dir() and not leftover.is_symlink():
            shutil.rmtree(leftover, ignore_errors=True)
        elif not only_folders:
            leftover.unlink(missing_ok=True)


def settle(partial: Path, path: Path, receipt: Receipt) -> None:
    """Give a checked partial its own name, with a receipt beside it. Raises OSError or WriteError."""
    # The receipt comes first: without its file it vouches for nothing.
    write_whole(_beside(path), msgspec.json.format(msgspec.json.encode(receipt)) + b"\n")
    _sync(partial)
    partial.replace(path)
    _sync(path.parent)


def read_receipt(path: Path) -> Receipt | None:
    """The receipt beside `path`; None when there is none, or none that can be read."""
    try:
        return msgspec.json.decode(_beside(path).read_bytes(), type=Receipt)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.receipt.json")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
