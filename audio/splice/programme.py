"""A programme as finished files: of reels where its parts can be made one by one, else mixed as a whole."""

import contextlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from audio.containers import Container, encoding_for
from audio.encode.join import join
from audio.jingle import Jingles
from audio.loudness import LoudnessError
from audio.measure import Measured
from audio.score import Score
from audio.sound import Sound
from audio.splice.place import can_be_spliced
from audio.splice.press import Press
from audio.splice.shelf import Shelf
from audio.splice.splicer import Splice, Splicer
from audio.splice.whole import timeline_of
from audio.tags import Tags
from audio.track import SoundFile, Track, finished_file, produce, track_of
from voices.clips import ClipStore


def produce_programme(
    score: Score,
    store: ClipStore,
    sound: Sound,
    jingles: Jingles,
    tags: Tags,
    folder: Path,
    stem: str,
    scratch: Path,
    shelf: Shelf,
    containers: Sequence[Container],
    workers: int = 1,
    go_on: Callable[[], None] = lambda: None,
) -> Track:
    """The score as finished files in `folder`, as `audio.track.produce` makes them; raises what that raises.

    Parts whose reels lie on the shelf are not made again; new reels are put there, and old ones taken away, so that
    a shelf is one programme's. `workers` parts are made at once, on threads: the coders let each other run. What
    is in the files does not depend on what was on the shelf. `go_on` is called before each part, from any thread, and
    may end it all by raising. Where the parts cannot be made one by one
    (`can_be_spliced`), or would not be as loud together as the edition asks, the whole is mixed and levelled in one.
    """
    splices: Sequence[Splice] = ()
    if can_be_spliced(score, jingles, sound, containers):
        splicer = Splicer(score, Press(store, jingles, sound, scratch, workers), shelf, go_on)
        with contextlib.suppress(LoudnessError):  # levelled as a whole it may come right; if not, that tells why
            splices = splicer.splices(containers)
    shelf.tidy()
    if splices:
        return _joined(splices, score, sound, jingles, tags, folder, stem, workers)
    return produce(score, store, sound, jingles, tags, folder, stem, scratch, containers, go_on=go_on)


def _joined(
    splices: Sequence[Splice],
    score: Score,
    sound: Sound,
    jingles: Jingles,
    tags: Tags,
    folder: Path,
    stem: str,
    workers: int,
) -> Track:
    timeline = timeline_of(score, splices[0].reels, jingles, sound.sample_rate)

    def made(splice: Splice) -> tuple[SoundFile, Measured]:
        encoding = encoding_for(splice.container, sound.bitrate_kbps, sound.sample_rate, jingles.channels)

        def write(path: Path) -> Measured:
            join(splice.stretches, path, encoding, tags, timeline.chapters, timeline.samples)
            return splice.measured

        return finished_file(folder, stem, encoding, write)

    with ThreadPoolExecutor(max_workers=workers) as pool:
        return track_of(list(pool.map(made, splices)), timeline, jingles.channels)
