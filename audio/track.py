"""A track: one article as an episode's sound file, from takes to MP3."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from articles.errors import ArticleError
from articles.files import write_whole
from articles.issue import BlockKind
from articles.segments import Segment
from audio.cut import cut_takes
from audio.id3 import id3_tag
from audio.jingle import Jingle, Jingles
from audio.master import master
from audio.match import match_voices
from audio.mix import mix
from audio.sound import Sound
from audio.tags import Tags
from audio.timeline import Chapter, PlacedSpeech, Timeline, lay_out
from voices.clips import ClipStore
from voices.take import Take

__all__ = ["AUDIO_FORMAT", "Chapter", "PlacedSpeech", "Tags", "Track", "produce", "track_key"]

AUDIO_FORMAT = 1
"""Raised when the same takes, sound and tags would give another file; part of every track's key."""

_HASH_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Track:
    """A finished episode's sound file, and what lies where in it.

    `sha256` (64 hex digits) and `size_bytes` are the file's; `samples` is what it decodes to at `sample_rate`
    Hz; `lufs` and `true_peak_db` were measured on that. `speech` is every take in order, `chapters` too, both
    in samples.
    """

    path: Path
    sha256: str
    size_bytes: int
    samples: int
    sample_rate: int
    lufs: float
    true_peak_db: float
    chapters: tuple[Chapter, ...]
    speech: tuple[PlacedSpeech, ...]

    @property
    def seconds(self) -> float:
        """The episode's length in seconds."""
        return self.samples / self.sample_rate


def track_key(takes: Sequence[Take], sound: Sound, jingles: Jingles, tags: Tags) -> str:
    """A hash (64 hex digits) of everything that changes the file: equal key, equal file."""
    facts = {
        "format": AUDIO_FORMAT,
        "takes": list(_take_facts(takes)),
        "sound": asdict(sound) | {"intro": None, "outro": None, "bed": None},
        "jingles": [_jingle_hash(jingle) for jingle in (jingles.intro, jingles.outro, jingles.bed)],
        "tags": asdict(tags) | {"date": tags.date.isoformat(), "cover": hashlib.sha256(tags.cover).hexdigest()},
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def produce(
    takes: Sequence[Take],
    store: ClipStore,
    sound: Sound,
    jingles: Jingles,
    tags: Tags,
    folder: Path,
    stem: str,
) -> Track:
    """The episode, written whole to `folder` as `stem`, ten digits of the file's hash, and `.mp3`.

    A file that is there already is left alone. `jingles` were opened at `sound.sample_rate`. Raises
    MissingClipError, LoudnessError and other ArticleErrors when this article cannot be made, WriteError when
    the disk refuses.
    """
    if not takes:
        raise ArticleError("there is nothing to say in it", hint="give the article a text, or take it out of the issue")
    timeline, mixed = _mixed(takes, store, sound, jingles)
    mastered = master(mixed, sound)
    data = id3_tag(tags, timeline.chapters, timeline.samples, timeline.sample_rate) + mastered.data
    sha256 = hashlib.sha256(data).hexdigest()
    path = folder / f"{stem}.{sha256[:_HASH_DIGITS]}.mp3"
    write_whole(path, data)
    return Track(
        path=path,
        sha256=sha256,
        size_bytes=len(data),
        samples=timeline.samples,
        sample_rate=timeline.sample_rate,
        lufs=mastered.lufs,
        true_peak_db=mastered.true_peak_db,
        chapters=timeline.chapters,
        speech=timeline.speech,
    )


def _mixed(
    takes: Sequence[Take], store: ClipStore, sound: Sound, jingles: Jingles
) -> tuple[Timeline, NDArray[np.float32]]:
    cuts = tuple(cut_takes(takes, store, sound.sample_rate))
    timeline = lay_out(
        tuple(each.spoken for each in cuts),
        sound.pauses,
        sound.sample_rate,
        intro=_length(jingles.intro),
        outro=_length(jingles.outro),
        bed=jingles.bed is not None,
    )
    return timeline, mix(timeline, match_voices(cuts, sound), jingles, sound.target_lufs)


def _take_facts(takes: Sequence[Take]) -> Iterator[tuple[object, ...]]:
    """What a take adds to the file: its sound, what its pauses go by, whose gain it has, its chapter's title.

    Lines, block numbers and voices' names say the same thing in many ways: only what changes from take to
    take counts.
    """
    before: Segment | None = None
    voices: dict[str, int] = {}
    for take in takes:
        segment = take.segment
        titled = segment.kind in (BlockKind.HEADLINE, BlockKind.HEADING)
        yield (
            take.key,
            voices.setdefault(take.voice, len(voices)),
            segment.kind,
            segment.language,
            segment.joins_previous,
            before is not None and before.block == segment.block,
            segment.written if titled else None,
        )
        before = segment


def _jingle_hash(jingle: Jingle | None) -> str | None:
    return jingle.sha256 if jingle else None


def _length(jingle: Jingle | None) -> int:
    return len(jingle.pcm) if jingle else 0
