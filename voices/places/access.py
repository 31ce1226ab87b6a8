"""How each kind of place is reached, and where its credentials come from: never from the edition's files.

S3 takes them from the environment or ~/.aws, SFTP from the SSH agent, ~/.ssh and its config, WebDAV from the
environment or ~/.netrc.
"""

import netrc
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from articles.masking import masked
from voices.places.errors import PlaceSettingError

_AS_FOR_SCP = re.compile(r"[^/\\\s]+@[^/\\\s:@]+:(?!//)")


def _mv(filesystem: Any, old: str, new: str) -> None:
    filesystem.mv(old, new)


def _leave(_: Any) -> None:
    """A place that needs no farewell."""


@dataclass(frozen=True, slots=True)
class Access:
    """A place and how to open it: `protocol` and `options` for fsspec, or `open` where that needs our own care.

    `root` is the folder in it. `stores_whole` says that a file appears there only when all of it has arrived;
    elsewhere it is sent under another name, and `rename` puts it into place. `close` ends the connection.
    """

    name: str
    protocol: str
    root: str
    options: Mapping[str, Any] = field(default_factory=dict)
    open: Callable[[], Any] | None = None
    stores_whole: bool = False
    takes_headers: bool = False
    workers: int = 1
    rename: Callable[[Any, str, str], None] = _mv
    close: Callable[[Any], None] = _leave


def is_folder(address: str) -> bool:
    """Whether `address` is a path and no address. Raises PlaceSettingError for one as scp takes it, which would make a
    folder of that name, a password in it included.
    """
    if _AS_FOR_SCP.match(address):
        raise PlaceSettingError(
            "a place cannot be written as for scp, USER@HOST:FOLDER", hint="write sftp://USER@HOST/FOLDER"
        )
    return "://" not in address


def access_to(address: str) -> Access:
    """How the place at `address` is reached. Raises PlaceSettingError for one that cannot be, or holds a password."""
    if is_folder(address):
        return Access(address, "file", str(Path(address).expanduser().resolve()), workers=4)
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:  # its text may be half a password
        raise PlaceSettingError(
            "the address of a place cannot be read: its port is no number, or a bracket is not closed", hint=_FORMS
        ) from None
    if parts.password is not None:
        raise PlaceSettingError(
            "the address of a place holds a password, which others could read",
            hint="take it out; docs/publishing.md says where credentials belong",
        )
    if not parts.netloc and parts.scheme != "file":
        raise PlaceSettingError(f"{address}: no host or bucket is named", hint=_FORMS)
    if parts.scheme == "s3" and "@" in parts.netloc:
        raise PlaceSettingError(
            "the address of a bucket holds a key, which others could read",
            hint="take it out; docs/publishing.md says where credentials belong",
        )
    name = masked(address)
    match parts.scheme:
        case "file":
            return Access(parts.path, "file", unquote(parts.path), workers=4)
        case "s3":
            return _s3(name, f"{parts.netloc}{parts.path}")
        case "sftp" | "ssh":
            return _sftp(name, parts.hostname or "", port, parts.username, parts.path)
        case "webdav" | "webdavs" | "webdav+https" | "webdav+http":
            return _webdav(name, parts.scheme, parts.netloc.rpartition("@")[2], parts.hostname or "", parts.path)
        case scheme:
            return Access(name, scheme, f"{parts.netloc}{parts.path}", workers=1)


_FORMS = "write a folder's path, s3://bucket/folder, sftp://user@host/folder or webdav://host/folder"


def _sftp(name: str, host: str, port: int | None, user: str | None, path: str) -> Access:
    def connected() -> Any:
        from voices.places.sftp import connect  # paramiko takes a while to import, and is an extra

        return connect(host, port, user)

    return Access(name, "sftp", unquote(path), open=connected, close=lambda filesystem: filesystem.client.close())


def _s3(name: str, root: str) -> Access:
    # botocore reads these itself only for some calls; s3fs wants to be told.
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    options = {"endpoint_url": endpoint, "use_listings_cache": False, "skip_instance_cache": True}
    return Access(name, "s3", root, options, stores_whole=True, takes_headers=True, workers=8, close=_s3_close)


def _s3_close(filesystem: Any) -> None:
    # s3fs leaves this to the garbage collector, which may come after the loop that it needs has ended.
    if filesystem._s3 is not None:
        filesystem.close_session(filesystem.loop, filesystem._s3)


def _webdav(name: str, scheme: str, netloc: str, host: str, path: str) -> Access:
    plain = scheme == "webdav+http"
    user, password = os.environ.get("VIVAVOCE_WEBDAV_USER"), os.environ.get("VIVAVOCE_WEBDAV_PASSWORD")
    if not user and (found := _netrc(host)):
        user, password = found
    if plain and user and host not in ("localhost", "127.0.0.1", "::1"):
        raise PlaceSettingError(
            f"{name}: a password would cross the network in the clear", hint="use webdav://, which is https"
        )
    options = {
        "base_url": f"{'http' if plain else 'https'}://{netloc}/",
        "auth": (user, password or "") if user else None,
        "skip_instance_cache": True,
        "event_hooks": {"response": [_stay]},
    }
    return Access(name, "webdav", unquote(path).strip("/"), options, rename=_webdav_move, close=_webdav_close)


def _stay(response: Any) -> None:
    """Raises PlaceSettingError for a redirect out of https: what is read would cross the network in the clear."""
    target = urljoin(str(response.url), response.headers.get("location", "")) if response.is_redirect else ""
    if target and response.url.scheme == "https" and urlsplit(target).scheme != "https":
        raise PlaceSettingError(
            f"{response.url.host} redirects to {urlsplit(target).scheme}://, which is refused", hint="ask who keeps it"
        )


def _webdav_close(filesystem: Any) -> None:
    filesystem.client.http.close()


def _webdav_move(filesystem: Any, old: str, new: str) -> None:
    filesystem.client.move(old, new, overwrite=True)  # fsspec's own would copy and then remove


def _netrc(host: str) -> tuple[str, str] | None:
    try:
        found = netrc.netrc().authenticators(host)
    except (OSError, netrc.NetrcParseError):
        return None
    return (found[0], found[2]) if found else None
