"""The kinds of places that can be published to, as they are told to whoever names another."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Final

from feeds.publish.errors import PublishError
from voices.places.errors import EXTRAS

KINDS: Final = (
    "write a folder's path, s3://bucket/folder, sftp://user@host/folder, or webdav://host/folder "
    "(https; webdav+http:// for plain http)"
)

_WEB: Final = {"http": "webdav+http", "https": "webdav"}
_SCP: Final = re.compile(r"(?:[\w.-]+@)?[\w.-]{2,}:(?!\\)")


def check_kind(address: str, known: Collection[str]) -> None:
    """Raises PublishError for an address of a kind that nothing can be sent to, naming one that may be meant.

    `known` are the schemes for which there is a file system, beside EXTRAS.
    """
    if not address.strip():
        raise PublishError("no place to publish to is named", hint=KINDS)
    scheme, found, rest = address.partition("://")
    if not found:
        return _check_folder(address)
    rest = re.split("[?#]", rest, maxsplit=1)[0]
    host, slash, path = rest.partition("/")
    shown = f"{host.rpartition('@')[2]}{slash}{path}"
    scheme = scheme.lower()
    if scheme in _WEB:
        raise PublishError(
            f"{scheme}://{shown}: a web address can be fetched from, but takes no files",
            hint=f"if that server speaks WebDAV: {_WEB[scheme]}://{shown}, with pip install 'vivavoce[webdav]'; "
            f"else {KINDS}",
        )
    if scheme == "file" and host not in ("", "localhost"):
        raise PublishError(
            f"{scheme}://{shown}: a folder here begins with three slashes, file:///", hint="or write its path alone"
        )
    if scheme not in EXTRAS and scheme not in known:
        raise PublishError(f"{scheme}://{shown}: nothing can be published to {scheme}://", hint=KINDS)


def _check_folder(path: str) -> None:
    # As scp writes a place, or an address that lacks a slash: it would become a folder that nobody meant.
    if _SCP.match(path) and not Path(path).exists():
        raise PublishError(
            f"{path}: looks like an address, and there is no such folder",
            hint=f"{KINDS}; for a folder that is really called so, ./{path}",
        )
