"""The picture as a browser shows it, in whatever face the machine has."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from audio.timeline import Slot
from feeds.picture.rows import ChapterMark, Music, Row, Said
from tests.drawn import drawn, plain_row, quieter

pytestmark = pytest.mark.slow

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

OVERLAPS = """() => {
  const texts = [...document.querySelectorAll("text")].filter(text => text.textContent)
  const boxes = texts.map(text => [text.textContent, text.getBoundingClientRect()])
  const found = []
  boxes.forEach(([one, a], place) => boxes.slice(place + 1).forEach(([other, b]) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
    if (wide > 1 && high > 5) found.push(`${one} / ${other}`)
  }))
  return found
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def crowded(number: int) -> Row:
    """A row with more to say than there is room for."""
    row = plain_row(number, 300.0 + number, "A very long headline indeed, with much to say about it " * 4)
    chapters = tuple(ChapterMark(f"Chapter {place}: what came of it", 11.0 * place**1.3) for place in range(12))
    music = tuple(Music(list(Slot)[place % 5], 9.0 * place**1.4, 9.0 * place**1.4 + 5) for place in range(11))
    speech = tuple(Said("en", f"en_US-voice-{place}-medium", 20.0 * place, 20.0 * place + 15) for place in range(6))
    full = replace(row, chapters=chapters, jingles=music, speech=(*row.speech, *speech))
    return quieter(full, 0.7 * (number % 5))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_words_lie_over_others(browser: Browser, tmp_path: Path, language: str) -> None:
    """In a crowded picture of both languages, with a programme, every word stands clear and inside the sheet."""
    programme = plain_row(0, 3000, "May")
    estimate = replace(crowded(6), measured=None)
    file = tmp_path / "picture.svg"
    file.write_bytes(drawn(programme, *map(crowded, range(1, 6)), estimate, language=language).picture.svg())
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    page.goto(file.as_uri())
    assert page.evaluate(OVERLAPS) == []
    edges = "() => [...document.querySelectorAll('text')].map(text => text.getBoundingClientRect())"
    boxes: list[Any] = page.evaluate(f"() => ({edges})().map(box => [box.left, box.right])")
    assert min(left for left, _ in boxes) >= 0
    assert max(right for _, right in boxes) <= 1100
    page.close()


@pytest.mark.parametrize(("scheme", "media", "paper"), [
    ("light", "screen", "rgb(255, 255, 255)"),
    ("dark", "screen", "rgb(21, 25, 29)"),
    ("dark", "print", "rgb(255, 255, 255)"),
])  # fmt: skip
def test_paper_is_dark_only_on_a_dark_screen(
    browser: Browser, tmp_path: Path, scheme: Any, media: Any, paper: str
) -> None:
    """The ground and the languages' colours follow the reader's screen; in print they are the light ones."""
    file = tmp_path / "picture.svg"
    file.write_bytes(drawn(plain_row()).picture.svg())
    page = browser.new_page(color_scheme=scheme)
    page.goto(file.as_uri())
    page.emulate_media(media=media)
    assert page.evaluate("() => getComputedStyle(document.querySelector('.paper')).fill") == paper
    page.close()


def test_a_screen_reader_finds_an_image_with_name_and_description(browser: Browser, tmp_path: Path) -> None:
    """The browser's own tree of accessibility has the title as the image's name."""
    file = tmp_path / "picture.svg"
    file.write_bytes(drawn(plain_row()).picture.svg())
    page = browser.new_page()
    page.goto(file.as_uri())
    assert page.get_by_role("img", name="The Quay · May 2026").count() == 1
    page.close()
