"""What mends what the system refuses: commands, as they are typed in a shell."""

import errno
import os
import shlex
import stat
from collections.abc import Collection
from itertools import count
from pathlib import Path

_MORE_ROOM = "vivavoce cache prune --keep 30d makes room on the edition's disk"
NO_SCRATCH = "make room there, or name a folder on another disk: export TMPDIR=FOLDER"
"""Where nothing can be written into the system's folder for what is soon thrown away."""

_LOOK_AT_DISK = "look at the disk: sudo dmesg | tail"


def remedy(error: OSError, path: Path, to: Path | None = None) -> str:
    """What mends that a file could not be read or written: the one that `error` names, else `path`.

    What is in its place is moved as by `moved_away`.
    """
    if isinstance(error.filename, str | bytes):
        path = Path(os.fsdecode(error.filename))
    match error.errno:
        case errno.EACCES | errno.EPERM:
            closed = _closed_to_us(path)
            return opened_up(closed, [closed])
        case errno.EISDIR | errno.EEXIST | errno.ELOOP | errno.EINVAL:  # EINVAL: articles.files.refuse_endless
            return moved_away(path, to)
        case errno.ENOTDIR:
            file = next((each for each in reversed(path.parents) if each.exists() and not each.is_dir()), path)
            return moved_away(file, to)
        case errno.EROFS:
            return _writable_disk(path)
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return _MORE_ROOM
        case errno.ENOENT if error.filename is None:  # as tempfile has it where no folder will do
            return NO_SCRATCH
    return _LOOK_AT_DISK


def moved_away(path: Path, to: Path | None = None) -> str:
    """The command that moves `path` away, into the folder `to` or beside itself, under a name that nothing has."""
    folder, name = to or path.parent, path.name.lstrip(".")
    places = (folder / f"{name}.old{number or ''}" for number in count())
    return f"mv {_typed(path)} {_typed(next(place for place in places if not os.path.lexists(place)))}"


def opened_up(top: Path, closed: Collection[Path]) -> str:
    """The command after which the `closed` files and folders, `top` itself or below it, can be read and written."""
    if os.statvfs(top).f_flag & os.ST_RDONLY:
        return _writable_disk(top)
    found = [path.stat() for path in closed]
    commands = []
    if any(each.st_uid != os.geteuid() for each in found):
        commands.append(f'sudo chown -R "$USER" {_typed(top)}')
    if not commands or not all(_is_open_to_its_owner(each.st_mode) for each in found):
        commands.append(f"chmod -R u+rwX {_typed(top)}")
    return " && ".join(commands)


def _is_open_to_its_owner(mode: int) -> bool:
    wanted = stat.S_IRWXU if stat.S_ISDIR(mode) else stat.S_IRUSR | stat.S_IWUSR
    return mode & wanted == wanted


def _closed_to_us(path: Path) -> Path:
    """What refuses `path`: the first folder above it that may not be entered, else itself, else the folder it is in."""
    there = [each for each in (*reversed(path.parents), path) if os.access(each, os.F_OK)]
    lowest = there[-1]
    if lowest.is_file() and os.access(lowest, os.R_OK | os.W_OK):
        lowest = lowest.parent
    return next((each for each in there if each.is_dir() and not os.access(each, os.X_OK)), lowest)


def _writable_disk(path: Path) -> str:
    disk = next(each for each in (path.absolute(), *path.absolute().parents) if each.is_mount())
    return f"sudo mount -o remount,rw {_typed(disk)}"


def _typed(path: Path) -> str:
    return shlex.quote(str(path))
