"""What can go wrong between this machine and a place elsewhere."""

from pathlib import Path
from typing import Final

from articles.errors import ExitCode, VivavoceError
from articles.remedies import remedy

EXTRAS: Final = {
    "s3": "s3",
    "sftp": "sftp",
    "ssh": "sftp",
    "webdav": "webdav",
    "webdavs": "webdav",
    "webdav+https": "webdav",
    "webdav+http": "webdav",
}
"""Which extra of this package brings what a kind needs."""


class PlaceError(VivavoceError):
    """The place cannot be reached, or refuses; the message never holds a password or a key."""

    exit_code = ExitCode.USAGE


class PlaceSettingError(PlaceError):
    """No waiting helps: the address is wrong, or the package for its kind of place is not installed."""


def told(trouble: str, error: Exception, address: str) -> PlaceError:
    """`trouble` at the place of this address, with the reason, in one line, that a library gives in `error`."""
    if isinstance(error, ImportError):
        return PlaceSettingError(f"{trouble}: a package is missing", hint=missing_package(address, error))
    if isinstance(error, ValueError) and "Protocol not known" in str(error):
        return PlaceSettingError(f"{trouble} ({error})", hint="check how the address begins")
    reason = getattr(error, "strerror", None) or _first_line(error) or type(error).__name__
    hint = "check the address, your access to it, and the network"
    if isinstance(error, NotADirectoryError | FileExistsError) and "://" not in address:
        hint = remedy(error, Path(address))
    return PlaceError(f"{trouble} ({reason})", hint=hint)


def missing_package(address: str, error: ImportError) -> str:
    """What to do where the package for this kind of place is not installed."""
    extra = EXTRAS.get(address.partition("://")[0].lower())
    return f"pip install 'vivavoce[{extra}]'" if extra else f"what fsspec needs for it: {_first_line(error)}"


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "")
