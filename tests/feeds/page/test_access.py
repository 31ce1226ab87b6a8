"""WCAG 2.2 AA, as far as a program can tell: axe-core in Chromium."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from feeds.palettes import contrast
from tests.listening_page import seek, start

pytestmark = pytest.mark.slow

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"phone": (375, 812), "desktop": (1280, 900)}


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return SIZES[request.param]


@pytest.fixture(params=["light", "dark"])
def open_page(
    browser: Browser, request: pytest.FixtureRequest, size: tuple[int, int]
) -> Iterator[Callable[[str], Page]]:
    """A function that opens an address at this size and in this scheme."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=request.param, reduced_motion="reduce"
    )

    def open_at(address: str) -> Page:
        page = context.new_page()
        page.goto(address)
        return page

    yield open_at
    context.close()


def assert_accessible(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": RULES, "preload": False}).response
    assert len(found["passes"]) > 20  # the rules were really applied
    wrong = [
        (each["id"], node["target"], node["failureSummary"]) for each in found["violations"] for node in each["nodes"]
    ]
    assert wrong == []


def test_the_issues_page_has_no_barrier(open_page: Callable[[str], Page], published: Any) -> None:
    """axe finds nothing at rest, with the player open and a word marked, and with the chapters unfolded."""
    page = open_page(published.issue.as_uri())
    assert_accessible(page)
    start(page)
    seek(page, 7)
    assert page.locator(".w.now").count() == 1
    assert_accessible(page)
    page.locator("#more").click()
    assert_accessible(page)


def test_an_articles_files_are_no_barrier(open_page: Callable[[str], Page], published: Any) -> None:
    """Folded and unfolded, with a keyboard alone: Space unfolds the list and does not play, Tab goes through it."""
    page = open_page(published.issue.as_uri())
    start(page)
    page.evaluate("sound.pause()")
    summary = page.locator("details.files summary").first
    summary.focus()
    page.keyboard.press(" ")
    assert page.locator("details.files[open]").count() == 1
    assert page.evaluate("sound.paused")
    names = []
    for _ in range(5):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.textContent"))
    assert names == [
        "Transcript to read",
        "Captions (VTT)",
        "Transcript as data (JSON)",
        "M4A (AAC) (0.9 MB)",
        "Opus (0.5 MB)",
    ]
    for each in page.locator("details.files").all():
        each.evaluate("details => { details.open = true; }")
    assert_accessible(page)


def test_the_editions_page_has_no_barrier(open_page: Callable[[str], Page], published: Any) -> None:
    """axe finds nothing, also where the page offers to go on listening."""
    page = open_page(published.issue.as_uri())
    start(page)
    page.goto((published.public / "index.html").as_uri())
    assert page.locator("#resume").is_visible()
    assert_accessible(page)


def test_nothing_is_wider_than_the_window(
    open_page: Callable[[str], Page], published: Any, size: tuple[int, int]
) -> None:
    """Neither page scrolls sideways, at a phone's width or at a desktop's at 400 % (WCAG 1.4.10)."""
    for path in (published.issue, published.public / "index.html"):
        page = open_page(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        for width in (size[0], 320):
            page.set_viewport_size({"width": width, "height": size[1]})
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_targets_are_large_enough(open_page: Callable[[str], Page], published: Any) -> None:
    """Every button, link and field outside running text is at least 24 by 24 pixels (WCAG 2.5.8)."""
    page = open_page(published.issue.as_uri())
    start(page)
    page.locator("#more").click()
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    small = page.evaluate(
        """[...document.querySelectorAll("button, summary, select, input, a:not(p a):not(.qr a)")]
        .filter(element => element.checkVisibility() && !element.matches(".skip"))
        .map(element => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)"""
    )
    assert small == []


def test_the_marked_word_can_be_read(open_page: Callable[[str], Page], published: Any) -> None:
    """The word that is heard has 4.5:1 on its mark, its sentence on its own, and the mark 3:1 beside neither alone."""
    page = open_page(published.issue.as_uri())
    start(page)
    seek(page, 7)
    page.wait_for_timeout(300)
    ink, ground, sentence, text = page.evaluate(
        """(() => { const word = document.querySelector(".w.now"), sentence = document.querySelector(".here");
        return [getComputedStyle(word).color, getComputedStyle(word).backgroundColor,
                getComputedStyle(sentence).backgroundColor, getComputedStyle(sentence).color]
               .map(colour => colour.match(/\\d+/g).slice(0, 3).map(Number)) })()"""
    )
    assert contrast(tuple(ink), tuple(ground)) >= 7
    assert contrast(tuple(text), tuple(sentence)) >= 7


def test_focus_is_seen_and_never_hidden(open_page: Callable[[str], Page], published: Any) -> None:
    """Going through the page with Tab, each stop has an outline of 3 pixels and lies clear of the player's bar."""
    page = open_page(published.issue.as_uri())
    start(page)
    page.evaluate("sound.pause(); document.activeElement.blur(); scrollTo(0, 0)")
    for _ in range(40):
        page.keyboard.press("Tab")
        outline, clear, name = page.evaluate(
            """(() => { const element = document.activeElement, box = element.getBoundingClientRect();
            const bar = document.querySelector("#player").getBoundingClientRect();
            return [getComputedStyle(element).outlineWidth,
                    element.closest("#player") !== null || (box.top < bar.top && box.bottom > 0),
                    element.outerHTML.slice(0, 90)] })()"""
        )
        assert outline == "3px", name
        assert clear, name
