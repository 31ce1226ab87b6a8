"""Many segments to many clips, on a cluster: one that is elsewhere, or one made for the purpose on this machine.

Why Dask, and what it is trusted with: docs/decisions/0027-many-machines.md. Without a cluster none of this is imported.
"""

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from articles.errors import SettingsError

if TYPE_CHECKING:
    from voices.cluster.recording import Cluster

__all__ = ["open_cluster"]

_LOCAL = "local"
_ELSEWHERE = ("tcp", "tls")
_FORMS = "write tcp://HOST:PORT, tls://HOST:PORT, or local:N for N processes on this machine"


@contextlib.contextmanager
def open_cluster(address: str, shared: str) -> "Iterator[Cluster]":
    """A cluster to record with, which is let go of at the end: one at tcp://host:port or tls://host:port, whose workers
    put clips into the store at `shared`, or `local:4`, four processes of this machine that end with it.

    Raises SettingsError for an address that cannot be right, for no shared store where one is needed, and when the
    extra is not installed; ClusterError when there is no usable scheduler.
    """
    kind, _, rest = address.partition(":")
    if kind != _LOCAL and (kind not in _ELSEWHERE or not _is_host_and_port(rest)):
        raise SettingsError(f"--cluster {address}: is no cluster's address", hint=_FORMS)
    try:
        from voices.cluster import scheduler
        from voices.cluster.recording import Cluster, nothing_shared
    except ImportError as error:
        raise SettingsError(
            f"--cluster needs a package that is not installed ({error.name})", hint="pip install 'vivavoce[cluster]'"
        ) from error
    if kind == _LOCAL:
        opening = scheduler.local(_workers(address, rest))
    elif not shared:
        raise nothing_shared(address)
    else:
        opening = scheduler.remote(address)
    with opening as there, contextlib.closing(Cluster(address, there, elsewhere=kind != _LOCAL)) as cluster:
        yield cluster


def _is_host_and_port(rest: str) -> bool:
    host, _, port = rest.removeprefix("//").rpartition(":")
    return rest.startswith("//") and bool(host) and "@" not in host and port.isdecimal() and 0 < int(port) < 65536


def _workers(address: str, number: str) -> int:
    from voices.studio import check_workers

    if not number.isdecimal():
        raise SettingsError(f"--cluster {address}: is no number of processes", hint=_FORMS)
    return check_workers(int(number))
