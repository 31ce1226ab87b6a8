import contextlib
import hashlib
import http.client
import os
import resource
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SCRIPT = """
import resource, sys
from pathlib import Path
from feeds.serve.app import preview
from feeds.serve.run import Limits, listen, run

public, limits, files = Path(sys.argv[1]), eval(sys.argv[2]), int(sys.argv[3])
if files:
    resource.setrlimit(resource.RLIMIT_NOFILE, (files // 2, files))
listening = listen("127.0.0.1", 0)
print(listening.getsockname()[1], flush=True)
run(preview(public, "http://localhost:8000/", ["127.0.0.1"]), listening, limits)
"""
SOUND = bytes(range(256)) * 4096 * 24  # 24 MB: more than the system keeps between two sockets
ASK = b"GET /%s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n"


class Server:
    """The preview with limits of its own, in a process of its own."""

    def __init__(self, public: Path, limits: str, files: int) -> None:
        command = [sys.executable, "-c", SCRIPT, str(public), f"Limits({limits})", str(files)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.port = int(self.process.stdout.readline())

    def client(self, sends: bytes = b"") -> socket.socket:
        connected = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        connected.sendall(sends)
        return connected

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection):
            connection.request("GET", "/index.html")
            return connection.getresponse().read() == b"<html></html>"

    def stop(self) -> str:
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate(timeout=20)[1]

    def open_files(self) -> int:
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))  # noqa: PTH208

    def falls_to(self, files: int) -> bool:
        """Whether so few files are open after a while, in which it answers all the time."""
        for _ in range(2000):
            assert self.answers()
            if self.open_files() <= files:
                return True
            time.sleep(0.005)
        return False

    def status(self, name: str) -> int:
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith(f"{name}:")))


Start = Callable[..., Server]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    public = tmp_path / "public"
    public.mkdir()
    (public / "index.html").write_bytes(b"<html></html>")
    (public / "a.mp3").write_bytes(SOUND)
    servers: list[Server] = []

    def begin(limits: str = "", files: int = 0) -> Server:
        servers.append(Server(public, limits, files))
        return servers[-1]

    yield begin
    for server in servers:
        if server.process.poll() is None:
            server.stop()


def rest(client: socket.socket) -> bytes:
    """All that still comes until the server has hung up, whichever way."""
    got = bytearray()
    with contextlib.suppress(ConnectionError):
        while data := client.recv(1 << 20):
            got += data
    client.close()
    return bytes(got)


def page(client: socket.socket) -> bytes:
    """An answer that ends as the page does, on a connection that stays."""
    got = b""
    while not got.endswith(b"</html>") and (data := client.recv(1 << 16)):
        got += data
    return got


@pytest.mark.parametrize("begun", [b"", b"G", b"GET /index.html HTTP/1.1\r\nHost: 127.0.0.1\r\nA: "])
def test_who_never_ends_a_request_is_hung_up_on(start: Start, begun: bytes) -> None:
    """A hundred clients who say nothing, or too little, keep nobody else waiting, and are not waited for."""
    server = start("asking_s=0.5")
    clients = [server.client(begun) for _ in range(100)]
    assert server.answers()
    assert [rest(client) for client in clients] == [b""] * 100
    assert server.answers()


def test_a_byte_now_and_then_does_not_help(start: Start) -> None:
    """The time is the request's, not the byte's; and the second request of a connection has no more than the first."""
    server = start("asking_s=0.5")
    client = server.client(ASK % (b"index.html", b""))
    assert page(client).endswith(b"<html></html>")
    client.settimeout(0.01)
    with contextlib.closing(client):
        for _ in range(10_000):
            try:
                client.sendall(b"G")
                if not client.recv(1):
                    break
            except TimeoutError:
                continue
            except ConnectionError:
                break
        else:
            pytest.fail("it was never hung up on")
    assert server.answers()


def test_who_stops_reading_is_hung_up_on(start: Start) -> None:
    """A client who asks for much and takes nothing does not hold its file and its memory for ever."""
    server = start("taking_s=0.5")
    clients = [server.client(ASK % (b"a.mp3", b"Connection: close\r\n")) for _ in range(20)]
    assert server.answers()
    assert server.falls_to(20)
    assert all(len(rest(client)) < len(SOUND) for client in clients)


def test_who_reads_slowly_gets_all(start: Start) -> None:
    """A reader that takes a little at a time is waited for: only one that takes nothing is hung up on."""
    server = start("asking_s=0.2, taking_s=20")
    client = server.client(ASK % (b"a.mp3", b"Connection: close\r\n"))
    got = bytearray()
    while data := client.recv(50_000):
        got += data
    client.close()
    assert got.endswith(SOUND[-100:])
    assert got.partition(b"\r\n\r\n")[2] == SOUND


def test_who_is_one_too_many_is_hung_up_on(start: Start) -> None:
    """Beyond the limit nobody is let in, and when others have gone somebody is."""
    server = start("connections=5")
    held = [server.client(ASK % (b"index.html", b"")) for _ in range(5)]
    assert all(page(client).endswith(b"<html></html>") for client in held)
    assert rest(server.client()) == b""
    for client in held:
        client.close()
    for _ in range(500):
        with contextlib.suppress(ConnectionError, http.client.HTTPException):
            assert server.answers()
            break
    else:
        pytest.fail("nobody was let in again")


@pytest.mark.slow
def test_few_open_files_are_not_used_up(start: Start) -> None:
    """Where a process may open only 200 files, 300 clients at once leave it in order, and nothing is complained of."""
    server = start("asking_s=0.5", files=200)
    clients = [server.client() for _ in range(300)]
    for client in clients:
        rest(client)
    assert server.answers()
    assert server.stop() == ""


@pytest.mark.slow
def test_a_thousand_connections_at_once(start: Start) -> None:
    """Each of a thousand players gets its megabyte whole, with bounded threads and memory, and all files are closed."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 3200:
        pytest.skip(f"this system allows {hard} open files, and a thousand connections need 3200")
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 3200), hard))
    server = start()
    assert server.answers()
    before = server.open_files()
    asking = ASK % (b"a.mp3", b"Range: bytes=0-1048575\r\nConnection: close\r\n")
    digests = _received([server.client(asking) for _ in range(1000)])
    peak_mb, threads = server.status("VmHWM") / 1024, server.status("Threads")
    print(f"1000 connections: {peak_mb:.0f} MB at the most, {threads} threads")  # noqa: T201
    assert digests == [hashlib.sha256(SOUND[: 1 << 20]).hexdigest()] * 1000
    assert threads <= 64
    assert peak_mb < 400
    assert server.falls_to(before + 2)
    assert server.stop() == ""


def _received(clients: list[socket.socket]) -> list[str]:
    """The sha256 of each one's body, all read at the same time."""
    hashes = {client: hashlib.sha256() for client in clients}
    begun: set[object] = set()
    with selectors.DefaultSelector() as selector:
        for client in clients:
            selector.register(client, selectors.EVENT_READ)
        while selector.get_map():
            ready = selector.select(30)
            assert ready, "nothing more comes"
            for key, _ in ready:
                client = key.fileobj
                assert isinstance(client, socket.socket)
                data = client.recv(1 << 18)
                if not data:
                    selector.unregister(client)
                    client.close()
                elif client in begun:
                    hashes[client].update(data)
                else:
                    begun.add(client)
                    hashes[client].update(data.partition(b"\r\n\r\n")[2])
    return [digest.hexdigest() for digest in hashes.values()]
