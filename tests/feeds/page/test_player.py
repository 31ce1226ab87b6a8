"""The listening page in Chromium, with real MP3 files."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from feeds.reading import Word
from tests.listening_page import PLAYING, seek, start, until

pytestmark = pytest.mark.slow

MARKED = "document.querySelector('.w.now')?.textContent ?? null"
TIME = "document.querySelector('#sound').currentTime"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def open_page(context: BrowserContext) -> Callable[..., Page]:
    """A function that opens an address; the page's own errors and refusals are collected in `page.troubles`."""

    def open_at(address: str) -> Page:
        page = context.new_page()
        page.troubles = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.troubles.append(str(error)))  # type: ignore[attr-defined]
        page.on("console", lambda message: page.troubles.append(message.text))  # type: ignore[attr-defined]
        page.goto(address)
        return page

    return open_at


@pytest.fixture
def page(open_page: Callable[..., Page], published: Any) -> Page:
    """The issue's page, from the disk."""
    return open_page(published.issue.as_uri())


def word_at(words: list[Word], time: float) -> str:
    return [word for word in words if word.start_s <= time][-1].text


def words(published: Any, number: int) -> list[Word]:
    return [word for sentence in published.readings[number].sentences for word in sentence.words]


@pytest.mark.parametrize("number", [0, 1])
def test_the_marked_word_is_the_one_that_is_heard(page: Page, published: Any, number: int) -> None:
    """At the middle of every word that word is marked and no other; before the first, none."""
    start(page, number)
    seek(page, 0.5)
    assert page.evaluate(MARKED) is None
    for word in words(published, number):
        seek(page, (word.start_s + word.end_s) / 2)
        assert page.evaluate(MARKED) == word.text
        assert page.locator(".w.now").count() == 1
    assert page.troubles == []  # type: ignore[attr-defined]


def test_while_it_plays_the_mark_keeps_up(page: Page, published: Any) -> None:
    """Looked at again and again while the sound runs, the mark is never 80 ms away from the sound's own time."""
    start(page)
    heard = words(published, 0)
    for _ in range(25):
        page.wait_for_timeout(120)
        marked, time = page.evaluate(f"[{MARKED}, {TIME}]")
        near = {word_at(heard, max(time - early, heard[0].start_s)) for early in (0.0, 0.04, 0.08)}
        assert marked is None if time < heard[0].start_s else marked in near, time


def test_a_click_on_a_word_is_heard_from_there(page: Page, published: Any) -> None:
    """Words of both articles, plain, foreign and behind an emoji: the sound starts within 80 ms of each."""
    for number, texts in ((0, ("1,234", "langue", "harm", "412", "noon,")), (1, ("parle", "mend"))):
        for text in texts:
            word = next(each for each in words(published, number) if each.text.startswith(text))
            element = (
                page.locator("article").nth(number).locator(".w", has_text=re.compile(f"^{re.escape(word.text)}$"))
            )
            page.evaluate("document.querySelector('#sound').pause()")
            page.locator("article").nth(number).scroll_into_view_if_needed()
            until(page, "n => !!document.querySelectorAll('article')[n].querySelector('.w')", number)
            page.evaluate(
                "window.from = null; document.querySelector('#sound').addEventListener('playing', "
                "event => { window.from = event.target.currentTime; }, { once: true })"
            )
            element.first.click()
            until(page, "window.from !== null")
            assert abs(page.evaluate("window.from") - word.start_s) < 0.08, text
            assert published.episodes[number].path.rpartition("/")[2] in page.evaluate("sound.src")


def test_keys_drive_the_player(page: Page) -> None:
    """Space and K play and pause, the arrows go 5 s, J and L 15 s; a field being typed in is left alone."""
    start(page)
    page.locator("#sound").evaluate("sound => { sound.pause(); sound.currentTime = 20; }")
    page.evaluate("document.activeElement.blur()")
    for key, time in (("ArrowRight", 25), ("ArrowLeft", 20), ("l", 35), ("j", 20), ("J", 5)):
        page.keyboard.press(key)
        assert page.evaluate(TIME) == pytest.approx(min(time, page.evaluate("sound.duration - 0.05")), abs=0.1), key
    for key, paused in ((" ", False), ("k", True), ("K", False), (" ", True)):
        page.keyboard.press(key)
        until(page, "paused => document.querySelector('#sound').paused === paused", paused)
    page.evaluate("document.body.append(document.createElement('textarea'))")
    page.locator("textarea").focus()
    page.keyboard.type("jkl ")
    assert page.locator("textarea").input_value() == "jkl "
    assert page.evaluate("sound.paused")


def test_keys_can_be_turned_off(page: Page) -> None:
    """Whoever speaks to the computer, or hits keys by accident, can do without them (WCAG 2.1.4); it is remembered."""
    start(page)
    page.locator("#more").click()
    page.locator("#keys").uncheck()
    page.evaluate("sound.pause(); document.activeElement.blur()")
    page.keyboard.press("k")
    page.wait_for_timeout(100)
    assert page.evaluate("sound.paused")
    page.reload()
    assert not page.locator("#keys").is_checked()


def test_words_are_reached_by_keyboard(page: Page, published: Any) -> None:
    """One word of each article is in the Tab order; the arrows lead from it, and Enter is heard from there."""
    page.locator("article").first.scroll_into_view_if_needed()
    until(page, "!!document.querySelector('article .w')")
    assert page.locator("article").first.locator(".w[tabindex='0']").count() == 1
    page.locator("article").first.locator(".w[tabindex='0']").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "It"
    page.keyboard.press("Enter")
    until(page, PLAYING)
    word = next(each for each in words(published, 0) if each.text == "It")
    assert page.evaluate(TIME) == pytest.approx(word.start_s, abs=0.3)
    assert page.locator("article").first.locator(".w[tabindex='0']").count() == 1


def test_place_and_speed_are_remembered(page: Page) -> None:
    """After a reload the player is back at the article, the place and the speed; the edition's page leads there."""
    start(page, 1)
    page.locator("#speed").select_option("1.5")
    seek(page, 3.2)
    page.reload()
    until(page, "!document.querySelector('#player').hidden")
    assert page.locator("#title").text_content() == "Le marché du samedi"
    assert page.locator("#passed").text_content() == "0:03"
    assert page.locator("#listen").text_content().strip() == "Continue listening"
    page.locator("#play").click()
    until(page, PLAYING)
    assert 3.1 < page.evaluate(TIME) < 8  # it plays on while this is asked, for longer on a busy machine
    assert page.evaluate("sound.playbackRate") == 1.5
    page.locator(".publication a").click()
    page.locator("#resume").click()
    until(page, "document.querySelector('#title')?.textContent === 'Le marché du samedi'")  # once it is loaded
    assert page.troubles == []  # type: ignore[attr-defined]


def test_a_link_leads_to_a_moment(open_page: Callable[..., Page], published: Any) -> None:
    """`#guid&t=…` opens an article at a second, without starting the sound."""
    guid = published.episodes[1].guid
    page = open_page(f"{published.issue.as_uri()}#{guid}&t=3.5")
    until(page, "!document.querySelector('#player').hidden")
    assert page.locator("#passed").text_content() == "0:03"
    assert page.evaluate(MARKED) == word_at(words(published, 1), 3.5)
    assert page.evaluate("sound.paused")
    page.evaluate(f"location.hash = '{published.episodes[0].guid}&t=8'")
    until(page, "document.querySelector('#passed').textContent === '0:08'")


def test_buttons_chapters_and_the_next_article(page: Page, published: Any) -> None:
    """15 s back and forward, a chapter by its name, and at the end of an article the next one goes on by itself."""
    start(page)
    seek(page, 4)
    page.locator("#forward").click()
    assert page.evaluate(TIME) == pytest.approx(19, abs=0.1)
    page.locator("#back").click()
    assert page.evaluate(TIME) == pytest.approx(4, abs=0.1)
    page.locator("#more").click()
    page.locator("#chapters button").nth(1).click()
    assert page.evaluate(TIME) == pytest.approx(published.episodes[0].chapters[1][1], abs=0.3)
    assert page.locator("#chapter").text_content() == "A second chance"
    session = page.evaluate("[navigator.mediaSession.metadata.title, navigator.mediaSession.metadata.album]")
    assert session == [published.episodes[0].title, "April 2023, The Quay"]
    page.evaluate("sound.currentTime = sound.duration - 0.2; sound.play()")
    until(page, "document.querySelector('#title')?.textContent === 'Le marché du samedi'")  # once it is loaded
    until(page, PLAYING)


def test_the_text_follows_until_the_reader_leaves(browser: Browser, published: Any) -> None:
    """The marked word stays in sight; a reader who scrolls away is left alone, and led back by a button."""
    context = browser.new_context(viewport={"width": 375, "height": 500}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(published.issue.as_uri())
    start(page)
    seek(page, words(published, 0)[-3].start_s + 0.05)
    until(
        page,
        "(() => { const box = document.querySelector('.now.w').getBoundingClientRect();"
        "return box.top >= 0 && box.bottom < document.querySelector('#player').getBoundingClientRect().top })()",
    )
    assert page.locator("#return").is_hidden()
    page.evaluate("sound.currentTime = 2; sound.play()")
    until(page, PLAYING)
    page.wait_for_timeout(1400)
    page.mouse.move(100, 100)
    page.mouse.wheel(0, 1500)
    page.wait_for_timeout(300)
    place = page.evaluate("scrollY")
    page.wait_for_timeout(1200)
    assert page.evaluate("scrollY") == place
    assert page.locator("#return").is_visible()
    page.locator("#return").click()
    page.wait_for_timeout(300)
    assert page.locator("#return").is_hidden()
    assert page.evaluate("document.querySelector('.w.now').getBoundingClientRect().top") < 500
    context.close()


def test_nothing_is_fetched_from_elsewhere(context: BrowserContext, address: str, published: Any) -> None:
    """Below a path of a server the page works, remembers, and asks no other host for anything."""
    asked: list[Request] = []
    context.on("request", lambda request: asked.append(request))
    page = context.new_page()
    page.goto(address + "2023-04/index.html")
    start(page)
    seek(page, words(published, 0)[4].start_s + 0.02)
    assert page.evaluate(MARKED) == words(published, 0)[4].text
    page.goto(address + "index.html")
    assert page.locator("#resume").is_visible()
    assert asked
    assert {request.url for request in asked if not request.url.startswith(address)} <= {
        address.removesuffix("public/") + "favicon.ico"
    }


def test_links_into_apps_lead_to_where_the_page_is(open_page: Callable[..., Page], address: str) -> None:
    """On a preview the addresses are the preview's own, and a QR code that leads elsewhere is not shown."""
    page = open_page(address + "2023-04/index.html")
    assert page.locator("#address").text_content() == address + "2023-04/feed.xml"
    bare = address.removeprefix("http://") + "2023-04/feed.xml"
    assert page.locator("a", has_text="Apple Podcasts").get_attribute("href") == "podcast://" + bare
    assert page.locator(".qr").is_hidden()


def test_from_the_disk_links_lead_to_where_it_will_be(page: Page) -> None:
    """A page on a disk has no address of its own: its links and its QR code are the published ones."""
    assert page.locator("#address").text_content() == "https://example.org/audio/2023-04/feed.xml"
    assert page.locator("a", has_text="AntennaPod").get_attribute("href") == (
        "antennapod-subscribe://example.org/audio/2023-04/feed.xml"
    )
    assert page.locator(".qr svg").is_visible()


def test_without_script_everything_can_be_heard_and_read(browser: Browser, published: Any) -> None:
    """Each article has a player of the browser's own and its whole text; what needs a script is not there."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(published.issue.as_uri())
    assert page.locator("article audio[controls]:visible").count() == 3
    assert page.locator("button:visible").count() == 0
    page.locator("details.files summary").nth(1).click()
    assert page.locator("article").nth(1).locator("details.files a:visible").count() == 5
    for number, reading in enumerate(published.readings):
        shown = " ".join(page.locator("article").nth(number).inner_text().split())
        for sentence in reading.sentences:
            assert " ".join(sentence.written.split()) in shown
    context.close()


def test_files_for_programs_are_saved(browser: Browser, published: Any, address: str) -> None:
    """Without a script, too: the captions and the other formats arrive byte for byte, each under its own name."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}2023-04/")
    page.locator("details.files summary").nth(1).click()
    for link in page.locator("article").nth(1).locator("details.files a[download]").all():
        with page.expect_download() as download:
            link.click()
        file = published.issue.parent / unquote(link.get_attribute("href"))
        assert download.value.suggested_filename == file.name
        assert download.value.path().read_bytes() == file.read_bytes()
    context.close()


def test_the_transcript_to_read_opens_as_a_page(page: Page, published: Any) -> None:
    """In the browser, from the disk too: it is text for people, and no file for a program."""
    page.locator("details.files summary").first.click()
    page.locator("details.files a").first.click()
    page.wait_for_url("**/transcripts/*.html")
    assert published.readings[0].sentences[2].written in page.locator("body").inner_text()


def test_whatever_the_page_links_to_is_there(page: Page, published: Any) -> None:
    """Every relative address on the page, the feeds of single languages among them, is a file in public/."""
    addresses = page.evaluate(
        """[...document.querySelectorAll("[href], [src]")]
        .map(each => each.getAttribute("href") ?? each.getAttribute("src"))
        .filter(address => address && !/^[a-z-]+:|^#/.test(address))"""
    )
    assert {"feed.xml", "feed.en.xml", "feed.fr.xml"} <= set(addresses)
    for address in addresses:
        assert (published.issue.parent / unquote(address)).exists(), address


def test_hostile_text_stays_text(page: Page, published: Any) -> None:
    """A headline and a paragraph full of markup are shown as they are, before and after their words are marked."""
    article = page.locator("article").nth(2)
    article.scroll_into_view_if_needed()
    until(page, "!!document.querySelectorAll('article')[2].querySelector('.w')")
    start(page, 2)
    for sentence in published.readings[2].sentences:
        assert " ".join(sentence.written.split()) in " ".join(article.inner_text().split())
    assert article.locator("img, svg:not(.icon), script").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert "<script>" in page.locator("#title").text_content()
    assert page.troubles == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", ["issue", "transcript"])
def test_nothing_in_an_article_is_ever_run(browser: Browser, published: Any, address: str, path: str) -> None:
    """Scripts, handlers and javascript: addresses in its Markdown are text, even where no policy is in their way."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    transcript = next(file.path for file in published.episodes[2].transcripts if file.mime_type == "text/html")
    page.goto(address + ("2023-04/" if path == "issue" else transcript))
    if path == "issue":
        start(page, 2)
        page.locator("#more").click()
    assert "onerror=" in page.locator("body").inner_text()  # the article is there
    page.evaluate(
        "document.querySelectorAll('main a, body > a, p a').forEach(link => /script:/i.test(link.href) && link.click())"
    )
    page.wait_for_timeout(200)
    assert (page.evaluate("window.hacked ?? null"), dialogs) == (None, [])
    assert page.locator("iframe, [onerror], [onload], a[href^='javascript' i]").count() == 0
    context.close()


def test_the_policy_alone_stops_what_would_run(open_page: Callable[..., Page], published: Any) -> None:
    """Had a script, a handler or an address got into the page all the same, the browser would refuse each of them."""
    html = published.issue.read_text(encoding="utf-8")
    bad = (
        "<script>window.hacked = 'script'</script><img src=x onerror=\"window.hacked = 'onerror'\">"
        "<a id=bad href=\"javascript:window.hacked='link'\">x</a><style>body { color: red; }</style>"
        "<script src='https://example.org/x.js'></script><form id=form action='https://example.org/'></form>"
    )
    copy = published.issue.with_name("bad.html")
    copy.write_text(html.replace("<main", bad + "<main"), encoding="utf-8")
    try:
        page = open_page(copy.as_uri())
        page.evaluate("document.getElementById('bad').click()")
        page.wait_for_timeout(200)
        assert page.evaluate("window.hacked ?? null") is None
        refused = [trouble for trouble in page.troubles if "Content Security Policy" in trouble]  # type: ignore[attr-defined]
        assert len(refused) >= 5
    finally:
        copy.unlink()


def test_every_character_stays_when_words_are_marked(page: Page, published: Any) -> None:
    """Cutting a sentence into words changes nothing of its text, emoji and foreign words included."""
    before = page.locator("main").inner_text()
    for number in range(3):
        start(page, number)
    assert page.locator("main").inner_text().replace("Pause", "Listen") == before
    for number, reading in enumerate(published.readings):
        shown = page.locator("article").nth(number).locator(".w").all_text_contents()
        assert shown == [word.text for sentence in reading.sentences for word in sentence.words]
