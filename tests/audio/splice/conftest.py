"""A short programme, and what makes its files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from articles.issue import BlockKind
from audio.containers import Container
from audio.jingle import Jingles, open_jingles
from audio.score import Part, Score
from audio.sound import Sound
from audio.splice.programme import produce_programme
from audio.splice.shelf import Shelf
from audio.track import Track
from tests.audio.tracks import SOUND, TAGS, bilingual, padded

CONTAINERS = (Container.MP3, Container.M4B)

LOOSE = Sound(loudness_tolerance_lu=2.0)
"""In so short a programme much is music and pauses: at the usual tolerance all parts are made a second time, louder."""


@pytest.fixture
def article(recorder: Any, speech: Callable[..., np.ndarray]) -> Any:
    """A bilingual article."""
    return bilingual(recorder, speech)


@pytest.fixture(scope="session")
def jingles() -> Jingles:
    """The ones that ship."""
    return open_jingles(SOUND, Path("/nowhere"))


@pytest.fixture
def issue(article: Any, speech: Callable[..., np.ndarray]) -> Score:
    """A programme of an opening, the article, another one and a close."""
    takes = tuple(article.takes)
    opening = article.record(padded(speech(1.1, 0.2, seed=11)), written="The Gazette.")
    others = [article.record(padded(speech(1.3, 0.2, seed=seed)), BlockKind.HEADLINE) for seed in (12, 13)]
    return (
        Part((opening,), "Opening", "en"),
        Part(takes, "The harbour wakes", "en"),
        Part((others[0], takes[2]), "Le marché", "fr"),
        Part((others[1],), "Close", "en"),
    )


@pytest.fixture
def join_up(article: Any, jingles: Jingles, tmp_path: Path) -> Callable[..., Track]:
    """A function that makes a programme's files in `tmp_path / "programme"`, by its shelf in `tmp_path / "parts"`."""

    def make(
        score: Score,
        sound: Sound = LOOSE,
        jingles: Jingles = jingles,
        *,
        folder: Path = tmp_path / "programme",
        shelf: Path = tmp_path / "parts",
        tags: Any = TAGS,
        containers: tuple[Container, ...] = CONTAINERS,
        workers: int = 2,
        go_on: Callable[[], None] = lambda: None,
    ) -> Track:
        scratch = tmp_path / "scratch"
        return produce_programme(
            score, article.store, sound, jingles, tags, folder, "2026-11", scratch, Shelf(shelf), containers, workers,
            go_on,
        )  # fmt: skip

    return make
