"""A web server on this computer that misbehaves as told, and an index of packages made on the spot."""

import contextlib
import hashlib
import io
import ssl
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import trustme

from voices import opener
from voices.origins import Distribution


class Web:
    """Files by path, and what goes wrong with them; `asked` keeps (path, Range) of every request in order."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.files: dict[str, bytes] = {}
        self.redirects: dict[str, str] = {}
        self.statuses: dict[str, list[int]] = {}
        self.cuts: dict[str, list[int]] = {}
        self.silent: set[str] = set()
        self.endless: set[str] = set()
        self.trickling: set[str] = set()
        self.without_ranges = False
        self.content_range = ""
        self.lengths: dict[str, str] = {}
        self.asked: list[tuple[str, str | None]] = []
        self.closing = threading.Event()
        self.stalled = threading.Event()

    def put(self, path: str, data: bytes) -> str:
        """Offer `data` under `path`; its address."""
        self.files[path] = data
        return self.root + path

    def url(self, path: str) -> str:
        """The address of `path`."""
        return self.root + path


class _QuietServer(ThreadingHTTPServer):
    web: Web

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: _QuietServer

    def do_GET(self) -> None:
        web, path = self.server.web, self.path
        asked = self.headers.get("Range")
        web.asked.append((path, asked))
        if web.statuses.get(path):
            return self.send_error(web.statuses[path].pop(0))
        if path in web.redirects:
            endless = path in web.endless
            self._start(302, {"Location": web.redirects[path]} | ({} if endless else {"Content-Length": "0"}))
            return self._pour_out() if endless else None
        if path in web.endless:
            return self._pour()
        if path in web.trickling:
            return self._trickle(web.files[path])
        if path not in web.files:
            return self.send_error(404)
        return self._serve(web.files[path], asked)

    do_PROPFIND = do_GET  # noqa: N815

    def _serve(self, data: bytes, asked: str | None) -> None:
        begin = 0
        if asked and not self.server.web.without_ranges:
            begin = int(asked.removeprefix("bytes=").rstrip("-"))
            if begin >= len(data):
                return self._start(416, {"Content-Length": "0"})
            said = self.server.web.content_range or f"bytes {begin}-{len(data) - 1}/{len(data)}"
            self._start(206, {"Content-Range": said, "Content-Length": str(len(data) - begin)})
        else:
            self._start(200, {"Content-Length": self.server.web.lengths.get(self.path, str(len(data)))})
        cuts = self.server.web.cuts.get(self.path)
        self.wfile.write(data[begin : cuts.pop(0) if cuts else len(data)])
        if self.path in self.server.web.silent:
            self.wfile.flush()
            self.server.web.stalled.set()
            self.server.web.closing.wait()
        return None

    def _pour(self) -> None:
        self._start(200, {})
        self._pour_out()

    def _pour_out(self) -> None:
        while not self.server.web.closing.is_set():
            try:
                self.wfile.write(bytes(1 << 16))
            except OSError:
                return

    def _trickle(self, data: bytes) -> None:
        self._start(200, {"Content-Length": str(len(data))})
        for at in range(len(data)):
            if self.server.web.closing.wait(0.01):
                return
            try:
                self.wfile.write(data[at : at + 1])
            except OSError:
                return

    def _start(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def web() -> Iterator[Web]:
    """A web server on this computer."""
    with serving() as web:
        yield web


@contextlib.contextmanager
def serving(certificate: trustme.LeafCert | None = None) -> Iterator[Web]:
    """A web server on this computer, over TLS where it has a certificate."""
    server = _QuietServer(("127.0.0.1", 0), _Handler)
    web = server.web = Web(f"http{'s' if certificate else ''}://127.0.0.1:{server.server_port}")
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield web
    finally:
        web.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass(frozen=True)
class Authority:
    """Who signs certificates for the tests."""

    signer: trustme.CA

    def web(self, *names: str, **validity: Any) -> contextlib.AbstractContextManager[Web]:
        """A web server over TLS whose certificate names these hosts; without any, 127.0.0.1."""
        return serving(self.signer.issue_cert(*(names or ("127.0.0.1",)), **validity))


@pytest.fixture
def authority() -> Iterator[Authority]:
    """One that nobody trusts yet."""
    opener.opener.cache_clear()
    yield Authority(trustme.CA())
    opener.opener.cache_clear()


@pytest.fixture
def trusted(
    authority: Authority, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Authority:
    """The one that signs certificates, trusted as a company's own would be: through SSL_CERT_FILE."""
    path = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.signer.cert_pem.write_to_path(str(path))
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return authority


class Index:
    """A folder of packages that pip finds instead of its usual index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def wheel(self, name: str, members: dict[str, bytes], requires_python: str = ">=3") -> Distribution:
        """A wheel of version 1.0 that holds these members."""
        stem = f"{name.replace('-', '_')}-1.0"
        metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\nRequires-Python: {requires_python}\n"
        info = {
            f"{stem}.dist-info/METADATA": metadata.encode(),
            f"{stem}.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{stem}.dist-info/RECORD": b"",
        }
        path = self.folder / f"{stem}-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as archive:
            for member, data in (members | info).items():
                archive.writestr(member, data)
        return _distribution(name, path)

    def sdist(self, name: str, members: dict[str, bytes]) -> Distribution:
        """A source archive of version 1.0 with its build system inside, so that nothing else is fetched."""
        stem = f"{name.replace('-', '_')}-1.0"
        metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
        backend = (
            "import pathlib\n"
            "def prepare_metadata_for_build_wheel(folder, settings=None):\n"
            f"    info = pathlib.Path(folder) / '{stem}.dist-info'\n"
            "    info.mkdir()\n"
            f"    (info / 'METADATA').write_text({metadata!r})\n"
            "    return info.name\n"
            "def build_wheel(*_): raise SystemExit('nothing is to be built')\n"
        )
        project = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
        files = {
            f"{stem}/PKG-INFO": metadata.encode(),
            f"{stem}/pyproject.toml": project.encode(),
            f"{stem}/backend.py": backend.encode(),
        }
        path = self.folder / f"{stem}.tar.gz"
        with tarfile.open(path, "w:gz") as archive:
            for member, data in (files | {f"{stem}/{name}": data for name, data in members.items()}).items():
                entry = tarfile.TarInfo(member)
                entry.size = len(data)
                archive.addfile(entry, io.BytesIO(data))
        return _distribution(name, path)


def _distribution(name: str, path: Path) -> Distribution:
    data = path.read_bytes()
    return Distribution(name, "1.0", path.name, len(data), hashlib.sha256(data).hexdigest())


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Index:
    """An index of packages that is all that pip knows."""
    folder = tmp_path / "index"
    folder.mkdir()
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    return Index(folder)
