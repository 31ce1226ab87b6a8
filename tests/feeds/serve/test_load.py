"""More listeners than a preview will ever have, and such as mean no good."""

import asyncio
import resource
from collections.abc import Iterator

import psutil
import pytest

from tests.feeds.serve.preview import SOUND, SOUND_PATH, Server, edition

pytestmark = pytest.mark.slow

AT_ONCE = 1000
SLOW = 200
ASK = f"GET {SOUND_PATH} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A preview that is started under the usual limit of open files, and a client that may hold more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, hard))
    running = Server(edition(tmp_path_factory.mktemp("edition")))
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    yield running
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert running.stop() == 0


async def ask(port: int, all_are_here: asyncio.Barrier) -> bytes:
    """Connect, wait for all others, then ask for the sound and read what comes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        await all_are_here.wait()
        writer.write(ASK)
        return await reader.read(-1)
    finally:
        writer.close()


async def ask_all(port: int) -> list[bytes]:
    all_are_here = asyncio.Barrier(AT_ONCE)
    async with asyncio.timeout(120):
        return await asyncio.gather(*(ask(port, all_are_here) for _ in range(AT_ONCE)))


def test_a_thousand_connections_at_once_are_served(server: Server) -> None:
    """Each gets the whole sound; few threads and little memory do it, and then all is as before."""
    process = psutil.Process(server.process.pid)
    before = process.memory_info().rss
    answers = asyncio.run(ask_all(server.port))
    after = process.memory_info().rss
    whole = sum(answer.startswith(b"HTTP/1.1 200") and answer.endswith(SOUND) for answer in answers)
    held = f"{process.num_threads()} threads, {before / 1e6:.0f} MB before, {after / 1e6:.0f} MB after"
    print(f"{AT_ONCE} connections: {whole} served, {held}")  # noqa: T201  # pytest -s shows it
    assert whole == AT_ONCE
    assert process.num_threads() < 64
    assert after - before < 300e6
    assert server.get(SOUND_PATH)[2] == SOUND


async def dawdle(port: int, stop: asyncio.Event, asked: bytes) -> None:
    """Ask a byte at a time, and never to the end; or ask, and read nothing of the answer."""
    _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
    try:
        for place in range(len(asked)):
            writer.write(asked[place : place + 1])
            await writer.drain()
            if stop.is_set():
                return
            if asked is not ASK:
                await asyncio.sleep(0.2)
        await stop.wait()
    except ConnectionError:
        pass  # it may hang up on them
    finally:
        writer.transport.abort()


async def served_beside_the_slow(server: Server) -> list[bytes]:
    stop = asyncio.Event()
    begun = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"x" * 200
    slow = [asyncio.create_task(dawdle(server.port, stop, begun)) for _ in range(SLOW)]
    deaf = [asyncio.create_task(dawdle(server.port, stop, ASK)) for _ in range(SLOW)]
    await asyncio.sleep(1)
    answers = [(await asyncio.to_thread(server.get, SOUND_PATH))[2] for _ in range(20)]
    stop.set()
    await asyncio.wait_for(asyncio.gather(*slow, *deaf), 60)
    return answers


def test_slow_clients_keep_nobody_waiting(server: Server) -> None:
    """Two hundred that ask a byte at a time and two hundred that read no answer: others are served meanwhile."""
    assert asyncio.run(served_beside_the_slow(server)) == [SOUND] * 20


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET /..%2f..%2fedition.toml HTTP/1.1",
        b"GET /%2e%2e/edition.toml HTTP/1.1",
        b"GET /%252e%252e/edition.toml HTTP/1.1",
        b"GET /..%5cedition.toml HTTP/1.1",
        b"GET /2026-11/%2e%2e/%2e%2e/edition.toml HTTP/1.1",
        b"GET /%00/etc/passwd HTTP/1.1",
        b"GET /index.html%00.mp3 HTTP/1.1",
        b"GET /%ff%fe HTTP/1.1",
        b"GET //etc/passwd HTTP/1.1",
        b"GET /" + b"a" * 5000 + b" HTTP/1.1",
        b"GET http://localhost/../edition.toml HTTP/1.1",
    ],
)
def test_no_way_of_writing_a_path_leads_out(server: Server, request_line: bytes) -> None:
    """Encoded once or twice, with another system's slash, with nothing at its end: it is not there, and all goes on."""

    async def send() -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(request_line + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answer = await asyncio.wait_for(reader.read(-1), 20)
        writer.close()
        return answer

    answer = asyncio.run(send())
    assert answer.split(b" ", 2)[1] in (b"400", b"404", b"414")
    assert b"La Gazette" not in answer
    assert b"Traceback" not in answer
    assert server.get(SOUND_PATH)[2] == SOUND
