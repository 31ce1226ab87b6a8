"""One part of a programme made into reels: mixed once, then levelled, coded and measured for each container."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from articles.files import sha256_of, whole_file
from audio.containers import Container, Encoding, encoding_for
from audio.encode import encode
from audio.encode.join import take_frames
from audio.jingle import Jingles
from audio.layout import lay_out_alone
from audio.level import Levels, levels_of
from audio.loudness import SILENT_LUFS, STEP_MS, LoudnessError, gated_lufs
from audio.master import corrected, read_back
from audio.measure import Steps
from audio.mix import mixed_blocks
from audio.rehearsal import rehearse
from audio.score import Part
from audio.sound import Sound
from audio.splice.place import LEAD_SAMPLES, Place
from audio.splice.reel import Reel, Said
from audio.spool import Spool, open_spool
from audio.tags import Tags
from audio.timeline import Timeline
from voices.clips import ClipStore

_TOLERANCE_LU = 0.1
"""How far a part's words may lie from their aim: less than anybody hears, and met by nearly every first encoding."""

_STEPS_PER_BLOCK = 4
_NO_TAGS = Tags(title="", artist="", album="", track=1, language="", date=date(1970, 1, 1))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A reel to be made: in which container, how much louder than the edition asks, and where its frames belong."""

    container: Container
    shift_lu: float
    frames: Path


@dataclass(frozen=True, slots=True)
class Press:
    """What reels are made with; what is being made lies in `scratch` while it is.

    `workers` reels of one part are made at once.
    """

    store: ClipStore
    jingles: Jingles
    sound: Sound
    scratch: Path
    workers: int

    def make(self, part: Part, place: Place, wanted: Sequence[Wanted]) -> tuple[Reel, ...]:
        """The reels of one part, their frames where they belong; its words as loud as those of any other part.

        Not with its jingles: an opening of few words and much music would have them louder than an article has.
        Raises LoudnessError where it cannot be brought there, and all else that `audio.track.produce` raises.
        """
        rehearsal = rehearse((part,), self.store, self.sound)
        alone = lay_out_alone(
            rehearsal.parts[0], self.jingles, self.sound, LEAD_SAMPLES, first=place.first, last=place.last
        )
        timeline = replace(alone, samples=place.samples(alone.samples))
        with open_spool(self.scratch, self.jingles.channels) as spool:
            mixed = mixed_blocks(timeline, rehearsal.gains, self.store, self.jingles, self.sound)
            levels = levels_of(spool.fill(mixed), self.sound.sample_rate, spool.channels)
            mix = _Mix(spool, levels, timeline, place)
            with ThreadPoolExecutor(max_workers=self.workers) as pool:
                return tuple(pool.map(lambda each: self._reel(mix, each), wanted))

    def _reel(self, mix: "_Mix", wanted: Wanted) -> Reel:
        container = wanted.container
        encoding = encoding_for(container, self.sound.bitrate_kbps, self.sound.sample_rate, mix.spool.channels)
        with whole_file(wanted.frames) as partial:
            # A file of its own for as long as it is measured: so it is decoded as any player would.
            file = partial.with_suffix(container.suffix)
            try:
                made = corrected(
                    self.sound,
                    container,
                    mix.attempts(encoding, file),
                    shift_lu=wanted.shift_lu,
                    tolerance_lu=_TOLERANCE_LU,
                )
                stretch = take_frames(file, container, partial, None if mix.place.last else mix.timeline.samples)
            finally:
                file.unlink(missing_ok=True)
            sha256 = sha256_of(partial)
        return Reel(
            samples=mix.timeline.samples,
            speech=tuple(Said(placed.start, placed.end, placed.skipped) for placed in mix.timeline.speech),
            jingles=mix.timeline.jingles,
            sizes=stretch.sizes,
            sha256=sha256,
            true_peak_db=made.true_peak_db,
            power=tuple(made.steps.power.tolist()),
            peaks=tuple(made.steps.peaks.tolist()),
        )


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A part as encoded: the loudness of its words, its true peak, and what was measured in each 0.1 s."""

    lufs: float
    true_peak_db: float
    steps: Steps


@dataclass(frozen=True, slots=True)
class _Mix:
    """A part mixed, with its levels."""

    spool: Spool
    levels: Levels
    timeline: Timeline
    place: Place

    def attempts(self, encoding: Encoding, file: Path) -> Callable[[float, float], _Attempt]:
        """Encodes the part to `file` with its words at an aim in LUFS and its peaks under a ceiling."""
        first, last = self._words()
        words = self.levels.between(first, last)
        if words.lufs == SILENT_LUFS:
            raise LoudnessError("there is nothing to hear in it: every clip is silent", hint="try another voice")

        def attempt(aim_lufs: float, ceiling_db: float) -> _Attempt:
            limited = self.levels.limited(self.spool.blocks(), words.gain_db(aim_lufs, ceiling_db), ceiling_db)
            encode(limited, file, encoding, _NO_TAGS, (), self.timeline.samples)
            measured, steps = read_back(file, encoding)
            return _Attempt(_between(steps, first, last, encoding.sample_rate), measured.true_peak_db, steps)

        return attempt

    def _words(self) -> tuple[int, int]:
        """From the first sample of the first word to the last of the last; what is said over a jingle is not meant."""
        said = [placed for placed in self.timeline.speech if not placed.ident and placed.end > placed.start]
        return (said[0].start, said[-1].end) if said else (0, 0)


def _between(steps: Steps, first: int, last: int, sample_rate: int) -> float:
    """The integrated loudness of samples [first, last), to the nearest 0.1 s; of four steps at the least."""
    step = STEP_MS * sample_rate // 1000
    start = min(round(first / step), max(0, len(steps.power) - _STEPS_PER_BLOCK))
    return gated_lufs(steps.power[start : max(round(last / step), start + _STEPS_PER_BLOCK)])
