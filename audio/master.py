"""The finished sound: as loud as the edition asks, measured on what a listener's player decodes."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from articles.errors import ArticleError
from audio.block import Block
from audio.ceiling import ceiling_db
from audio.containers import Container, Encoding
from audio.decode import UndecodableError
from audio.encode import encode
from audio.level import Levels
from audio.loudness import SILENT_LUFS, LoudnessError
from audio.measure import Measured, Steps, measure_by_step
from audio.sound import Sound
from audio.spool import Spool
from audio.tags import Tags
from audio.timeline import Chapter

_MARGIN_DB = 0.1  # a ceiling lowered by just the excess may miss again by a hair
OTHER_METERS_LU = 0.05
"""By how much other meters may differ from this one, on the same sound."""

_MOST_ENCODINGS = 4


class Figures(Protocol):
    """What is measured on an encoded sound."""

    @property
    def lufs(self) -> float:
        """Its loudness."""

    @property
    def true_peak_db(self) -> float:
        """Its true peak in dBTP."""


_Made = TypeVar("_Made", bound=Figures)


def master(
    spool: Spool,
    levels: Levels,
    sound: Sound,
    encoding: Encoding,
    tags: Tags,
    chapters: Sequence[Chapter],
    path: Path,
    go_on: Callable[[], None] = lambda: None,
) -> Measured:
    """The spool's sound levelled, limited and written to `path`; and again, corrected, until it measures so.

    `levels` are those of the spool. `go_on` is called between any two blocks, and may end it by raising. Raises
    LoudnessError, with the figures, for silence and for sound that cannot be brought there, EncoderError, and
    WriteError when the disk refuses; what lies at `path` then is of no use.
    """
    if levels.lufs == SILENT_LUFS:
        raise LoudnessError("there is nothing to hear in it: every clip is silent", hint="try another voice")

    def attempt(aim_lufs: float, ceiling: float) -> Measured:
        gain_db = levels.gain_db(aim_lufs, ceiling)
        blocks = heeding(go_on, spool.blocks())
        encode(levels.limited(blocks, gain_db, ceiling), path, encoding, tags, chapters, spool.frames)
        return read_back(path, encoding)[0]

    return corrected(sound, encoding.container, attempt)


def heeding(go_on: Callable[[], None], blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks; before each of them `go_on` is called, which may raise."""
    for block in blocks:
        go_on()
        yield block


def corrected(
    sound: Sound,
    container: Container,
    attempt: Callable[[float, float], _Made],
    *,
    shift_lu: float = 0.0,
    tolerance_lu: float = math.inf,
) -> _Made:
    """What `attempt` makes when it is given an aim in LUFS and a ceiling in dBTP such that it measures right.

    Right is `sound.target_lufs` and so much more as `shift_lu`, to the sound's tolerance or to `tolerance_lu` where
    that is less. Raises LoudnessError, with the figures, where no attempt gets there.
    """
    target_lufs = sound.target_lufs + shift_lu
    tolerance_lu = min(tolerance_lu, sound.loudness_tolerance_lu - OTHER_METERS_LU)
    aim_lufs, ceiling = target_lufs, ceiling_db(sound, container)
    for _ in range(_MOST_ENCODINGS):
        made = attempt(aim_lufs, ceiling)
        over_lu = made.lufs - target_lufs
        over_db = made.true_peak_db - sound.true_peak_db
        if abs(over_lu) <= tolerance_lu and over_db <= 0:
            return made
        aim_lufs -= over_lu
        ceiling -= over_db + _MARGIN_DB if over_db > 0 else 0.0
    raise LoudnessError(
        f"its sound measures {made.lufs:.2f} LUFS with peaks at {made.true_peak_db:.2f} dBTP, where "
        f"{sound.target_lufs:g} ±{sound.loudness_tolerance_lu:g} LUFS and at most "
        f"{sound.true_peak_db:g} dBTP are wanted",
        hint="ask for a lower target_lufs or a wider loudness_tolerance_lu in [sound] of edition.toml",
    )


def read_back(path: Path, encoding: Encoding) -> tuple[Measured, Steps]:
    """The file at `path`, decoded and measured. Raises ArticleError where it cannot be decoded."""
    try:
        return measure_by_step(path, encoding.file_rate, encoding.channels)
    except UndecodableError as error:
        raise ArticleError(
            f"the {encoding.container} file that was made of it cannot be read back ({error})",
            hint="if it is very short, give it more text; else please report this",
        ) from error
