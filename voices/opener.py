"""Which addresses are opened, and how: https (http on this computer), redirects on the same terms, answers in time."""

import contextlib
import functools
import ipaddress
import socket
import ssl
import threading
from http.client import HTTPConnection, HTTPMessage, HTTPResponse, HTTPSConnection
from typing import IO, Any, cast
from urllib import request
from urllib.parse import urljoin, urlsplit

from voices.errand import SourceFailed


def allowed(url: str) -> bool:
    """True for https anywhere and for http on this computer; nothing else is ever opened."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except ValueError:  # a bracket that is not closed, a port that is none, a host that no name server knows
        return False
    if "\\" in parts.netloc:  # browsers take it for a slash, and what is before it for the host
        return False
    if parts.scheme == "http":
        return _on_this_computer(host)
    return parts.scheme == "https" and bool(host) and port != 0


def _on_this_computer(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _may_be_this_computer(host: str) -> bool:
    """The same for each way in which systems let this computer be written: `127.1`, `0`, `localhost.` and more."""
    host = host.encode("idna").decode().lower().rstrip(".")
    with contextlib.suppress(OSError):
        host = socket.inet_ntoa(socket.inet_aton(host))
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host.split(".")[-1] == "localhost"
    inner = getattr(address, "ipv4_mapped", None) or address
    return bool(inner.is_loopback or inner.is_unspecified)


def host_of(url: str) -> str:
    """The host for a message: the rest of an address may be a secret."""
    return urlsplit(url).hostname or "an address without a host"


class _Punctual(HTTPResponse):
    """An answer whose head is here within the time that a silence may last, however it is dealt out."""

    def __init__(self, sock: socket.socket, *details: Any, **more: Any) -> None:
        super().__init__(sock, *details, **more)
        self._hang_up = threading.Timer(sock.gettimeout() or _LONGEST_HEAD_S, _shut, (sock,))
        self._hang_up.daemon = True

    def begin(self) -> None:
        self._hang_up.start()
        try:
            super().begin()
        finally:
            self._hang_up.cancel()


_LONGEST_HEAD_S = 30.0


def _shut(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it has ended by itself
        sock.shutdown(socket.SHUT_RDWR)


class _HttpConnection(HTTPConnection):
    response_class = _Punctual


class _HttpsConnection(HTTPSConnection):
    response_class = _Punctual


class _Http(request.HTTPHandler):
    def http_open(self, req: request.Request) -> HTTPResponse:
        return self.do_open(_HttpConnection, req)


class _Https(request.HTTPSHandler):
    def https_open(self, req: request.Request) -> HTTPResponse:
        return self.do_open(_HttpsConnection, req, context=self._context)  # type: ignore[attr-defined]


class SafeRedirects(request.HTTPRedirectHandler):
    """Redirects to what is allowed, and never from another computer to this one."""

    def http_error_302(
        self, req: request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage
    ) -> HTTPResponse | None:
        """Follow, or raise SourceFailed naming the target's host only: the rest may be a secret."""
        if "Location" not in headers:
            return None  # urllib would go where an unchecked header called URI leads
        here = host_of(req.full_url)
        fp.close()  # urllib would read all that came with it, however much
        try:
            target = urljoin(req.full_url, headers["Location"])
            scheme, host = urlsplit(target).scheme, urlsplit(target).hostname or ""
        except ValueError as error:
            raise SourceFailed(f"{here} redirects to what is no address") from error
        if not allowed(target) or _leads_back(req.full_url, scheme, host):
            raise SourceFailed(f"{here} redirects to {scheme}://{host}, which is refused")
        return cast("HTTPResponse | None", super().http_error_302(req, fp, code, msg, headers))

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _leads_back(asked: str, scheme: str, host: str) -> bool:
    """Whether a redirect leads out of https, or from elsewhere to this computer."""
    if scheme == "http" and urlsplit(asked).scheme == "https":
        return True
    return _may_be_this_computer(host) and not _may_be_this_computer(urlsplit(asked).hostname or "")


@functools.cache
def opener() -> request.OpenerDirector:
    """An opener for http and https alone; urllib's own would also open files and ftp."""
    opener = request.OpenerDirector()
    # http is for this computer, where no proxy is in between.
    proxies = {scheme: proxy for scheme, proxy in request.getproxies().items() if scheme == "https"}
    for handler in (
        request.ProxyHandler(proxies),
        _Http(),
        _Https(context=ssl.create_default_context()),
        request.HTTPErrorProcessor(),
        request.HTTPDefaultErrorHandler(),
        SafeRedirects(),
    ):
        opener.add_handler(handler)
    opener.addheaders = [("User-Agent", "vivavoce")]
    return opener
