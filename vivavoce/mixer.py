"""Pieces to tracks: mixed now, or remembered from an earlier build."""

from collections.abc import Iterable, Iterator, Sequence

from articles.errors import VivavoceError
from articles.files import WriteError
from audio.containers import Container
from audio.jingle import Jingles
from audio.score import Part, Score
from audio.tags import Tags
from audio.track import Track, produce
from audio.track_key import track_key
from vivavoce.memory import TrackMemory
from vivavoce.pieces import Build, Piece
from vivavoce.publication import programme_tags, tags_of
from voices.clips import ClipStore

EPISODES, PROGRAMME = "episodes", "programme"
"""Folders of an issue in public/, for sound."""

_PROGRAMME_CONTAINERS = (Container.MP3, Container.M4B)


class Mixer:
    """What an issue's tracks are made with: clips, jingles, the cover inside each file, and the tracks made before."""

    def __init__(self, build: Build, clips: ClipStore, jingles: Jingles, cover: bytes) -> None:
        self._build = build
        self._clips = clips
        self._jingles = jingles
        self._cover = cover
        self._sound = build.edition.settings.sound
        self._containers = tuple(Container(name) for name in self._sound.formats)
        self._memory = TrackMemory(build.edition.state / "tracks")
        self._folder = build.edition.public / build.plan.name

    def recall(self, pieces: Iterable[Piece]) -> dict[int, Track]:
        """By its piece's number each track that was made before and still lies where it should, whole."""
        found = ((piece.number, self._recalled(piece)) for piece in pieces)
        return {number: track for number, track in found if track}

    def mix(self, pieces: Iterable[Piece]) -> Iterator[tuple[int, Track]]:
        """Each piece's number and its new track; pieces that cannot be mixed fail alone. Raises WriteError."""
        pieces = tuple(pieces)
        if not pieces:
            return
        with self._build.watch.stage("mixing", len(pieces)) as advance:
            for piece in pieces:
                try:
                    yield piece.number, self._mixed(piece)
                except WriteError:
                    raise  # a full disk is nothing that one article could be left out for
                except VivavoceError as error:
                    self._build.fail(piece.file, error)
                advance(1)

    def recall_programme(self, pieces: Sequence[Piece]) -> Track | None:
        """The whole issue as it was made before from the same opening, articles and close."""
        score, tags = _programme(pieces), self._programme_tags(pieces)
        key = track_key(score, self._sound, self._jingles, tags, _PROGRAMME_CONTAINERS)
        return self._memory.recall(key, self._folder / PROGRAMME, score)

    def mix_programme(self, pieces: Sequence[Piece]) -> Track:
        """The whole issue in one file: its opening, its articles, its close. Raises VivavoceError."""
        score, tags = _programme(pieces), self._programme_tags(pieces)
        return self._made(score, tags, PROGRAMME, self._build.plan.name, _PROGRAMME_CONTAINERS)

    def _mixed(self, piece: Piece) -> Track:
        stem = f"{piece.number:02d}-{piece.article.slug}"
        return self._made((part_of(piece),), self._tags(piece), EPISODES, stem, self._containers)

    def _recalled(self, piece: Piece) -> Track | None:
        if not all(self._clips.path(order.key).exists() for order in piece.all_orders):
            return None  # its words' times are in its clips
        score = (part_of(piece),)
        key = track_key(score, self._sound, self._jingles, self._tags(piece), self._containers)
        return self._memory.recall(key, self._folder / EPISODES, score)

    def _made(self, score: Score, tags: Tags, folder: str, stem: str, containers: tuple[Container, ...]) -> Track:
        track = produce(
            score,
            self._clips,
            self._sound,
            self._jingles,
            tags,
            self._folder / folder,
            stem,
            self._build.edition.state / "scratch",
            containers,
        )
        self._memory.keep(track_key(score, self._sound, self._jingles, tags, containers), track)
        return track

    def _tags(self, piece: Piece) -> Tags:
        return tags_of(self._build.edition, self._build.plan, piece, self._cover)

    def _programme_tags(self, pieces: Sequence[Piece]) -> Tags:
        return programme_tags(self._build.edition, self._build.plan, pieces, self._cover)


def part_of(piece: Piece) -> Part:
    """What is heard of a piece in its episode, ident first."""
    article = piece.article
    return Part(piece.takes, article.headline, article.language, article.section, piece.ident_takes)


def _programme(pieces: Sequence[Piece]) -> Score:
    # Only the opening names the publication: over every article's sting it would be too much.
    return tuple(
        Part(piece.takes, piece.article.headline, piece.article.language, piece.article.section) for piece in pieces
    )
