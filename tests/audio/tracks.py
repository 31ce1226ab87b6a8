"""A bilingual article in a clip store, and the track that is made of it."""

import io
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image

from articles.issue import BlockKind
from audio.containers import Container
from audio.jingle import Jingles
from audio.score import Part, Score
from audio.sound import Sound
from audio.tags import Tags
from audio.track import Track, produce
from voices.take import Take

RATE = 44_100
SOUND = Sound()


def _picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(written, "JPEG")
    return written.getvalue()


TAGS = Tags(
    title="The harbour wakes",
    artist="The Gazette",
    album="The Gazette, November 2026",
    track=1,
    language="en",
    date=date(2026, 11, 2),
    comment="Read by a synthetic voice.",
    genre="News",
    cover=_picture(),
)


def heard(path: Path, channels: int = 1) -> np.ndarray:
    """What an independent decoder finds: (frames,), or (frames, channels)."""
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray() for frame in container.decode(audio=0)]
    planar = [part if len(part) == channels else part.reshape(-1, channels).T for part in frames]
    pcm = np.concatenate(planar, axis=1).T.astype(np.float64)
    return pcm[:, 0] if channels == 1 else pcm


def padded(pcm: np.ndarray, rate: int = 22_050) -> np.ndarray:
    silence = np.zeros(rate // 3, dtype=np.float32)
    return np.concatenate([silence, pcm, silence, silence])


def bilingual(recorder: Any, speech: Callable[..., np.ndarray]) -> Any:
    """The recorder, with a headline, a standfirst, a paragraph, a heading, a softer French caption and a paragraph."""
    recorder.record(padded(speech(1.2, 0.2)), BlockKind.HEADLINE, written="The harbour wakes")
    recorder.record(padded(speech(1.5, 0.2, seed=2)), BlockKind.STANDFIRST)
    recorder.record(padded(speech(1.7, 0.2, seed=3)))
    recorder.record(padded(speech(0.6, 0.2, seed=4)), BlockKind.HEADING, written="At noon")
    french = speech(1.4, 0.04, 24_000, seed=5)
    recorder.record(padded(french, 24_000), BlockKind.CAPTION, rate=24_000, language="fr", voice="siwis")
    recorder.record(padded(speech(1.9, 0.2, seed=6)))
    return recorder


def score_of(takes: Sequence[Take]) -> Score:
    """The article alone."""
    return (Part(tuple(takes), "The harbour wakes", "en"),)


def make(
    article: Any,
    jingles: Jingles,
    folder: Path,
    sound: Sound = SOUND,
    *,
    containers: Sequence[Container] = (Container.MP3,),
    score: Score | None = None,
) -> Track:
    """The track of `score`, or of the article alone; its scratch folder lies beside the clip store."""
    score = score_of(article.takes) if score is None else score
    scratch = article.store.root.parent / "scratch"
    return produce(score, article.store, sound, jingles, TAGS, folder, "01-harbour", scratch, containers)


def left(root: Path) -> list[Path]:
    """Every file below `root`."""
    return [path for path in root.rglob("*") if path.is_file()] if root.exists() else []
