"""What can go wrong between this machine and a place elsewhere."""

from articles.errors import ExitCode, VivavoceError


class PlaceError(VivavoceError):
    """The place cannot be reached, or refuses; the message never holds a password or a key."""

    exit_code = ExitCode.USAGE


class PlaceSettingError(PlaceError):
    """No waiting helps: the address is wrong, or the package for its kind of place is not installed."""


def told(trouble: str, error: Exception) -> PlaceError:
    """`trouble` with the reason, in one line, that a library gives in `error`."""
    if isinstance(error, ImportError):
        return PlaceSettingError(
            f"{trouble}: a package is missing", hint="pip install 'vivavoce[s3]', or sftp, or webdav"
        )
    if isinstance(error, ValueError) and "Protocol not known" in str(error):
        return PlaceSettingError(f"{trouble} ({error})", hint="check how the address begins")
    first_line = next(iter(str(error).splitlines()), "")
    reason = getattr(error, "strerror", None) or first_line or type(error).__name__
    return PlaceError(f"{trouble} ({reason})", hint="check the address, your access to it, and the network")
