import contextlib
import http.client
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.feeds.serve.preview import SOUND, SOUND_PATH, Server, edition
from vivavoce.lock import only_build


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(edition(tmp_path_factory.mktemp("edition")))
    yield running
    running.stop()


def test_a_player_can_jump(server: Server) -> None:
    """A byte range gives those bytes, and says where they lie."""
    status, headers, body = server.get(SOUND_PATH, headers={"Range": "bytes=1000-1999"})
    assert (status, body) == (206, SOUND[1000:2000])
    assert headers["content-range"] == f"bytes 1000-1999/{len(SOUND)}"
    assert server.get(SOUND_PATH, headers={"Range": "bytes=9999999-"})[0] == 416


def test_the_last_bytes_can_be_asked_for(server: Server) -> None:
    """A range from the end, as MP4 players ask for, and one that is open."""
    assert server.get(SOUND_PATH, headers={"Range": "bytes=-10"})[2] == SOUND[-10:]
    assert server.get(SOUND_PATH, headers={"Range": f"bytes={len(SOUND) - 5}-"})[2] == SOUND[-5:]


@pytest.mark.parametrize("path", ["/2026-11/feed.xml", SOUND_PATH, "/"])
def test_head_is_get_without_the_body(server: Server, path: str) -> None:
    """An app that asks for the size first is told the right one."""
    got, asked = server.get(path), server.get(path, "HEAD")
    assert asked[0] == 200
    assert asked[2] == b""
    assert asked[1]["content-length"] == got[1]["content-length"] == str(len(got[2]))


@pytest.mark.parametrize("path", ["/2026-11/feed.xml", SOUND_PATH, "/index.html"])
def test_what_has_not_changed_is_not_sent_again(server: Server, path: str) -> None:
    """The ETag that came with a file, sent back, gives 304."""
    etag = server.get(path)[1]["etag"]
    assert server.get(path, headers={"If-None-Match": etag})[0] == 304
    assert server.get(path, headers={"If-None-Match": '"another"'})[0] == 200


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/2026-11/feed.xml", "application/rss+xml; charset=utf-8"),
        (SOUND_PATH, "audio/mpeg"),
        ("/2026-11/transcripts/01-a.0123456789.vtt", "text/vtt; charset=utf-8"),
        ("/2026-11/chapters/01-a.0123456789.json", "application/json+chapters"),
    ],
)
def test_each_file_has_its_content_type(server: Server, path: str, kind: str) -> None:
    """Not the system's table, which knows neither transcripts nor chapters."""
    assert server.get(path)[1]["content-type"] == kind


def test_transcripts_and_chapters_may_be_read_by_pages_elsewhere(server: Server) -> None:
    """A web player fetches these from its own origin; everything else stays between the browser and this machine."""
    for path, allowed in [
        ("/2026-11/transcripts/01-a.0123456789.vtt", "*"),
        ("/2026-11/chapters/01-a.0123456789.json", "*"),
        ("/2026-11/feed.xml", None),
        (SOUND_PATH, None),
    ]:
        assert server.get(path)[1].get("access-control-allow-origin") == allowed


def test_a_feed_names_the_preview(server: Server) -> None:
    """An app that subscribes to the preview finds the episodes there, not where they will be published."""
    body = server.get("/2026-11/feed.xml")[2]
    assert body == f"<rss><link>http://127.0.0.1:{server.port}/2026-11/</link></rss>".encode()


@pytest.mark.parametrize(
    "path",
    [
        "/../edition.toml",
        "/%2e%2e/edition.toml",
        "/2026-11/../../edition.toml",
        "/..%2fedition.toml",
        "/%2e%2e%2fedition.toml",
        "/..%5cedition.toml",
        "/%252e%252e/edition.toml",
        "/%c0%ae%c0%ae/edition.toml",
        "/%2e%2e/public/%2e%2e/edition.toml",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/C:%5cwindows%5cwin.ini",
        "file:///etc/passwd",
        "http://127.0.0.1/etc/passwd",
        "/index.html%00.mp3",
        "/%00",
        "/%ff%fe",
        "/%ed%a0%80",
        "/" + "a" * 300,
        "/" + "a/" * 5000,
        "/2026-11/.half-written",
        "/2026-11/%2ehalf-written",
    ],
)
def test_nothing_outside_and_nothing_hidden_is_given(server: Server, path: str) -> None:
    """Paths that climb however they are encoded, absolute ones, broken ones, and half-written files are not there."""
    assert server.get(path)[0] == 404


def test_the_system_is_not_reached_by_its_full_path(server: Server) -> None:
    """The settings beside public/, asked for by their path on this machine, are not there."""
    settings = server.public.parent / "edition.toml"
    assert settings.exists()
    for path in (f"/{settings}", f"//{settings}", f"/%2f{settings}", f"/2026-11/%2f{settings}"):
        assert server.get(path)[0] == 404


def test_a_symbolic_link_out_of_the_folder_is_not_followed(server: Server, tmp_path: Path) -> None:
    """What lies outside public/ stays there, whatever points to it."""
    (tmp_path / "secret.txt").write_text("secret")
    (server.public / "link.txt").symlink_to(tmp_path / "secret.txt")
    (server.public / "folder").symlink_to(tmp_path)
    (server.public / "chain.txt").symlink_to("link.txt")
    for path in ("/link.txt", "/folder/secret.txt", "/chain.txt", "/folder/"):
        assert server.get(path)[0] == 404


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "192.168.1.5",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil.example@localhost",
        "localhost:80@evil.example",
        "localhost, evil.example",
        "localhost/evil",
        'localhost"><script>',
        "localhost.",
        "localhost:",
        "127.1",
        "2130706433",
        "0.0.0.0",
        "[::1]",
        "",
    ],
)
def test_another_name_for_this_machine_is_refused(server: Server, host: str) -> None:
    """A page elsewhere cannot read the preview by giving this machine a name of its own, or an odd one."""
    assert server.get("/", headers={"Host": host})[0] == 400


@pytest.mark.parametrize("hosts", ["", "Host: localhost\r\nHost: evil.example\r\n", "Host: evil.example\r\n"])
@pytest.mark.parametrize("target", ["/", "http://localhost/"])
def test_no_host_or_two_are_refused(server: Server, hosts: str, target: str) -> None:
    """What names no host, or more than one, is no request; what the target names does not count."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as client:
        client.sendall(f"GET {target} HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n".encode())
        assert client.recv(1 << 16).startswith(b"HTTP/1.1 400 ")


def test_a_proxys_headers_change_nothing(server: Server) -> None:
    """Anybody can send them: a feed names the address that was really asked."""
    forwarded = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example", "X-Forwarded-Proto": "https"}
    assert b"evil" not in (body := server.get("/2026-11/feed.xml", headers=forwarded)[2])
    assert f"http://127.0.0.1:{server.port}/".encode() in body


def test_only_get_and_head(server: Server) -> None:
    """A preview cannot be written to."""
    for method in ("POST", "PUT", "DELETE"):
        assert server.get("/index.html", method)[0] == 405


def test_it_listens_on_loopback_alone(server: Server) -> None:
    """Without --lan no other device can connect."""
    listening = Path("/proc/net/tcp")
    if not listening.exists():
        pytest.skip("no /proc/net/tcp on this system")
    ports = [line.split()[1] for line in listening.read_text().splitlines()[1:]]
    assert {at.split(":")[0] for at in ports if at.endswith(f":{server.port:04X}")} == {"0100007F"}


def test_ctrl_c_ends_it_quietly(tmp_path: Path) -> None:
    """The exit code is 0: stopping is how a preview ends."""
    assert Server(edition(tmp_path)).stop() == 0


def test_many_listeners_at_once(server: Server) -> None:
    """Thirty players that fetch the sound together all get it whole."""
    got: list[bytes] = []
    threads = [threading.Thread(target=lambda: got.append(server.get(SOUND_PATH)[2])) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [SOUND] * 30


def test_a_busy_port_is_told_in_one_line(server: Server, tmp_path: Path) -> None:
    """The line says what to do, and the exit code is 2."""
    command = [sys.executable, "-m", "vivavoce", "serve", "-C", str(edition(tmp_path)), "--port", str(server.port)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode == 2
    assert f"port {server.port} cannot be used" in ended.stderr
    assert "--port" in ended.stderr


@pytest.mark.slow
def test_a_changed_article_is_built_and_the_page_told(make_edition: Callable[..., Path]) -> None:
    """With --watch, saving a file builds its issue, tells the page, and lets the page's script in."""
    root = make_edition()
    subprocess.run([sys.executable, "-m", "vivavoce", "build", "-C", str(root)], check=True, capture_output=True)
    running = Server(root, "--watch")
    try:
        page = running.get("/2026-11/")[2].decode()
        assert '<script src="/-/reload.js" defer></script>' in page
        assert "connect-src 'self'" in page
        assert b"EventSource" in running.get("/-/reload.js")[2]
        before = running.get("/2026-11/feed.xml")[2]
        connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
        connection.request("GET", "/-/changes")
        events = connection.getresponse()
        article = root / "issues" / "2026-11" / "01-harbour.en.md"
        time.sleep(1)  # the watch begins a moment after the server
        article.write_text(article.read_text().replace("The first boat", "The very first boat"))
        for _ in range(400):
            if events.readline().startswith(b"data: changed"):
                break
        else:
            pytest.fail("the page was never told")
        connection.close()
        assert running.get("/2026-11/feed.xml")[2] != before
    finally:
        running.stop()


@pytest.mark.slow
def test_a_build_that_is_going_on_ends_with_the_preview(make_edition: Callable[..., Path]) -> None:
    """SIGTERM, which a service manager sends to the preview alone, leaves no build behind that holds the lock."""
    root = make_edition()
    running = Server(root, "--watch")
    try:
        with only_build(root / ".vivavoce"):  # for which the build waits, for ever if need be
            time.sleep(1)  # the watch begins a moment after the server
            (root / "issues" / "2026-11" / "01-harbour.en.md").write_text("# A harbour\n\nIt is closed.\n")
            until = time.monotonic() + 60
            while not (build := builds_of(root)):
                assert time.monotonic() < until
                time.sleep(0.1)
            running.process.terminate()
            running.process.communicate(timeout=30)
            assert build
            assert builds_of(root) == []
    finally:
        running.process.kill()
        running.process.communicate()


def builds_of(root: Path) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if {b"build", str(root).encode()} <= set(path.read_bytes().split(b"\0")):
                found.append(int(path.parent.name))
    return found
