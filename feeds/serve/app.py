"""`public/` over HTTP as a web server would give it; the only file that imports Starlette."""

import asyncio
import hashlib
import os
import stat
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Scope

from feeds.headers import content_type, is_shared
from feeds.serve.live import EVENTS, LOADER, SCRIPT, Changes, watched

_REWRITTEN: Final = frozenset({".html", ".json", ".opml", ".xml"})
"""Documents that may name other files by their full address."""


def preview(public: Path, address: str, hosts: Sequence[str], changes: Changes | None = None) -> ASGIApp:
    """The preview of `public` as an ASGI application.

    `address` is where the edition will be published: in feeds it is replaced by the address that was asked,
    so that an app can subscribe to the preview. Requests for other `hosts` are refused (400): a page elsewhere
    could otherwise reach this machine through a name of its own. With `changes`, pages reload when it is told.
    """
    routes: list[Route | Mount] = [Mount("/", _Files(public, address, changes))]
    if changes:
        routes[:0] = [Route(EVENTS, _events(changes)), Route(LOADER, _script)]
    return Starlette(routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))])


class _Files(StaticFiles):
    """Static files with ranges and validators (Starlette's own), our types, and documents made to fit the preview."""

    def __init__(self, public: Path, address: str, changes: Changes | None) -> None:
        super().__init__(directory=public, html=True, check_dir=False)
        self._public = public.resolve()
        self._address = address.encode()
        self._changes = changes

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        # Hidden files are half-written ones, or none of a listener's business.
        if any(part.startswith(".") and part != "." for part in Path(path).parts):
            return "", None
        return super().lookup_path(path)

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        path = Path(full_path)
        name = path.relative_to(self._public).as_posix()
        headers = {"cache-control": "no-cache"}  # a preview is always asked whether it has changed
        if is_shared(name):
            headers["access-control-allow-origin"] = "*"
        request = Request(scope)
        response: Response
        if path.suffix in _REWRITTEN and stat.S_ISREG(stat_result.st_mode):
            body = self._rewritten(path, str(request.base_url).encode())
            headers["etag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
            response = Response(body, status_code, headers, media_type=content_type(name))
        else:
            response = FileResponse(path, status_code, headers, media_type=content_type(name), stat_result=stat_result)
        if self.is_not_modified(response.headers, request.headers):
            return NotModifiedResponse(response.headers)
        return response

    def _rewritten(self, path: Path, here: bytes) -> bytes:
        body = path.read_bytes().replace(self._address, here)
        return watched(body) if self._changes and path.suffix == ".html" else body


def _events(changes: Changes) -> Callable[[Request], Awaitable[Response]]:
    async def events(_: Request) -> Response:
        return StreamingResponse(_stream(changes), media_type="text/event-stream")

    return events


async def _script(_: Request) -> Response:
    return Response(SCRIPT, media_type="text/javascript")


async def _stream(changes: Changes) -> AsyncIterator[str]:
    seen = changes.count
    while True:
        await asyncio.sleep(0.3)
        if changes.count != seen:
            seen = changes.count
            yield "data: changed\n\n"
        else:
            yield ": waiting\n\n"  # or a reader that has gone is never noticed
