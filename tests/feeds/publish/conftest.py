"""Places to publish to: real servers on this machine, each started for the tests and ended after them."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Place:
    """An address to publish to, and the folder in which what arrives can be seen, if there is one."""

    address: str
    folder: Path | None


FILES = {
    "index.html": b"<html>edition</html>",
    "feed.xml": b"<rss>edition</rss>",
    "opml.xml": b"<opml/>",
    "2026-11/index.html": b"<html>issue</html>",
    "2026-11/feed.xml": b"<rss>issue</rss>",
    "2026-11/card.json": b"{}",
    "2026-11/episodes/01-a.0123456789.mp3": b"sound one " * 5000,
    "2026-11/episodes/02-b.1123456789.mp3": b"sound two " * 5000,
    "2026-11/transcripts/01-a.0123456789.vtt": b"WEBVTT\n",
    "2026-11/\u00e9t\u00e9 & co.0123456789.jpg": b"a name that must be quoted",
}


@pytest.fixture
def public(tmp_path: Path) -> Path:
    folder = tmp_path / "public"
    for name, data in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (folder / "2026-11" / ".partial-x.mp3").write_bytes(b"half")
    return folder


def free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes] | None = None) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        assert process is None or process.poll() is None, "the server ended"
        time.sleep(0.1)
    raise TimeoutError


@pytest.fixture(scope="session")
def s3_server() -> Iterator[int]:
    pytest.importorskip("moto.server", reason="moto, an S3 server, is not installed")
    port = free_port()
    command = [sys.executable, "-c", "import sys; from moto.server import main; main(sys.argv[1:])", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture
def s3(s3_server: int, monkeypatch: pytest.MonkeyPatch) -> Place:
    import boto3  # comes with moto

    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{s3_server}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key-of-a-test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-a-test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    bucket = f"b{free_port()}"
    with contextlib.closing(boto3.client("s3")) as client:
        client.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    return Place(f"s3://{bucket}/audio", None)


@pytest.fixture(scope="session")
def webdav_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    wsgidav = pytest.importorskip("wsgidav.wsgidav_app", reason="wsgidav, a WebDAV server, is not installed")
    from cheroot.wsgi import Server

    root, port = tmp_path_factory.mktemp("webdav"), free_port()
    app = wsgidav.WsgiDAVApp(
        {
            "provider_mapping": {"/": str(root)},
            "simple_dc": {"user_mapping": {"*": {"editor": {"password": "secret-of-a-test"}}}},
            "http_authenticator": {"accept_basic": True, "accept_digest": False, "default_to_digest": False},
            "logging": {"enable": False},
            "verbose": 0,
        }
    )
    server = Server(("127.0.0.1", port), app)
    thread = threading.Thread(target=server.start, daemon=True)
    thread.start()
    wait_for(port)
    yield port, root
    server.stop()
    thread.join(timeout=10)


@pytest.fixture
def webdav(webdav_server: tuple[int, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    port, root = webdav_server
    monkeypatch.setenv("VIVAVOCE_WEBDAV_USER", "editor")
    monkeypatch.setenv("VIVAVOCE_WEBDAV_PASSWORD", "secret-of-a-test")
    name = f"audio-{tmp_path.name}"
    return Place(f"webdav+http://127.0.0.1:{port}/{name}", root / name)


@pytest.fixture(scope="session")
def ssh_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    sshd = shutil.which("sshd") or "/usr/sbin/sshd"
    if not Path(sshd).exists():
        pytest.skip("sshd is not installed")
    pytest.importorskip("paramiko", reason="paramiko is not installed")
    home, port = tmp_path_factory.mktemp("ssh"), free_port()
    for name in ("host", "user"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(home / name)], check=True, capture_output=True
        )
    (home / "authorized").write_text((home / "user.pub").read_text())
    (home / "config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {home}/host\nAuthorizedKeysFile {home}/authorized\n"
        f"PidFile {home}/pid\nStrictModes no\nUsePAM no\nSubsystem sftp internal-sftp\nPasswordAuthentication no\n"
    )
    Path("/run/sshd").mkdir(exist_ok=True) if os.geteuid() == 0 else None
    process = subprocess.Popen([sshd, "-D", "-e", "-f", str(home / "config")], stderr=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        yield port, home
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture
def sftp(ssh_server: tuple[int, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    port, home = ssh_server
    user_home = tmp_path / "home"
    (user_home / ".ssh").mkdir(parents=True)
    (user_home / ".ssh" / "known_hosts").write_text(f"[127.0.0.1]:{port} {(home / 'host.pub').read_text()}")
    (user_home / ".ssh" / "config").write_text(
        f"Host magazine\n  HostName 127.0.0.1\n  Port {port}\n  IdentityFile {home}/user\n"
    )
    monkeypatch.setenv("HOME", str(user_home))
    folder = tmp_path / "remote"
    return Place(f"sftp://magazine{folder}", folder)


@pytest.fixture
def folder(tmp_path: Path) -> Place:
    return Place(str(tmp_path / "site"), tmp_path / "site")


@pytest.fixture(params=["folder", "s3", "sftp", "webdav"])
def place(request: pytest.FixtureRequest) -> Place:
    found: Place = request.getfixturevalue(request.param)
    return found
