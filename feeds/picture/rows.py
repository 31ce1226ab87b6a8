"""What a row of the picture shows: an article's or a programme's sound, in seconds from its start."""

from dataclasses import dataclass

from audio.timeline import Slot, Timeline
from audio.track import Track


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of speech: its language (BCP 47), who speaks, and where, in seconds."""

    language: str
    voice: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Music:
    """A jingle and where it is heard, in seconds; `name` is how the edition calls it."""

    slot: Slot
    start_s: float
    end_s: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class ChapterMark:
    """A chapter's title and start in seconds."""

    title: str
    start_s: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured on the finished file.

    `lufs` is the loudness of the whole, `true_peak_db` its decoded true peak in dBTP. For every step of `step_s`
    seconds there is the highest peak (full scale is 1) in `peaks` and the short-term loudness (EBU Tech 3341: of the
    last 3 s, in LUFS) in `loudness`; both may be empty, where only the two figures are known.
    """

    lufs: float
    true_peak_db: float
    step_s: float = 0.1
    peaks: tuple[float, ...] = ()
    loudness: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One sound file of the issue. `measured` is None where it has not been made and all times are estimates.

    `number` is the article's place in the issue, 0 for the programme of the whole issue; `language` is that of
    `title`.
    """

    number: int
    title: str
    language: str
    seconds: float
    speech: tuple[Said, ...]
    jingles: tuple[Music, ...]
    chapters: tuple[ChapterMark, ...]
    measured: Measured | None = None

    @property
    def is_programme(self) -> bool:
        """Whether it is the whole issue in one file."""
        return self.number == 0

    @property
    def is_estimated(self) -> bool:
        """Whether it has not been made, so that its times are guesses."""
        return self.measured is None


def row_of(track: Track, number: int, title: str, language: str) -> Row:
    """The row of a finished track; `number` is 0 for the programme of the whole issue."""
    timeline = Timeline(track.speech, track.jingles, track.chapters, track.samples, track.sample_rate)
    profile = track.profile
    measured = Measured(track.lufs, track.true_peak_db, profile.step_s, profile.peaks, profile.loudness)
    return timed_row(timeline, number, title, language, measured)


def timed_row(timeline: Timeline, number: int, title: str, language: str, measured: Measured | None = None) -> Row:
    """The row of a timeline: an estimate, unless what was `measured` on its file is given."""
    rate = timeline.sample_rate
    return Row(
        number=number,
        title=title,
        language=language,
        seconds=timeline.samples / rate,
        speech=tuple(
            Said(placed.take.segment.language, placed.take.voice, placed.start / rate, placed.end / rate)
            for placed in timeline.speech
            if placed.end > placed.start
        ),
        jingles=tuple(
            Music(placed.slot, placed.start / rate, placed.end / rate, placed.name) for placed in timeline.jingles
        ),
        chapters=tuple(ChapterMark(chapter.title, chapter.start / rate) for chapter in timeline.chapters),
        measured=measured,
    )
