"""A track: a score as a finished sound file, from takes to MP3, and the same in other formats."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from articles.errors import ArticleError
from articles.files import PARTIAL, WriteError, sha256_of
from audio.containers import Container, Encoding, encoding_for
from audio.jingle import Jingles
from audio.layout import lay_out
from audio.level import Levels, levels_of
from audio.master import heeding, master
from audio.measure import Measured
from audio.mix import mixed_blocks
from audio.profile import Profile
from audio.rehearsal import rehearse
from audio.score import Score
from audio.sound import Sound
from audio.spool import Spool, open_spool
from audio.tags import Tags
from audio.timeline import Chapter, PlacedJingle, PlacedSpeech, Timeline
from voices.clips import ClipStore

__all__ = ["Chapter", "PlacedSpeech", "SoundFile", "Tags", "Track", "finished_file", "produce", "track_of"]

_HASH_DIGITS = 10


@dataclass(frozen=True, slots=True)
class SoundFile:
    """A finished file: its hash (64 hex digits) and size, and what was measured on the sound it decodes to."""

    container: Container
    path: Path
    sha256: str
    size_bytes: int
    bitrate_kbps: int
    lufs: float
    true_peak_db: float

    @property
    def mime_type(self) -> str:
        """What a feed calls it."""
        return self.container.mime_type


@dataclass(frozen=True, slots=True)
class Track:
    """A finished sound: `file`, the same in other formats as `alternates`, and what lies where in it.

    It is `samples` long at `sample_rate` Hz in `channels` channels. `speech` is every take in order, `jingles` and
    `chapters` too, all in samples; `profile` outlines the file for pictures.
    """

    file: SoundFile
    alternates: tuple[SoundFile, ...]
    samples: int
    sample_rate: int
    channels: int
    chapters: tuple[Chapter, ...]
    speech: tuple[PlacedSpeech, ...]
    jingles: tuple[PlacedJingle, ...]
    profile: Profile

    @property
    def files(self) -> tuple[SoundFile, ...]:
        """Every file of it, the first one first."""
        return (self.file, *self.alternates)

    @property
    def path(self) -> Path:
        """Where its file is."""
        return self.file.path

    @property
    def sha256(self) -> str:
        """Its file's hash (64 hex digits)."""
        return self.file.sha256

    @property
    def size_bytes(self) -> int:
        """Its file's size."""
        return self.file.size_bytes

    @property
    def lufs(self) -> float:
        """The integrated loudness of its file."""
        return self.file.lufs

    @property
    def true_peak_db(self) -> float:
        """The true peak of its file, in dBTP."""
        return self.file.true_peak_db

    @property
    def seconds(self) -> float:
        """How long it plays."""
        return self.samples / self.sample_rate


def produce(
    score: Score,
    store: ClipStore,
    sound: Sound,
    jingles: Jingles,
    tags: Tags,
    folder: Path,
    stem: str,
    scratch: Path,
    containers: Sequence[Container] = (Container.MP3,),
    *,
    threads: int = 1,
    go_on: Callable[[], None] = lambda: None,
) -> Track:
    """The score as finished files in `folder`, each written whole: named `stem`, ten digits of its hash, its suffix.

    A file that is there already is left alone. `jingles` were opened at `sound.sample_rate`; the mix lies in `scratch`
    while it is made. Memory does not grow with the score's length but for a few numbers a second. So many `threads`
    code one container each; what is in the files does not depend on it. `go_on` is called between any two blocks, from
    any of them: what it raises ends the work, and leaves nothing behind. Raises MissingClipError, LoudnessError and
    other ArticleErrors when this article cannot be made, EncoderError, and WriteError when the disk refuses.
    """
    if not any(part.takes for part in score):
        raise ArticleError("there is nothing to say in it", hint="give the article a text, or take it out of the issue")
    rehearsal = rehearse(score, store, sound)
    timeline = lay_out(rehearsal.parts, jingles, sound)
    with open_spool(scratch, jingles.channels) as spool:
        mixed = mixed_blocks(timeline, rehearsal.gains, store, jingles, sound)
        levels = levels_of(spool.fill(heeding(go_on, mixed)), sound.sample_rate, jingles.channels)
        desk = _Desk(spool, levels, sound, tags, timeline, folder, stem, go_on)
        with ThreadPoolExecutor(threads) as pool:
            made = list(pool.map(desk.write, containers))
    return track_of(made, timeline, jingles.channels)


def track_of(made: Sequence[tuple[SoundFile, Measured]], timeline: Timeline, channels: int) -> Track:
    """The track that these files are, the first of them its own, with what was measured on each."""
    (file, measured), *others = made
    return Track(
        file=file,
        alternates=tuple(each for each, _ in others),
        samples=timeline.samples,
        sample_rate=timeline.sample_rate,
        channels=channels,
        chapters=timeline.chapters,
        speech=timeline.speech,
        jingles=timeline.jingles,
        profile=measured.profile,
    )


@dataclass(frozen=True, slots=True)
class _Desk:
    """A mixed sound, ready to be mastered into one container after another."""

    spool: Spool
    levels: Levels
    sound: Sound
    tags: Tags
    timeline: Timeline
    folder: Path
    stem: str
    go_on: Callable[[], None]

    def write(self, container: Container) -> tuple[SoundFile, Measured]:
        """The file in this container, in its place."""
        sound = self.sound
        encoding = encoding_for(container, sound.bitrate_kbps, sound.sample_rate, self.spool.channels)

        def write(path: Path) -> Measured:
            chapters = self.timeline.chapters
            return master(self.spool, self.levels, sound, encoding, self.tags, chapters, path, self.go_on)

        # Two articles may have one stem, in two languages.
        return finished_file(self.folder, self.stem, encoding, write, f"{self.stem}.{self.tags.language}")


def finished_file(
    folder: Path, stem: str, encoding: Encoding, write: Callable[[Path], Measured], known_as: str = ""
) -> tuple[SoundFile, Measured]:
    """What `write` puts at a path it is given, in its place: a file in `folder` named `stem`, hash digits, suffix.

    Until it is there it is known as `known_as`, which two files made at one time must not share. Raises what `write`
    raises, and WriteError when the disk refuses; nothing is left behind then.
    """
    suffix = encoding.container.suffix
    # Its name holds its hash, which is known when it is done; what a killed process leaves is swept by this name.
    partial = folder / f"{PARTIAL}{known_as or stem}{suffix}"
    with _gone_afterwards(partial):
        measured = write(partial)
        sha256 = sha256_of(partial)
        size_bytes = partial.stat().st_size
        path = folder / f"{stem}.{sha256[:_HASH_DIGITS]}{suffix}"
        _into_place(partial, path, sha256)
    file = SoundFile(
        encoding.container, path, sha256, size_bytes, encoding.bitrate_kbps, measured.lufs, measured.true_peak_db
    )
    return file, measured


@contextlib.contextmanager
def _gone_afterwards(partial: Path) -> Iterator[None]:
    """However the block ends, nothing is left at `partial`. Raises WriteError where the system refuses."""
    try:
        yield
    except OSError as error:
        raise WriteError(
            f"{partial.parent}: cannot be written ({error.strerror or error})", hint="check the folder's permissions"
        ) from error
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)


def _into_place(partial: Path, path: Path, sha256: str) -> None:
    # A file that is there already is left alone, and so are the copies of it elsewhere; a damaged one is not.
    if not path.exists() or sha256_of(path) != sha256:
        partial.replace(path)
