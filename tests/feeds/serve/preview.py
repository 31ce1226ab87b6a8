"""The preview in a process of its own, with files to ask for."""

import http.client
import signal
import subprocess
import sys
import time
from pathlib import Path

EDITION = """\
title = "La Gazette"
id = "5b0c9a4e-6f0e-4f62-9d7c-8f8f6f2a7d11"
languages = ["fr"]

[feed]
url = "http://localhost:8000/"
author = "La rédaction"
owner_name = "La rédaction"
owner_email = "audio@example.org"
"""
POLICY = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'\">"
PAGE = f"<html><head>{POLICY}</head><body>Bonjour</body></html>"
SOUND = bytes(range(256)) * 512
SOUND_PATH = "/2026-11/episodes/01-a.0123456789.mp3"
FILES = {
    "index.html": PAGE.encode(),
    "2026-11/index.html": PAGE.encode(),
    "2026-11/feed.xml": b"<rss><link>http://localhost:8000/2026-11/</link></rss>",
    "2026-11/episodes/01-a.0123456789.mp3": SOUND,
    "2026-11/transcripts/01-a.0123456789.vtt": b"WEBVTT\n",
    "2026-11/chapters/01-a.0123456789.json": b"{}",
    "2026-11/.half-written": b"not yet",
}


class Server:
    """`vivavoce serve` in a process of its own."""

    def __init__(self, root: Path, *options: str) -> None:
        self.public = root / "public"
        command = [sys.executable, "-m", "vivavoce", "serve", "-C", str(root), "--port", "0", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.port = int(self.process.stdout.readline().strip().rstrip("/").rpartition(":")[2])
        self._wait()

    def _wait(self) -> None:
        for _ in range(200):
            try:
                self.get("/")
                return
            except ConnectionError:
                time.sleep(0.05)
        raise TimeoutError("the preview did not start")

    def get(
        self, path: str, method: str = "GET", headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=10)
        return self.process.returncode


def edition(root: Path) -> Path:
    (root / "edition.toml").write_text(EDITION, encoding="utf-8")
    for name, data in FILES.items():
        path = root / "public" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root
