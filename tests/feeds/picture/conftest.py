"""A bilingual article as a finished track."""

from datetime import date
from pathlib import Path

import pytest

from articles.segments import Segment
from audio.jingle import Jingles, open_jingles
from audio.score import Part
from audio.sound import Sound
from audio.track import Tags, Track, produce
from tests.narration import segments_of
from voices.clips import ClipStore
from voices.take import Take
from voices.tone import ToneVoice
from voices.voice import Delivery

SOUND = Sound(bed="", language="", programme=False)

TEXT = """\
+++
headline = "The Night & the <Boat>"
standfirst = "It leaves at dawn, and nobody sees it go."
+++

The first boat left with a thousand crates, and the dockers were glad of it.

::: {lang=fr}
Les dockers chantaient sur le quai, et personne ne dormait encore.
:::

## What the captain said

He said nothing at all, and went below.
"""


class Recorded:
    """The article as a score of one part, the jingles it is dressed with, and its track."""

    def __init__(self, folder: Path) -> None:
        self.store = ClipStore(folder / "clips")
        self.jingles: Jingles = open_jingles(SOUND, folder)
        takes = tuple(self._take(segment) for segment in segments_of(folder, TEXT, "01-boat.en"))
        self.score = (Part(takes, "The Night & the <Boat>", "en"),)
        tags = Tags("The Night", "The Quay", "May", 1, "en", date(2026, 5, 1))
        self.track: Track = produce(
            self.score, self.store, SOUND, self.jingles, tags, folder / "out", "01-boat", folder / "scratch"
        )

    def _take(self, segment: Segment) -> Take:
        voice = ToneVoice("tone", segment.language, "tone")
        key = f"{segment.index:064x}"
        self.store.write(key, voice.speak(segment.spoken, Delivery(), 0))
        return Take(segment, voice.name, key)


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    """The article, made once."""
    return Recorded(tmp_path_factory.mktemp("recorded"))
