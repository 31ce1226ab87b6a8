"""The clip store: every clip under a key that names its sound, so that nothing is ever read twice.

Why the key and not a position or a file name: docs/decisions/0003-content-addressed-clips.md
"""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

import msgspec
import numpy as np

from articles.files import whole_file
from voices.voice import Clip, Delivery, WordTime

FORMAT = 1
"""Raised when a clip's sound or its file's layout changes meaning; part of every key."""

_MAGIC = b"VIVACLIP"
_DIGEST_BYTES = 32


class _Header(msgspec.Struct):
    sample_rate: int
    words: list[tuple[str, int, int]]


def clip_key(voice_identity: str, spoken: str, delivery: Delivery, attempt: int = 0) -> str:
    """The clip's name: a hash (64 hex digits) of everything that changes its sound, and of nothing else.

    `attempt` counts the readings of one text, from 0: another one has another name, and so another seed.
    """
    facts: dict[str, object] = {
        "format": FORMAT,
        "voice": voice_identity,
        "spoken": spoken,
        "delivery": asdict(delivery),
    }
    if attempt:  # the first reading's key has no such entry, so that clips read before there was a second stay known
        facts["attempt"] = attempt
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def seed_of(key: str) -> int:
    """The seed for a clip's noise: 63 bits of its key, so that the same key gives the same samples anywhere."""
    return int(key[:16], 16) >> 1


class ClipStore:
    """Clips on disk below `root`, in 256 folders by the first two digits of the key; safe for many processes."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, key: str) -> Path:
        """Where the clip of this key is, or would be."""
        return self.root / key[:2] / f"{key}.clip"

    def read(self, key: str) -> Clip | None:
        """The clip, or None when it is absent or its file is damaged (it is then removed, to be read anew)."""
        path = self.path(key)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        body = data[len(_MAGIC) + _DIGEST_BYTES :]
        if data[: len(data) - len(body)] != _MAGIC + hashlib.sha256(key.encode() + body).digest():
            path.unlink(missing_ok=True)
            return None
        header_line, _, pcm = body.partition(b"\n")
        header = msgspec.json.decode(header_line, type=_Header)
        words = tuple(WordTime(text, start, end) for text, start, end in header.words)
        return Clip(np.frombuffer(pcm, dtype="<i2").astype(np.int16), header.sample_rate, words)

    def write(self, key: str, clip: Clip) -> None:
        """Keep `clip` under `key`. Raises articles.files.WriteError when the disk refuses."""
        words = [(word.text, word.start, word.end) for word in clip.words]
        header = msgspec.json.encode(_Header(clip.sample_rate, words))
        body = header + b"\n" + clip.pcm.astype("<i2").tobytes()
        with whole_file(self.path(key)) as partial:
            partial.write_bytes(_MAGIC + hashlib.sha256(key.encode() + body).digest() + body)
