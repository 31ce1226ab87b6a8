"""Two more programs that people follow feeds with, run as they run them: newsboat and podget."""

import os
import shutil
import sqlite3
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Entry:
    """An episode as newsboat has it."""

    guid: str
    title: str
    enclosure: str
    published: int
    notes: str


def newsboat(home: Path, feed: str) -> list[Entry]:
    """What newsboat has after it was told to fetch the feed. Skips the test where it is not installed."""
    (home / "urls").write_text(feed + "\n")
    (home / "config").write_text("")
    _run(home, "newsboat", "-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload")
    found = "select guid, title, enclosure_url, pubDate, content from rss_item where deleted = 0 order by pubDate"
    store = sqlite3.connect(home / "cache.db")
    entries = [Entry(*row) for row in store.execute(found)]
    store.close()
    return entries


def podget(home: Path, feed: str) -> dict[str, bytes]:
    """The sound files that podget downloads, by name. Skips the test where it is not installed."""
    (home / "podget").mkdir(exist_ok=True)
    if not (home / "podget" / "podgetrc").exists():
        _run(home, "podget", "-d", "podget", "--create-config", "podgetrc")
    (home / "podget" / "serverlist").write_text(f"{feed} news quay\n")
    _run(home, "podget", "-d", "podget", "-c", "podgetrc", "-l", str(home / "library"))
    return {path.name: path.read_bytes() for path in (home / "library").rglob("*.mp3")}


def _run(home: Path, program: str, *arguments: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed (Debian package {program})")
    away = {"http_proxy", "https_proxy", "all_proxy"}
    environment = {name: value for name, value in os.environ.items() if name.lower() not in away}
    environment |= {"HOME": str(home), "LC_ALL": "C.UTF-8", "no_proxy": "127.0.0.1"}
    done = subprocess.run(
        [program, *arguments], env=environment, cwd=home, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
