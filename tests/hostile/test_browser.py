"""A browser opens all that was published of an edition full of attempts: nothing runs, nothing is fetched elsewhere."""

import functools
import shutil
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.hostile.conftest import House

pytestmark = pytest.mark.slow

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Quiet(SimpleHTTPRequestHandler):
    """Files of a folder, without a line for each."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing."""


@dataclass(slots=True)
class Seen:
    """What a browser did with a page."""

    elsewhere: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def address(hostile: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on this computer, with what was published the unpacked book in `book/`, and `tried.html`."""
    root = tmp_path_factory.mktemp("served")
    shutil.copytree(hostile.edition / "public", root, dirs_exist_ok=True)
    with zipfile.ZipFile(hostile.public / "issue.epub") as book:
        book.extractall(root / "book")
    (root / "tried.html").write_text("<!doctype html><title>A</title><script>window.hacked = 'it works'</script>")
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def opened(browser: Browser, address: str, path: str) -> tuple[Page, Seen]:
    """The page, everything on it pointed at and each of its own links followed by a click that stays on it."""
    context = browser.new_context()
    page, seen = context.new_page(), Seen()

    def asked(url: str) -> None:
        if not url.startswith((address, "data:", "blob:")):
            seen.elsewhere.append(url)

    context.on("request", lambda request: asked(request.url))
    page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: seen.trouble.append(str(error)))
    page.on("console", lambda said: seen.trouble.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto(f"{address}/{path}", wait_until="load")
    page.evaluate(
        """() => { for (const each of document.querySelectorAll("*")) for (const name of ["mouseover", "focus", "load"])
             each.dispatchEvent(new Event(name)) }"""
    )
    page.wait_for_timeout(200)
    return page, seen


def paths_in(root: Path, *suffixes: str) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.suffix in suffixes)


def judge(browser: Browser, address: str, path: str) -> None:
    page, seen = opened(browser, address, path)
    assert page.evaluate("window.hacked") is None, path
    assert page.url == f"{address}/{path}", "it went elsewhere"
    assert not seen.elsewhere, path
    assert not seen.dialogs, path
    assert not seen.trouble, path
    assert page.evaluate("document.baseURI") == page.url
    active = "[...document.querySelectorAll('a[href],area[href],form')].map(each => each.href || each.action)"
    assert not [link for link in page.evaluate(active) if link.lower().startswith(("javascript:", "data:"))], path
    page.context.close()


def test_a_script_that_is_let_in_is_seen(browser: Browser, address: str) -> None:
    """The test itself sees a script that runs."""
    page, _ = opened(browser, address, "tried.html")
    assert page.evaluate("window.hacked") == "it works"
    page.context.close()


def test_no_page_runs_what_a_text_says(browser: Browser, address: str, hostile: House) -> None:
    """Every page and transcript of the edition is opened: no script of a text's runs, and its policy stops nothing,
    because nothing was there to be stopped.
    """
    paths = paths_in(hostile.edition / "public", ".html")
    assert len(paths) >= 4
    for path in paths:
        judge(browser, address, path)


def test_no_chapter_of_the_book_runs_what_a_text_says(browser: Browser, address: str, hostile: House) -> None:
    """Each chapter, opened without any policy at all, as a careless reading app would, does nothing."""
    with zipfile.ZipFile(hostile.public / "issue.epub") as book:
        paths = sorted(name for name in book.namelist() if name.endswith(".xhtml"))
    assert len(paths) >= 3
    for path in paths:
        judge(browser, address, f"book/{path}")


def test_feeds_and_pictures_run_nothing(browser: Browser, address: str, hostile: House) -> None:
    """A feed or a picture that somebody opens in a browser is shown, and does nothing."""
    paths = paths_in(hostile.edition / "public", ".xml", ".svg", ".vtt", ".json")
    assert len([path for path in paths if path.endswith(".xml")]) >= 2
    for path in paths:
        if not path.endswith((".vtt", ".json")):
            judge(browser, address, path)


def test_show_notes_in_an_app_run_nothing(browser: Browser, address: str, hostile: House) -> None:
    """What feeds give as HTML, put into an app's own page without a policy or any cleaning, does nothing."""
    page, seen = opened(browser, address, "2026-11/index.html")
    bare = page.context.new_page()
    bare.goto("about:blank")
    for feed in sorted((hostile.edition / "public").rglob("feed*.xml")):
        bare.evaluate(
            """feed => { for (const each of new DOMParser().parseFromString(feed, "text/xml").querySelectorAll("*"))
                 if (["description", "content:encoded", "itunes:summary"].includes(each.tagName)) {
                   const shown = document.body.appendChild(document.createElement("div"))
                   shown.innerHTML = each.textContent } }""",
            feed.read_text(encoding="utf-8"),
        )
        assert bare.evaluate("document.body.children.length") > 0
        bare.wait_for_timeout(100)
        assert bare.evaluate("window.hacked") is None, feed
    assert not seen.elsewhere
    page.context.close()
