"""The preview's server; the only file that imports uvicorn."""

import asyncio
import contextlib
import resource
import socket
from collections.abc import Callable
from dataclasses import dataclass

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from articles.errors import SettingsError

LOOPBACK, EVERYWHERE = "127.0.0.1", "0.0.0.0"

_FAREWELL_SECONDS = 1
"""How long the end waits for those who are still being served: a page that watches for changes never hangs up."""

_FILES_EACH, _FILES_ELSE = 3, 64
"""Open files: for a connection itself, for what it is sent, and for one more who is let in before there is time to say
that there are too many; and what the program needs besides.
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many connections are held at once, how many seconds a client may take to put a request, and how long it may
    take nothing of what it is sent. Then it is hung up on; a player asks again for the rest.
    """

    connections: int = 2000
    asking_s: float = 20.0
    taking_s: float = 120.0


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there (`port` 0: any that is free). Raises SettingsError when it cannot."""
    try:
        return socket.create_server((host, port), backlog=1024)
    except OSError as error:
        raise SettingsError(
            f"port {port} cannot be used ({error.strerror or error})",
            hint="another server may be running; choose a port with --port, or --port 0 for any that is free",
        ) from error


def run(app: ASGIApp, listening: socket.socket, limits: Limits = Limits()) -> None:
    """Serve until interrupted (Ctrl-C). Fewer connections are held where the system allows fewer open files."""
    most = min(limits.connections, (_open_files(limits.connections) - _FILES_ELSE) // _FILES_EACH)
    config = uvicorn.Config(
        app,
        http=_protocol(most, limits),
        ws="none",
        backlog=most,  # so many are let in at once
        log_level="error",
        access_log=False,
        lifespan="off",
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=_FAREWELL_SECONDS,
    )
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


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


def _open_files(connections: int) -> int:
    """How many files may be open; this process's own limit is raised as far as so many connections need it."""
    wanted = connections * _FILES_EACH + _FILES_ELSE
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return wanted
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    with contextlib.suppress(OSError, ValueError):  # macOS has a ceiling of its own below an infinite limit
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
        return allowed
    return soft


def _protocol(most: int, limits: Limits) -> type[H11Protocol]:
    """uvicorn's connection, which would wait for ever for a request that comes by the byte, and for a reader that
    reads no more: here both are hung up on, and so is whoever comes when `most` are there.
    """

    class Timely(H11Protocol):
        _asking: _Fuse
        _taking: _Fuse

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._asking = _Fuse(self.loop, limits.asking_s, transport.abort)
            self._taking = _Fuse(self.loop, limits.taking_s, transport.abort)
            self._asking.light()
            if len(self.connections) > most:
                transport.abort()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.conn.their_state in (h11.IDLE, h11.SEND_BODY):
                self._asking.light()
            else:
                self._asking.put_out()

        def pause_writing(self) -> None:
            super().pause_writing()
            self._taking.light()

        def resume_writing(self) -> None:
            self._taking.put_out()
            super().resume_writing()

        def connection_lost(self, exc: Exception | None) -> None:
            self._asking.put_out()
            self._taking.put_out()
            super().connection_lost(exc)

    return Timely


class _Fuse:
    """Something that happens after a while, unless it is put out before; lit twice, it burns as before."""

    def __init__(self, loop: asyncio.AbstractEventLoop, seconds: float, act: Callable[[], None]) -> None:
        self._loop, self._seconds, self._act = loop, seconds, act
        self._burning: asyncio.TimerHandle | None = None

    def light(self) -> None:
        self._burning = self._burning or self._loop.call_later(self._seconds, self._act)

    def put_out(self) -> None:
        if self._burning:
            self._burning.cancel()
            self._burning = None
