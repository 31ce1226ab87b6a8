"""An article of the example edition, spoken by the real voices, measured, and fetched by real podcast clients."""

import json
import shutil
import urllib.request
from collections.abc import Callable
from pathlib import Path

import av
import feedparser
import numpy as np
import podcastparser
import pyloudnorm
import pytest
from mutagen.id3 import ID3

from tests.clients import GPO, gpo
from vivavoce.cli import run
from voices.load import LoadableVoice

EXAMPLES = Path(__file__).parents[2] / "examples"
ARTICLE = "01-ice-house.en.md"

pytestmark = [pytest.mark.slow, pytest.mark.real_voice]


def decoded(path: Path) -> tuple[np.ndarray, int]:
    """The file's samples as a player hears them, mono, and their rate in Hz."""
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray() for frame in container.decode(audio=0)]
        rate = container.streams.audio[0].rate
    return np.concatenate(frames, axis=1).mean(axis=0), rate


def longest_silence_s(pcm: np.ndarray, rate: int) -> float:
    """The longest stretch, in seconds, in which no 20 ms are louder than -60 dB below full scale."""
    step = rate // 50
    blocks = pcm[: len(pcm) // step * step].reshape(-1, step)
    quiet = np.sqrt(np.mean(blocks**2, axis=1)) < 10 ** (-60 / 20)
    longest = run_length = 0
    for silent in quiet:
        run_length = run_length + 1 if silent else 0
        longest = max(longest, run_length)
    return longest / 50


@pytest.fixture
def built(
    real_voice: Callable[[str], LoadableVoice],
    served: tuple[Path, str],
    capsys: pytest.CaptureFixture[str],
) -> tuple[Path, str]:
    """`public/` with one built article, and the address of its feed on this computer."""
    for name in ("en_US-joe-medium", "ff_siwis"):
        real_voice(name)
    public, url = served
    root = public.parent
    (root / "issues" / "2026-11").mkdir(parents=True)
    for name in (ARTICLE, "issue.toml"):
        shutil.copy(EXAMPLES / "issues" / "2026-11" / name, root / "issues" / "2026-11")
    settings = (EXAMPLES / "edition.toml").read_text(encoding="utf-8")
    assert "http://localhost:8000/" in settings
    (root / "edition.toml").write_text(settings.replace("http://localhost:8000/", url), encoding="utf-8")
    assert run(["build", "-C", str(root)]) == 0, capsys.readouterr().err
    return public, url + "2026-11/feed.xml"


def test_an_article_is_a_listenable_episode_that_clients_take(built: tuple[Path, str], tmp_path: Path) -> None:
    """The caption is read by the French voice, the sound is as loud as promised, never clipped nor silent for long.

    What was fetched by feedparser, podcastparser and gPodder is the very file, under its own name.
    """
    public, feed_url = built
    facts = json.loads((public / "2026-11" / "build.json").read_text(encoding="utf-8"))
    (episode,) = facts["episodes"]
    assert episode["voices"] == ["en_US-joe-medium", "ff_siwis"]
    path = public / episode["path"]

    pcm, rate = decoded(path)
    assert abs(len(pcm) / rate - episode["seconds"]) < 0.01
    assert 90 < episode["seconds"] < 180
    assert abs(pyloudnorm.Meter(rate).integrated_loudness(pcm) + 16) <= 0.5
    assert np.abs(pcm).max() < 10 ** (-1 / 20)
    assert longest_silence_s(pcm, rate) < 2

    tags = ID3(path)
    assert str(tags["TIT2"]) == episode["title"]
    assert tags.getall("APIC")[0].mime == "image/jpeg"
    assert [str(chapter.sub_frames["TIT2"]) for chapter in tags.getall("CHAP")] == [
        "The Ice House Opens Its Doors Again",
        "Cold walls, warm welcome",
    ]

    xml = urllib.request.urlopen(feed_url, timeout=10).read()
    (entry,) = feedparser.parse(xml).entries
    (parsed,) = podcastparser.parse(feed_url, urllib.request.urlopen(feed_url, timeout=10))["episodes"]
    (enclosure,) = entry.enclosures
    assert entry.title == parsed["title"] == episode["title"]
    assert entry.id == parsed["guid"] == episode["guid"]
    assert enclosure.href == parsed["enclosures"][0]["url"]
    assert int(enclosure.length) == parsed["enclosures"][0]["file_size"] == path.stat().st_size
    assert urllib.request.urlopen(enclosure.href, timeout=10).read() == path.read_bytes()

    if GPO is None:
        pytest.skip("all but gPodder was checked: gpo is not installed (Debian package gpodder)")
    gpo(tmp_path, "subscribe", feed_url)
    gpo(tmp_path, "download")
    (arrived,) = (tmp_path / "downloads").rglob("*.mp3")
    assert arrived.read_bytes() == path.read_bytes()
