"""What several rooms' tests need: an edition to build, and the real voices where they are installed."""

import functools
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import settings

from voices.assets import installed, voice_files, voices_dir
from voices.catalogue import find
from voices.load import LoadableVoice, loadable

_FIGURE = "figure"

# A slow machine is no failure, and every run tries the same examples.
settings.register_profile("vivavoce", deadline=None, derandomize=True, database=None)
settings.load_profile("vivavoce")

EDITION = """\
title = "La Gazette & the Gazette"
id = "5b0c9a4e-6f0e-4f62-9d7c-8f8f6f2a7d11"
languages = ["en", "fr"]

[voices]
en = "tone"
fr = "tone"

[feed]
url = "http://localhost:8000/"
author = "The newsroom"
owner_name = "The newsroom"
owner_email = "audio@example.org"
"""

ARTICLES = {
    "01-harbour.en.md": """\
+++
headline = "The Harbour Wakes"
standfirst = "Boats leave before dawn."
+++

The first boat leaves at five. Nobody waves.

::: {.caption lang=fr}
Le port, à l’aube.
:::

The last one comes back at noon.
""",
    "02-marche.fr.md": """\
+++
headline = "Le marché du samedi"
+++

On y vend de tout. On y parle surtout.
""",
}


@pytest.fixture
def make_edition(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes an edition spoken by the tone voice, with other articles or settings when asked."""

    def make(articles: dict[str, str] | None = None, settings: str = EDITION) -> Path:
        root = tmp_path / "edition"
        issue = root / "issues" / "2026-11"
        issue.mkdir(parents=True)
        (root / "edition.toml").write_text(settings, encoding="utf-8")
        for name, text in (ARTICLES if articles is None else articles).items():
            (issue / name).write_text(text, encoding="utf-8")
        return root

    return make


class Quiet(SimpleHTTPRequestHandler):
    """A file server that keeps no log."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """An empty `public/` and the address on this computer that it is served at."""
    public = tmp_path / "public"
    public.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=public)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield public, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def real_voice() -> Callable[[str], LoadableVoice]:
    """A function that gives an installed neural voice by name, and skips the test where it is not installed."""

    def get(name: str) -> LoadableVoice:
        voice = find(name)
        if not installed(voice, voices_dir()):
            pytest.skip(f"{name} is not installed (`vivavoce voices install {name}`)")
        return loadable(voice_files(voice, voices_dir()))

    return get


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """A function that keeps a line for the end of the run, whichever process of it the test runs in."""

    def keep(line: str) -> None:
        record_property(_FIGURE, line)

    return keep


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures: here, because the process that prints them loads no folder's own conftest.py."""
    reports = [
        each for kind in ("passed", "failed") for each in terminalreporter.getreports(kind) if each.when == "call"
    ]
    if lines := [line for each in reports for name, line in each.user_properties if name == _FIGURE]:
        terminalreporter.section("faults")
        for line in lines:
            terminalreporter.write_line(line)
