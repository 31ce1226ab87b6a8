"""A reading with everything that a transcript can stumble over."""

from pathlib import Path

import pytest

from feeds.reading import Reading
from tests.narration import Narration, narrate
from voices.voice import Clip

TEXT = """\
+++
headline = 'Fish & chips \\<b>, 1 --> 2'
+++

The dockers called it [la langue du diable]{lang=fr}, the devil’s tongue, and nobody has dared to move it since the
summer of 1931, when its keeper, who is said to have held back the hands of the clock, went away — for good.

::: {.caption lang=fr}
Le port : « Oui ! »
:::

He wrote \u202eesrever\u202c and 3 May 2026; {{not a template}} it said. \u200eLast.
"""


@pytest.fixture
def narration(tmp_path: Path) -> Narration:
    return narrate(tmp_path, TEXT)


@pytest.fixture
def reading(narration: Narration) -> Reading:
    return narration.reading


@pytest.fixture
def guessed(tmp_path: Path) -> Reading:
    """The same from a voice that gives no times."""
    return narrate(tmp_path, TEXT, change=lambda clip: Clip(clip.pcm, clip.sample_rate)).reading


@pytest.fixture
def printed(reading: Reading) -> str:
    """What every transcript shows, on one line."""
    text = " ".join(paragraph.text for paragraph in reading.paragraphs)
    return " ".join(text.replace("\u202e", "").replace("\u202c", "").split())
