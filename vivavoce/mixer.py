"""Pieces to tracks: mixed now, or remembered from an earlier build."""

from collections.abc import Iterable, Iterator

from articles.errors import VivavoceError
from articles.files import WriteError
from audio.jingle import Jingles
from audio.track import Track, produce, track_key
from vivavoce.memory import TrackMemory
from vivavoce.pieces import Build, Piece
from vivavoce.publication import tags_of
from voices.clips import ClipStore


class Mixer:
    """What an issue's tracks are made with: clips, jingles, the cover inside each file, and the tracks made before."""

    def __init__(self, build: Build, clips: ClipStore, jingles: Jingles, cover: bytes) -> None:
        self._build = build
        self._clips = clips
        self._jingles = jingles
        self._cover = cover
        self._sound = build.edition.settings.sound
        self._memory = TrackMemory(build.edition.state / "tracks")
        self._folder = build.edition.public / build.plan.name / "episodes"

    def recall(self, pieces: Iterable[Piece]) -> dict[int, Track]:
        """By its piece's number each track that was made before and still lies where it should, whole."""
        found = ((piece.number, self._memory.recall(self._key(piece), self._folder)) for piece in pieces)
        return {number: track for number, track in found if track}

    def mix(self, pieces: Iterable[Piece]) -> Iterator[tuple[int, Track]]:
        """Each piece's number and its new track; pieces that cannot be mixed fail alone. Raises WriteError."""
        pieces = tuple(pieces)
        if not pieces:
            return
        with self._build.watch.stage("mixing", len(pieces)) as advance:
            for piece in pieces:
                try:
                    yield piece.number, self._make(piece)
                except WriteError:
                    raise  # a full disk is nothing that one article could be left out for
                except VivavoceError as error:
                    self._build.fail(piece.file, error)
                advance(1)

    def _make(self, piece: Piece) -> Track:
        tags = tags_of(self._build.edition, self._build.plan, piece, self._cover)
        stem = f"{piece.number:02d}-{piece.article.slug}"
        track = produce(piece.takes, self._clips, self._sound, self._jingles, tags, self._folder, stem)
        self._memory.keep(self._key(piece), track)
        return track

    def _key(self, piece: Piece) -> str:
        tags = tags_of(self._build.edition, self._build.plan, piece, self._cover)
        return track_key(piece.takes, self._sound, self._jingles, tags)
