"""What a track is known by: a hash of everything that changes its files, and of nothing else."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
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

SPLICE_FORMAT = 1
"""Raised when the same parts would be joined into another programme; part of every programme's key."""

_NOT_IN_THE_SOUND = (
    "intro", "outro", "bed", "sting", "language", "languages", "sections", "jingle_fallback",
    "programme", "ident", "formats", "channels",
)  # fmt: skip
"""Settings that name what the key holds itself: the jingles' contents, the idents' takes, the containers."""


def track_key(
    score: Score, sound: Sound, jingles: Jingles, tags: Tags, containers: Sequence[Container] = (Container.MP3,)
) -> str:
    """The key (64 hex digits) of the track that `produce` makes of the same: equal key, equal files."""
    takes = [take for part in score for take in (*part.ident, *part.takes)]
    voices = voice_numbers(takes)
    facts = {
        "format": AUDIO_FORMAT,
        "parts": [_part_facts(part, voices, several=len(score) > 1) for part in score],
        "sound": sound_facts(sound),
        "channels": jingles.channels,
        "jingles": jingle_hashes(score, jingles),
        "tags": asdict(tags) | {"date": tags.date.isoformat(), "cover": hashlib.sha256(tags.cover).hexdigest()},
        "containers": [str(container) for container in containers],
    }
    if len(score) > 1:
        facts["splice"] = SPLICE_FORMAT
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def sound_facts(sound: Sound) -> dict[str, object]:
    """The settings that count, but for those whose effect is named elsewhere in a key."""
    return {name: value for name, value in asdict(sound).items() if name not in _NOT_IN_THE_SOUND}


def voice_numbers(takes: Sequence[Take]) -> dict[str, int]:
    """The voices of all takes that are levelled together, numbered.

    A voice's clips have its identity in their keys; its name only says which takes share one gain.
    """
    return {voice: number for number, voice in enumerate(dict.fromkeys(take.voice for take in takes))}


def _part_facts(part: Part, voices: Mapping[str, int], *, several: bool) -> dict[str, object]:
    # Alone, a part's title is seen only where no headline is said; among others, only that is (audio/chapters.py).
    said = any(take.segment.kind is BlockKind.HEADLINE for take in part.takes)
    return {
        "title": part.title if several or not said else None,
        "ident": list(take_facts(part.ident, voices, titled=False)),
        "takes": list(take_facts(part.takes, voices, titled=not several)),
    }


def take_facts(takes: Sequence[Take], voices: Mapping[str, int], *, titled: bool) -> Iterator[tuple[object, ...]]:
    """What a take adds to the file: its sound, what its pauses go by, whose gain it has, its chapter's title.

    Lines and block numbers say the same thing in many ways: only what changes from take to take counts.
    """
    before: Segment | None = None
    for take in takes:
        segment = take.segment
        chapter = titled and segment.kind in (BlockKind.HEADLINE, BlockKind.HEADING)
        yield (
            take.key,
            voices[take.voice],
            segment.kind,
            segment.language,
            segment.joins_previous,
            before is not None and before.block == segment.block,
            segment.written if chapter else None,
        )
        before = segment
