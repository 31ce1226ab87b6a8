"""An issue's pieces on their way to tracks: one is mixed and coded while the next is read.

Why on threads: docs/decisions/0025-a-pipelined-build.md
"""

import contextlib
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from types import TracebackType

from articles.errors import VivavoceError
from articles.files import WriteError
from audio.loudness import get_ready
from audio.track import Track
from vivavoce.mixer import Mixer
from vivavoce.pieces import Build, Piece, Reading
from vivavoce.programme import Ahead
from vivavoce.watch import Advance, Silent
from voices.clips import ClipStore

_MIXING_EFFORT = 0.08
"""What a letter costs to mix and to code into one file, in letters that a Piper voice reads."""


def make_tracks(
    build: Build,
    pieces: Sequence[Piece],
    frames: Sequence[Piece],
    mixer: Mixer,
    clips: ClipStore,
    ahead: Ahead | None = None,
) -> tuple[tuple[Piece, ...], dict[int, Track]]:
    """The pieces that could be spoken, in running order, and by its number each one's track.

    `frames` are read last, by the same workers, and not mixed; the programme that they belong to may be begun `ahead`,
    as soon as all is read, and is done then. Pieces that cannot be read or mixed fail alone; frames that cannot be read
    are for others to tell. Raises WriteError. However it ends, nobody is left at work.
    """
    reading = Reading(build, [*pieces, *frames], clips)
    mixing = sum(_effort(build, piece) for piece in pieces)
    whole = mixing if ahead else 0.0  # about as much, for two files
    name = "reading and mixing" if reading.effort else "mixing"
    watch = build.watch if reading.effort or pieces else Silent()
    spoken: list[Piece] = []
    with contextlib.ExitStack() as stack:
        advance = stack.enter_context(watch.stage(name, reading.effort + mixing + whole))
        desk = stack.enter_context(_Desk(build, mixer, len(pieces), advance))
        for effort in stack.enter_context(contextlib.closing(reading.steps())):
            advance(effort)
            for piece in reading.complete():
                if piece not in frames:
                    spoken.append(piece)
                    desk.put(piece)
            desk.clear()
        if ahead:
            desk.begin(ahead, spoken)
        tracks = desk.finish()
        if ahead and not build.failures:
            ahead.wait()
        advance(whole)
    return tuple(sorted(spoken, key=lambda piece: piece.number)), tracks


class _Desk:
    """Where pieces become tracks, on as many threads as there are workers; in an order of its own.

    The coders let other threads run while they are at it. What is done is looked at where the desk is asked, so that
    only one thread ever tells the build anything.
    """

    def __init__(self, build: Build, mixer: Mixer, pieces: int, advance: Advance) -> None:
        self._build = build
        self._mixer = mixer
        self._pieces = pieces
        self._advance = advance
        self._pool = ThreadPoolExecutor(build.workers)
        self._stopped = threading.Event()
        self._mixing: dict[Future[Track], Piece] = {}
        self._tracks: dict[int, Track] = {}

    def __enter__(self) -> "_Desk":
        if self._pieces:
            self._pool.submit(get_ready)  # while the voices are loaded elsewhere
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """What is still at work stops at its next block."""
        self._stopped.set()
        self._pool.shutdown(cancel_futures=True)

    def put(self, piece: Piece) -> None:
        """Have it mixed."""
        few = self._pieces <= self._build.workers  # all files of each are then coded at once, lest a core rests at last
        threads = len(self._build.edition.settings.sound.formats) if few else 1
        self._mixing[self._pool.submit(self._mixer.mix, piece, threads, self._go_on)] = piece

    def begin(self, ahead: Ahead, spoken: Sequence[Piece]) -> None:
        """Have the programme mixed, too."""
        ahead.begin(spoken, self._pool, self._go_on)

    def clear(self) -> None:
        """Take off what is done. Raises WriteError."""
        for future in [future for future in self._mixing if future.done()]:
            self._take(future)

    def finish(self) -> dict[int, Track]:
        """By its piece's number each track that could be made. Raises WriteError."""
        for future in as_completed(list(self._mixing)):
            self._take(future)
        return self._tracks

    def _take(self, future: Future[Track]) -> None:
        piece = self._mixing.pop(future)
        try:
            track = future.result()
        except WriteError:
            raise  # a full disk is nothing that one article could be left out for
        except VivavoceError as error:
            self._build.fail(piece.file, error)
        else:
            if not self._tracks and self._pieces > 1:
                self._build.watch.note(f"ready to be heard: {piece.article.headline}: {track.path}")
            self._tracks[piece.number] = track
        self._advance(_effort(self._build, piece))

    def _go_on(self) -> None:
        if self._stopped.is_set():
            raise _Stopped


class _Stopped(Exception):
    """The build has ended before this track was done."""


def _effort(build: Build, piece: Piece) -> float:
    letters = sum(len(order.spoken) for order in piece.all_orders)
    return _MIXING_EFFORT * letters * len(build.edition.settings.sound.formats)
