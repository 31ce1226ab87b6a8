"""The listening page as tests drive it in a browser."""

import pytest
from playwright.sync_api import Page

PLAYING = "document.querySelector('#sound').paused === false && document.querySelector('#sound').currentTime > 0"


def until(page: Page, claim: str, arg: object = None) -> None:
    """Wait until `claim` is true in the page, five seconds at most: playwright's own way needs `unsafe-eval`."""
    for _ in range(100):
        if page.evaluate(claim, arg):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never came true: {claim}")


def start(page: Page, number: int = 0) -> None:
    """Play the article of this number."""
    page.locator("[data-listen]").nth(number).click()
    until(page, PLAYING)


def seek(page: Page, time: float) -> None:
    """Stop the sound at this time, and wait until the page shows it."""
    page.evaluate("time => { const s = document.querySelector('#sound'); s.pause(); s.currentTime = time; }", time)
    until(page, "document.querySelector('#sound').seeking === false")
    page.wait_for_timeout(60)
