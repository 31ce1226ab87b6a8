"""Jingles, opened and made ready for the mix: mono, at the edition's rate, without silence at the ends."""

import hashlib
import math
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from articles.errors import ExitCode, VivavoceError
from audio.decode import Decoded, UndecodableError, decode
from audio.resample import resample
from audio.sound import DEFAULT, NONE, Sound
from audio.timeline import GRID_MS, Slot
from audio.trim import sound_bounds

LONGEST_SECONDS = 60
_SHIPPED = Path(__file__).parent / "jingles"
_TAIL_DB = 60.0  # a jingle's reverberation is music until it is this far below the loudest note

_REPLACE = 'put a sound file there (WAV, FLAC, MP3 …), or set the jingle to "none" in [sound] of edition.toml'
_REINSTALL = "install vivavoce again"


class JingleError(VivavoceError):
    """A jingle that the edition names cannot be used; the message says which and why."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True, eq=False)
class Jingle:
    """A jingle: mono `pcm` at `sample_rate` Hz, a whole number of 10 ms long.

    `name` is how the edition calls it, `sha256` (64 hex digits) that of its file. `note` is a line for the
    producer when the file had to be converted, else empty.
    """

    name: str
    pcm: NDArray[np.float32]
    sample_rate: int
    sha256: str
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Jingles:
    """The edition's jingles, None where there is none."""

    intro: Jingle | None = None
    outro: Jingle | None = None
    bed: Jingle | None = None

    def get(self, slot: Slot) -> Jingle | None:
        """The jingle for a place in the episode."""
        return {Slot.INTRO: self.intro, Slot.OUTRO: self.outro, Slot.BED: self.bed}[slot]

    @property
    def notes(self) -> tuple[str, ...]:
        """What a producer should be told about them, a line each, every line once."""
        opened = (jingle for jingle in (self.intro, self.outro, self.bed) if jingle is not None)
        return tuple(dict.fromkeys(jingle.note for jingle in opened if jingle.note))


def open_jingles(sound: Sound, edition: Path) -> Jingles:
    """The jingles that `sound` asks for, the edition's own or those that ship. Raises JingleError."""
    return Jingles(
        intro=_choose(sound.intro, Slot.INTRO, edition, sound.sample_rate),
        outro=_choose(sound.outro, Slot.OUTRO, edition, sound.sample_rate),
        bed=_choose(sound.bed, Slot.BED, edition, sound.sample_rate),
    )


def open_jingle(path: Path, name: str, sample_rate: int, hint: str = _REPLACE) -> Jingle:
    """The jingle in the file at `path`, called `name` in notes and errors, brought to mono at `sample_rate`.

    Raises JingleError when the file is missing, empty, not sound, silent, unreadable, or longer than a
    minute.
    """
    try:
        decoded = decode(path, longest_seconds=LONGEST_SECONDS)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError as error:
        raise JingleError(f"{name}: there is no such file", hint=hint) from error
    except OSError as error:
        raise JingleError(f"{name}: cannot be read ({error.strerror or error})", hint=hint) from error
    except UndecodableError as error:
        raise JingleError(f"{name}: {error}", hint=hint) from error
    pcm = _ready(decoded, sample_rate)
    if not len(pcm):
        raise JingleError(f"{name}: there is nothing but silence in it", hint=hint)
    return Jingle(name, pcm, sample_rate, sha256, _note(name, decoded, sample_rate))


def _choose(name: str, slot: Slot, edition: Path, sample_rate: int) -> Jingle | None:
    if name == NONE:
        return None
    if name == DEFAULT:
        shipped = open_jingle(_SHIPPED / f"{slot}.wav", f"the default {slot}", sample_rate, _REINSTALL)
        return replace(shipped, note="")  # no producer's doing
    return open_jingle(edition / name, name, sample_rate)


def _ready(decoded: Decoded, sample_rate: int) -> NDArray[np.float32]:
    mono = decoded.pcm.mean(axis=1, dtype=np.float32)
    # Broken files may decode to values that are no numbers; one of them would silence the whole episode.
    pcm = resample(np.nan_to_num(mono, posinf=0.0, neginf=0.0), decoded.sample_rate, sample_rate)
    first, last = sound_bounds(pcm, sample_rate, below_loudest_db=_TAIL_DB, before_ms=10, after_ms=50)
    grid = GRID_MS * sample_rate // 1000
    whole = math.ceil((last - first) / grid) * grid
    return np.concatenate([pcm[first:last], np.zeros(whole - (last - first), dtype=np.float32)])


def _note(name: str, decoded: Decoded, sample_rate: int) -> str:
    """What the file was and what was done to it; nothing for mono 16-bit samples at the right rate."""
    was = {1: "mono", 2: "stereo"}.get(decoded.channels, f"{decoded.channels} channels")
    at = f"{was} at {_khz(decoded.sample_rate)}"
    to = "" if decoded.sample_rate == sample_rate else f" at {_khz(sample_rate)}"
    if decoded.channels > 1:
        return f"{name}: {at}, mixed down to mono{to}"
    if to:
        return f"{name}: {at}, resampled to {_khz(sample_rate)}"
    return "" if decoded.codec == "pcm_s16le" else f"{name}: {decoded.codec}, {at}, converted"


def _khz(sample_rate: int) -> str:
    return f"{sample_rate / 1000:g} kHz"
