"""Files read where they are files, and written whole or not at all; here, beside the errors, for every room."""

import contextlib
import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from articles.errors import ExitCode, VivavoceError

PARTIAL = ".partial-"
"""How the name of a file that is still being written begins; what a killed process left is swept by this name."""


class WriteError(VivavoceError):
    """A file cannot be written: no permission, no space, not a folder."""

    exit_code = ExitCode.USAGE


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A temporary path in `path`'s folder, renamed to `path` when the block ends well and removed when it does not.

    Raises WriteError where the system refuses, with the reason; it names the file that was wanted, never the partial.
    """
    partial: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=PARTIAL, suffix=path.suffix, dir=path.parent)
        partial = Path(name)
        os.close(handle)
        yield partial
        _sync(partial)
        partial.chmod(0o666 & ~_umask())  # mkstemp's 0600 would keep a web server from reading it
        partial.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise WriteError(
            f"{_wanted(path)}: cannot be written ({error.strerror or type(error).__name__})",
            hint="check the folder's permissions and the space on the disk",
        ) from error
    finally:
        if partial is not None:
            with contextlib.suppress(OSError):  # what cannot be removed now is swept by the next build
                partial.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> bool:
    """True if `path` now holds new bytes, False if it held `data` already and was left alone.

    Raises WriteError where the system refuses.
    """
    with contextlib.suppress(OSError):
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
    with whole_file(path) as partial:
        partial.write_bytes(data)
    return True


def read_file(path: Path) -> bytes:
    """All that the file at `path` holds. Raises OSError, as `refuse_endless` does."""
    refuse_endless(path)
    return path.read_bytes()


def refuse_endless(path: Path) -> None:
    """Raise OSError where there is nothing at `path`, or a pipe or a device: a stranger's may have no end, or nobody
    who writes into it.
    """
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):  # whoever opens a folder is told that it is one
        raise OSError(errno.EINVAL, "a pipe or a device, and no file", str(path))


def sha256_of(path: Path) -> str:
    """The file's sha256 in 64 hex digits; it is never in memory as a whole. Raises OSError."""
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def is_file_of(path: Path, sha256: str) -> bool:
    """Whether there is a file at `path`, with this sha256, of which the first hex digits are enough.

    A device or a pipe, which may have no end, is none.
    """
    try:
        return bool(sha256) and path.is_file() and sha256_of(path).startswith(sha256)
    except OSError:
        return False


def remove_file(path: Path) -> None:
    """Remove a file; it is no matter if there is none. Raises WriteError where the system refuses."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise WriteError(
            f"{path}: cannot be removed ({error.strerror or type(error).__name__})",
            hint="check the folder's permissions, and the disk",
        ) from error


def sweep_partials(folder: Path, apart: str = "") -> None:
    """Remove what a killed process left half written below `folder`; call it only while nobody else can write there.

    Folders called `apart` are passed over: others write into them at the same time. Raises WriteError.
    """
    for path, folders, names in os.walk(folder):
        if apart in folders:
            folders.remove(apart)
        for name in names:
            if name.startswith(PARTIAL):
                remove_file(Path(path, name))


def _wanted(path: Path) -> Path:
    """What people know the file as: a partial file that is itself written whole is to get this name later."""
    return path.with_name(path.name.removeprefix(PARTIAL)) if path.name != PARTIAL else path


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
