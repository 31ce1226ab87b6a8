"""What a track is known by: a hash of everything that changes its files, and of nothing else."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from articles.issue import BlockKind
from articles.segments import Segment
from audio.containers import Container
from audio.jingle import Jingles
from audio.layout import jingle_hashes
from audio.score import Part, Score
from audio.sound import Sound
from audio.tags import Tags
from voices.take import Take

AUDIO_FORMAT = 2
"""Raised when the same takes, sound and tags would give another file; part of every track's key."""

_NOT_IN_THE_SOUND = (
    "intro", "outro", "bed", "sting", "language", "languages", "sections", "jingle_fallback",
    "programme", "ident", "formats", "channels",
)  # fmt: skip
"""Settings that name what the key holds itself: the jingles' contents, the idents' takes, the containers."""


def track_key(
    score: Score, sound: Sound, jingles: Jingles, tags: Tags, containers: Sequence[Container] = (Container.MP3,)
) -> str:
    """The key (64 hex digits) of the track that `produce` makes of the same: equal key, equal files."""
    settings = {name: value for name, value in asdict(sound).items() if name not in _NOT_IN_THE_SOUND}
    facts = {
        "format": AUDIO_FORMAT,
        "parts": [_part_facts(part, several=len(score) > 1) for part in score],
        "sound": settings,
        "channels": jingles.channels,
        "jingles": jingle_hashes(score, jingles),
        "tags": asdict(tags) | {"date": tags.date.isoformat(), "cover": hashlib.sha256(tags.cover).hexdigest()},
        "containers": [str(container) for container in containers],
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _part_facts(part: Part, *, several: bool) -> dict[str, object]:
    # Alone, a part's title is seen only where no headline is said (audio/chapters.py).
    said = any(take.segment.kind is BlockKind.HEADLINE for take in part.takes)
    return {
        "title": part.title if several or not said else None,
        "ident": list(_take_facts(part.ident)),
        "takes": list(_take_facts(part.takes)),
    }


def _take_facts(takes: Sequence[Take]) -> Iterator[tuple[object, ...]]:
    """What a take adds to the file: its sound, what its pauses go by, whose gain it has, its chapter's title.

    Lines, block numbers and voices' names say the same thing in many ways: only what changes from take to
    take counts. But voices are told apart through a whole score, so their names count for a programme's parts.
    """
    before: Segment | None = None
    for take in takes:
        segment = take.segment
        titled = segment.kind in (BlockKind.HEADLINE, BlockKind.HEADING)
        yield (
            take.key,
            take.voice,
            segment.kind,
            segment.language,
            segment.joins_previous,
            before is not None and before.block == segment.block,
            segment.written if titled else None,
        )
        before = segment
