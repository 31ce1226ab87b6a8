"""Pages as they are published, with sound, and the browser that opens them."""

import functools
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from feeds.beside import with_files
from feeds.episode import Enclosure, Episode, episode_guid, publication_times
from feeds.page.assets import page_assets
from feeds.page.render import Download, EditionPage, IssuePage, VoiceCredit, render_edition_page, render_issue_page
from feeds.reading import Reading
from feeds.shelf import IssueCard
from tests.narration import mp3_of, narrate

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

RAW = """\
<script>window.hacked = "a block"</script>

Before <script>window.hacked = "inline"</script> after. A picture: <img src="x" onerror="window.hacked = 'onerror'">

[A link](javascript:window.hacked="a-link"), <javascript:window.hacked=1>, ![an image](javascript:window.hacked=2)

<svg onload="window.hacked = 'svg'"><a href="javascript:window.hacked='raw'">a raw link</a></svg>

<iframe srcdoc="<script>parent.hacked = 'iframe'</script>"></iframe>
"""

HOSTILE = (
    "</span></p><script>alert(1)</script><img src=x onerror=alert(1)> "
    '[x](javascript:alert(1)) "--><svg onload=alert(1)>'
)

ARTICLES = {
    "01-harbour.en": """\
+++
kicker = "Town"
headline = "The Harbour & the “Night” Boat"
standfirst = "It leaves at dawn."
byline = "By Jane Doe"
+++

The first boat left on 3 May 2026 with 1,234 crates. The dockers call it [la langue du diable]{lang=fr}, and nobody
moves it. Emoji 🎣 do no harm here.

::: {.caption lang=fr}
Le port, à 14h30 : « Oui ! »
:::

## A second chance

Prices rose 5% in a year. Nobody on the quay was surprised, and nobody on the boats could say why it took so long.

- A second boat.
- A later hour.

> “We were never late. The clock was early.”

| Boat   | Crates |
|--------|-------:|
| Sirène |    412 |

The last one comes back at noon, when the market is over and the gulls have gone to sleep on the roofs of the town.
""",
    "02-marche.fr": """\
+++
headline = "Le marché du samedi"
+++

On y vend de tout. On y parle surtout, et l’on compte les points en anglais : [mend it]{lang=en}, dit-on ici.
""",
    "03-hostile.en": f"""\
+++
headline = '{HOSTILE.replace("<", chr(92) + "<")}'
+++

Before {HOSTILE.replace("<", chr(92) + "<").replace("[", chr(92) + "[")} after.

{RAW}
""",
}


@dataclass(frozen=True)
class Published:
    """An edition's `public/` and what is in its issue."""

    public: Path
    episodes: tuple[Episode, ...]
    readings: tuple[Reading, ...]

    @property
    def issue(self) -> Path:
        """The issue's page."""
        return self.public / "2023-04" / "index.html"


def episode_of(name: str, number: int, reading: Reading, size_bytes: int) -> Episode:
    slug, language = name[3:].split(".")
    heard = [paragraph for paragraph in reading.paragraphs if paragraph.kind in ("headline", "heading")]
    return Episode(
        guid=episode_guid("quay", "2023-04", slug, language),
        title=heard[0].text,
        description="",
        language=language,
        number=number,
        published=publication_times(date(2023, 4, 1), 3)[number - 1],
        path=f"2023-04/episodes/{name}.mp3",
        size_bytes=size_bytes,
        duration_s=reading.seconds,
        author="By Jane Doe",
        chapters=tuple((each.text, each.sentences[0].start_s if place else 0.0) for place, each in enumerate(heard)),
    )


def with_other_formats(episode: Episode) -> Episode:
    stem = episode.path.removesuffix(".mp3")
    others = (("m4a", "audio/mp4", 900_001), ("opus", "audio/ogg", 500_002))
    return replace(
        episode, alternates=tuple(Enclosure(f"{stem}.{end}", size, kind, 64, "1a" * 32) for end, kind, size in others)
    )


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """An issue of three articles read by the tone voice, in a folder whose name needs encoding."""
    root = tmp_path_factory.mktemp("édition # 1")
    public = root / "public"
    (public / "2023-04" / "episodes").mkdir(parents=True)
    episodes, readings = [], []
    for number, (name, text) in enumerate(ARTICLES.items(), 1):
        narration = narrate(root, text, name)
        sound = mp3_of(narration.pcm)
        episode = with_other_formats(episode_of(name, number, narration.reading, len(sound)))
        episode, beside = with_files(episode, narration.reading, "2023-04", "The Quay")
        beside |= {episode.path: sound} | {other.path: b"sound" for other in episode.alternates}
        for path, data in beside.items():
            (public / path).parent.mkdir(exist_ok=True)
            (public / path).write_bytes(data)
        readings.append(narration.reading)
        episodes.append(episode)
    feeds = {"feed.xml", "2023-04/feed.xml", "2023-04/feed.en.xml", "2023-04/feed.fr.xml", "2023-04/issue.epub"}
    for path in feeds:
        (public / path).write_bytes(b"<rss/>")
    Image.new("RGB", (300, 300), "#c8392b").save(public / "2023-04" / "cover.jpg")
    page = IssuePage(
        publication="The Quay",
        title="April 2023",
        date=date(2023, 4, 1),
        description="Harbour and market.",
        language="en",
        path="2023-04/index.html",
        feed="2023-04/feed.xml",
        home="index.html",
        cover="2023-04/cover.jpg",
        episodes=tuple(episodes),
        credits=(VoiceCredit("joe", "en", "Joe, recorded for Piper", "CC0"),),
        readings=tuple(readings),
        feed_url="https://example.org/audio/2023-04/feed.xml",
        page_url="https://example.org/audio/2023-04/",
        downloads=(Download("epub", "2023-04/issue.epub", 345_000),),
        language_feeds=(("en", "2023-04/feed.en.xml"), ("fr", "2023-04/feed.fr.xml")),
    )
    card = IssueCard("2023-04", "April 2023", date(2023, 4, 1), "2023-04/cover.jpg", 3, 60.0)
    home = EditionPage(
        publication="The Quay",
        description="Of the harbour.",
        language="en",
        path="index.html",
        issues=(card, replace(card, title="March 2023")),
        feed="feed.xml",
        feed_url="https://example.org/audio/feed.xml",
        page_url="https://example.org/audio/",
    )
    for folder in (public, public / "2023-04"):
        (folder / "assets").mkdir()
        for asset in page_assets():
            (folder / "assets" / asset.name).write_bytes(asset.data)
    (public / "2023-04" / "index.html").write_text(render_issue_page(page), encoding="utf-8")
    (public / "index.html").write_text(render_edition_page(home), encoding="utf-8")
    return Published(public, tuple(episodes), tuple(readings))


@pytest.fixture
def issue_page(episodes: tuple[Episode, ...]) -> IssuePage:
    return IssuePage(
        publication="The Quay",
        title="April 2023",
        date=date(2023, 4, 1),
        description="The harbour vote & more.",
        language="en",
        path="2023-04/index.html",
        feed="2023-04/feed.xml",
        home="index.html",
        cover="2023-04/cover.0123456789.jpg",
        episodes=episodes,
        credits=(
            VoiceCredit("joe", "en", "Joe, recorded for Piper, https://example.org/joe", "CC0"),
            VoiceCredit("siwis", "fr", "SIWIS", ""),
        ),
        feed_url="https://example.org/audio/2023-04/feed.xml",
        page_url="https://example.org/audio/2023-04/",
        downloads=(Download("epub", "2023-04/issue.epub", 1_500_000), Download("opml", "opml.xml")),
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, with sound allowed to start by itself."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        allowed = ["--no-sandbox", "--disable-background-networking", "--autoplay-policy=no-user-gesture-required"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=allowed)
        yield browser
        browser.close()


class Ranges(SimpleHTTPRequestHandler):
    """A file server that can give parts of a file, as players ask for them, and keeps no log."""

    def send_head(self):  # type: ignore[no-untyped-def]
        """The file, or the part of it that was asked for."""
        asked = self.headers.get("Range", "").removeprefix("bytes=").partition("-")
        path = Path(self.translate_path(self.path))
        if not asked[1] or not path.is_file():
            return super().send_head()
        size = path.stat().st_size
        first = int(asked[0])
        last = min(int(asked[2] or size - 1), size - 1)
        self.send_response(206)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
        self.send_header("Content-Length", str(last - first + 1))
        self.end_headers()
        self.wfile.write(path.read_bytes()[first : last + 1])
        return None

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(published: Published) -> Iterator[str]:
    """Where `public/` is served: on this computer, below a path."""
    serve = functools.partial(Ranges, directory=published.public.parent)
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/public/"
        server.shutdown()
        thread.join()
