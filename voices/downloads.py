"""Files from an address: https (http on this computer), resumed where they broke off, never led elsewhere."""

import functools
import re
import socket
import ssl
import time
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import TypeVar, cast
from urllib import request
from urllib.error import HTTPError, URLError

from voices.errand import Errand, Patience, SourceFailed
from voices.opener import allowed, host_of, opener

_PARTIAL_CONTENT, _OUT_OF_RANGE = 206, 416
_MAY_PASS = {
    408,
    425,
    429,
    500,
    502,
    503,
    504,
}  # RFC 9110, 6585 and 8470: another attempt may be answered otherwise
_LENGTH = re.compile("[0-9]{1,15}")
_CONTENT_RANGE = re.compile(rf"bytes ({_LENGTH.pattern})-[0-9]+/({_LENGTH.pattern})")
_SMALL_BYTES = 16 << 20  # the publisher's list of voices is well under one megabyte
_T = TypeVar("_T")


class _Broken(Exception):
    """An attempt failed in a way that may pass; the text says how."""


def download(url: str, errand: Errand) -> Path:
    """The partial that holds all of the file; an earlier run's partial is continued from where it ended.

    Raises SourceFailed when the address is refused, says no, offers another size, or breaks off too often
    (then the partial stays for the next run); WriteError when the disk refuses.
    """
    partial = errand.partial("url")
    _patiently(functools.partial(_continue, url, partial, errand), errand.patience)
    return partial


def read_small(url: str, patience: Patience) -> bytes:
    """The whole answer, at most 16 MB of it. Raises SourceFailed as `download` does."""

    def answer() -> bytes:
        with _open(url, patience, {}) as response:
            said, data, body = _length(response), bytearray(), _Body(response, patience)
            while len(data) < _SMALL_BYTES and (chunk := body.read(_SMALL_BYTES - len(data))):
                data += chunk
        if said is not None and len(data) < min(said, _SMALL_BYTES):
            raise _Broken(f"{host_of(url)} broke off after {len(data):,} of {said:,} bytes")
        return bytes(data)

    return _patiently(answer, patience)


def _patiently(attempt: Callable[[], _T], patience: Patience) -> _T:
    """What the first attempt that is not broken returns. Raises SourceFailed after the last."""
    failures = 0
    while True:
        try:
            return attempt()
        except _Broken as broken:
            failures += 1
            if failures >= patience.attempts:
                raise SourceFailed(f"{broken} (tried {failures} times)") from broken
        patience.wait(failures)


def _continue(url: str, partial: Path, errand: Errand) -> None:
    """Fetch what `partial` still lacks. A server that ignores the range asked for restarts it cleanly."""
    here = partial.stat().st_size if partial.exists() else 0
    if here == errand.size:
        return
    if here > errand.size:
        partial.unlink()
        here = 0
    errand.require_space(errand.size - here)
    with _ask(url, here, errand) as response:
        if here and not _continues(response, here, errand):
            here = 0
        _require_size(response, here, errand)
        with errand.open_partial("url", at_end=here > 0) as target:
            errand.append(_Body(response, errand.patience), target)
            here = target.tell()
    if here < errand.size:
        raise _Broken(f"{host_of(url)} broke off after {here:,} of {errand.size:,} bytes")


def _ask(url: str, here: int, errand: Errand) -> HTTPResponse:
    """The answer to a request for what comes after `here` bytes."""
    try:
        return _open(url, errand.patience, {"Range": f"bytes={here}-"} if here else {})
    except _Broken as broken:
        if isinstance(broken.__cause__, HTTPError) and broken.__cause__.code == _OUT_OF_RANGE:
            errand.partial("url").unlink(missing_ok=True)  # it belongs to a longer file than is there now
        raise


def _continues(response: HTTPResponse, here: int, errand: Errand) -> bool:
    """True when the answer is the missing end of the same file, False when it is the whole file again."""
    if response.status != _PARTIAL_CONTENT:
        return False
    found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if found and (int(found[1]), int(found[2])) == (here, errand.size):
        return True
    errand.partial("url").unlink(missing_ok=True)
    raise _Broken(f"{host_of(response.url)} continued another file")


def _require_size(response: HTTPResponse, here: int, errand: Errand) -> None:
    """Refuse a file of another size before fetching it; an answer without a length is counted as it comes."""
    length = _length(response)
    if length is not None and here + length != errand.size:
        raise SourceFailed(f"{host_of(response.url)} has {here + length:,} bytes instead of {errand.size:,}")


def _length(response: HTTPResponse) -> int | None:
    """The bytes that the answer is said to have; None where a server says nothing, or what is no number of bytes."""
    said = response.headers.get("Content-Length", "")
    return int(said) if _LENGTH.fullmatch(said) else None


class _Body:
    """The bytes of an answer, with the network's failures as _Broken; one that only trickles is a failure too."""

    def __init__(self, response: HTTPResponse, patience: Patience) -> None:
        self._response = response
        self._patience = patience
        self._since_s, self._arrived = time.monotonic(), 0

    def read(self, count: int, /) -> bytes:
        try:
            # read1 gives what has arrived; read would lose it when the rest does not come.
            data = self._response.read1(count)
        except (OSError, HTTPException) as error:
            raise _Broken(f"{host_of(self._response.url)}: {_reason(error)}") from error
        self._look(len(data))
        return data

    def _look(self, arrived: int) -> None:
        """Raise _Broken when less came than Patience asks for, over as long as a silence may be."""
        self._arrived += arrived
        passed_s = time.monotonic() - self._since_s
        if passed_s < self._patience.timeout_s or not arrived:
            return
        if self._arrived < passed_s * self._patience.least_bytes_per_s:
            raise _Broken(f"{host_of(self._response.url)} sends {self._arrived / passed_s:.0f} bytes a second")
        self._since_s, self._arrived = time.monotonic(), 0


def _open(url: str, patience: Patience, headers: dict[str, str]) -> HTTPResponse:
    if not allowed(url):
        raise SourceFailed("is refused: only https is fetched, from an address that is whole")
    try:
        return cast(HTTPResponse, opener().open(request.Request(url, headers=headers), timeout=patience.timeout_s))
    except HTTPError as error:
        error.close()
        said = f"{host_of(url)} answered {error.code} {error.reason}"
        raise (_Broken if error.code in _MAY_PASS | {_OUT_OF_RANGE} else SourceFailed)(said) from error
    except (OSError, HTTPException) as error:
        raise (SourceFailed if _is_final(error) else _Broken)(f"{host_of(url)}: {_reason(error)}") from error
    except ValueError as error:  # urllib's for a letter that an address cannot hold
        raise SourceFailed(f"{host_of(url)}: an address that cannot be asked for") from error


def _is_final(error: Exception) -> bool:
    """True for a wrong certificate and a name that does not exist: asking again would change neither."""
    cause = error.reason if isinstance(error, URLError) else error
    unknown_name = isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_NONAME
    return unknown_name or isinstance(cause, ssl.SSLCertVerificationError)


def _reason(error: Exception) -> str:
    """One short line: urllib wraps the system's own error, which says more."""
    if isinstance(error, URLError) and isinstance(error.reason, Exception):
        error = error.reason
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
