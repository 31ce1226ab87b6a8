"""Transcripts as a browser reads them."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from feeds.reading import Reading
from feeds.transcripts.cues import cues_of
from feeds.transcripts.vtt import render_vtt

pytestmark = pytest.mark.slow

CUES = """async () => {
  const track = document.querySelector("track");
  track.track.mode = "hidden";
  if (track.readyState < 2) await new Promise((done, fail) => { track.onload = done; track.onerror = fail; });
  return [...track.track.cues].map(cue => {
    const tree = cue.getCueAsHTML();
    return { start: cue.startTime, end: cue.endTime, text: tree.textContent,
             voices: [...tree.querySelectorAll("[title]")].map(each => each.title),
             languages: [...tree.querySelectorAll("[lang]")].map(each => each.lang) };
  });
}"""


def test_chromium_reads_every_cue(browser: Browser, address: str, published: Any) -> None:
    """The browser's own WebVTT parser finds each cue with its times, text, voice and foreign words."""
    root = published.public
    page = browser.new_page()
    for number, reading in enumerate(published.readings):
        (root / f"{number}.vtt").write_text(render_vtt(reading), encoding="utf-8")
        html = f'<!doctype html><video><track default src="{number}.vtt"></video>'
        (root / f"{number}.html").write_text(html, encoding="utf-8")
        page.goto(f"{address}{number}.html")
        found = page.evaluate(CUES)
        wanted = cues_of(reading)
        assert len(found) == len(wanted)
        for cue, want in zip(found, wanted, strict=True):
            assert (cue["start"], cue["end"]) == (pytest.approx(want.start_s), pytest.approx(want.end_s))
            assert cue["text"] == "\n".join(" ".join(unit.text for unit in line) for line in want.lines)
            assert set(cue["voices"]) <= {"tone-en", "tone-fr"}
        assert printed_of(reading) == " ".join(" ".join(cue["text"] for cue in found).split())
        other = {"en": "fr", "fr": "en"}[reading.language]
        assert {language for cue in found for language in cue["languages"]} <= {other}
    page.close()


def printed_of(reading: Reading) -> str:
    return " ".join(" ".join(paragraph.text for paragraph in reading.paragraphs).split())
