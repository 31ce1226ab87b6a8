"""The whole issue as one programme: what is said before and after its articles, and the sound file of it all."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass

from articles.continuity import close, opening, titles
from articles.errors import VivavoceError
from articles.files import WriteError
from articles.issue import Article
from articles.segments import Script, Segment
from audio.track import Track
from vivavoce.mixer import Mixer
from vivavoce.pieces import Build, Piece, names_of, settled, speak
from voices.clips import ClipStore


def framed(build: Build, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces with an opening before them and a close after them, in the edition's first language.

    Raises NoVoiceForLanguage and other VivavoceErrors where these cannot be said.
    """
    language = build.edition.settings.languages[0]
    names = names_of(build, language)
    articles = [piece.article for piece in pieces]
    first_title, last_title = titles(names, language)
    first = _frame(build, 0, opening(names, articles, language, build.style), first_title)
    last = _frame(build, len(build.plan.files) + 1, close(names, language, build.style), last_title)
    return (first, *pieces, last)


def frames(build: Build, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The opening and the close of these pieces' programme; none where there is none, or they cannot be said."""
    if not build.edition.settings.sound.programme or len(pieces) < 2:
        return ()
    try:
        first, *_, last = framed(build, pieces)
    except VivavoceError:
        return ()  # told when the programme is made
    return first, last


@dataclass(frozen=True, slots=True)
class Programme:
    """The whole issue as one sound, and all that is heard in it: opening, articles, close."""

    track: Track
    pieces: tuple[Piece, ...]


class Ahead:
    """A programme that is mixed as soon as the last clip is there, while the last episodes are mixed too.

    It needs their clips, not their tracks. `others` are the pieces whose tracks were made before.
    """

    def __init__(self, build: Build, mixer: Mixer, clips: ClipStore, others: Sequence[Piece]) -> None:
        self._build = build
        self._mixer = mixer
        self._clips = clips
        self._others = others
        self._pieces: tuple[Piece, ...] = ()
        self._track: Future[Track] | None = None

    def begin(self, spoken: Sequence[Piece], pool: Executor, go_on: Callable[[], None]) -> None:
        """Have it mixed in `pool` with what was spoken now, if it can be and is not there; `go_on` may end it."""
        whole = sorted([*self._others, *spoken], key=lambda piece: piece.number)
        if not spoken or len(whole) < 2:
            return
        try:
            pieces = framed(self._build, whole)
        except VivavoceError:
            return  # told when it is asked for
        all_read = all(self._clips.has(order.key) for piece in pieces for order in piece.all_orders)
        if self._build.failures or not all_read or self._mixer.recall_programme(pieces):
            return
        self._pieces = pieces
        self._track = pool.submit(self._mixer.mix_programme, pieces, go_on)

    def wait(self) -> None:
        """Until it is done, however it went."""
        if self._track:
            wait([self._track])

    def track(self, pieces: Sequence[Piece]) -> Track | None:
        """The programme's track, if it was begun and is one of these pieces. Raises what mixing it raised."""
        return self._track.result() if self._track and self._pieces == tuple(pieces) else None


def programme(build: Build, mixer: Mixer, pieces: Sequence[Piece], clips: ClipStore, ahead: Ahead) -> Programme | None:
    """The programme of these pieces; None when it cannot be made, which fails nothing else.

    Raises WriteError.
    """
    try:
        whole = framed(build, pieces)
        if there := ahead.track(whole) or mixer.recall_programme(whole):
            return Programme(there, whole)
        spoken = sorted(speak(build, whole, clips), key=lambda piece: piece.number)
        if len(spoken) < len(whole):
            return None  # told already
        with build.watch.stage("mixing the whole issue", 1) as advance:
            track = mixer.mix_programme(spoken)
            advance(1)
    except WriteError:
        raise  # a full disk is nothing that one file could be left out for
    except VivavoceError as error:
        build.fail("the whole-issue programme", error)
        return None
    return Programme(track, tuple(spoken))


def _frame(build: Build, number: int, segments: tuple[Segment, ...], title: str) -> Piece:
    language = build.edition.settings.languages[0]
    path = build.edition.root / "edition.toml"
    article = Article(slug=title, path=path, language=language, headline=title, blocks=())
    return settled(build, Piece(number, article, Script(segments), ()))
