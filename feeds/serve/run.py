"""The preview's server; the only file that imports uvicorn."""

import contextlib
import resource
import socket

import uvicorn
from starlette.types import ASGIApp

from articles.errors import SettingsError

LOOPBACK, EVERYWHERE = "127.0.0.1", "0.0.0.0"

_MOST_CONNECTIONS = 2000
_OWN_FILES = 100  # that a process has open besides
_FAREWELL_SECONDS = 1
"""How long the end waits for those who are still being served: a page that watches for changes never hangs up."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there (`port` 0: any that is free). Raises SettingsError when it cannot."""
    try:
        return socket.create_server((host, port), backlog=1024)
    except OSError as error:
        raise SettingsError(
            f"port {port} cannot be used ({error.strerror or error})",
            hint="another server may be running; choose a port with --port, or --port 0 for any that is free",
        ) from error


def run(app: ASGIApp, listening: socket.socket) -> None:
    """Serve until interrupted (Ctrl-C)."""
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        lifespan="off",
        server_header=False,
        limit_concurrency=_room_for_connections(),
        timeout_keep_alive=15,
        timeout_graceful_shutdown=_FAREWELL_SECONDS,
    )
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


def _room_for_connections() -> int:
    """How many there may be, each with a file open that it is given; the system's soft limit is raised for them.

    Usually that is 1,024 open files, and a server that has no more stops answering for seconds.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * _MOST_CONNECTIONS + _OWN_FILES
    if 0 <= soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(OSError, ValueError):  # macOS has a limit that it does not tell
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return _MOST_CONNECTIONS if soft < 0 else max(1, min(_MOST_CONNECTIONS, (soft - _OWN_FILES) // 2))


def lan_address() -> str:
    """The address of this machine in its local network, as another device would reach it; nothing is sent.

    Raises SettingsError when it is in none.
    """
    # Connecting a datagram socket only asks the system which way it would go; 192.0.2.1 is nobody's (RFC 5737).
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))
            return str(asking.getsockname()[0])
        except OSError as error:
            raise SettingsError(
                "this machine is in no network that a phone could share", hint="join one, or leave out --lan"
            ) from error
