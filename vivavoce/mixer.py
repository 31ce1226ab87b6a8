"""Pieces to tracks: mixed now, or remembered from an earlier build."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from audio.containers import Container
from audio.jingle import Jingles
from audio.score import Part, Score
from audio.splice.programme import produce_programme
from audio.splice.shelf import Shelf
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


@dataclass(frozen=True, slots=True)
class _Job:
    """A track to be made: what is heard, what its files say of themselves, where they lie and what they are called."""

    score: Score
    tags: Tags
    folder: str
    stem: str
    containers: tuple[Container, ...]


class Mixer:
    """What an issue's tracks are made with: clips, jingles, the cover inside each file, and the tracks made before."""

    def __init__(self, build: Build, clips: ClipStore, jingles: Jingles, cover: bytes) -> None:
        self._build = build
        self._clips = clips
        self._jingles = jingles
        self._cover = cover
        self._sound = build.edition.settings.sound
        self._memory = TrackMemory(build.edition.state / "tracks")
        self._folder = build.edition.public / build.plan.name

    def recall(self, pieces: Iterable[Piece]) -> dict[int, Track]:
        """By its piece's number each track that was made before and still lies where it should, whole."""
        # Its words' times are in its clips: without them its transcript could not be made.
        heard = (piece for piece in pieces if all(self._clips.has(order.key) for order in piece.all_orders))
        found = ((piece.number, self._recalled(self._episode(piece))) for piece in heard)
        return {number: track for number, track in found if track}

    def mix(self, piece: Piece, threads: int, go_on: Callable[[], None]) -> Track:
        """The piece's new track; so many of its files are coded at once. `go_on` may end it by raising.

        May be called from several threads. Raises WriteError, and other VivavoceErrors where it cannot be made.
        """
        job = self._episode(piece)
        track = produce(
            job.score,
            self._clips,
            self._sound,
            self._jingles,
            job.tags,
            self._folder / job.folder,
            job.stem,
            self._build.edition.state / "scratch",
            job.containers,
            threads=threads,
            go_on=go_on,
        )
        self._memory.keep(self._key(job), track)
        return track

    def recall_programme(self, pieces: Sequence[Piece]) -> Track | None:
        """The whole issue as it was made before from the same opening, articles and close."""
        return self._recalled(self._programme(pieces))

    def mix_programme(self, pieces: Sequence[Piece], go_on: Callable[[], None] = lambda: None) -> Track:
        """The whole issue in one file: its opening, its articles, its close. `go_on` may end it by raising.

        Raises VivavoceError.
        """
        job, edition = self._programme(pieces), self._build.edition
        track = produce_programme(
            job.score,
            self._clips,
            self._sound,
            self._jingles,
            job.tags,
            self._folder / job.folder,
            job.stem,
            edition.state / "scratch",
            Shelf(edition.state / "parts" / self._build.plan.name),
            job.containers,
            self._build.workers,
            go_on,
        )
        self._memory.keep(self._key(job), track)
        return track

    def _episode(self, piece: Piece) -> _Job:
        tags = tags_of(self._build.edition, self._build.plan, piece, self._cover)
        containers = tuple(Container(name) for name in self._sound.formats)
        return _Job((part_of(piece),), tags, EPISODES, piece.article.slug, containers)

    def _programme(self, pieces: Sequence[Piece]) -> _Job:
        # Only the opening names the publication: over every article's sting it would be too much.
        score = tuple(replace(part_of(piece), ident=()) for piece in pieces)
        tags = programme_tags(self._build.edition, self._build.plan, pieces, self._cover)
        return _Job(score, tags, PROGRAMME, self._build.plan.name, _PROGRAMME_CONTAINERS)

    def _key(self, job: _Job) -> str:
        return track_key(job.score, self._sound, self._jingles, job.tags, job.containers)

    def _recalled(self, job: _Job) -> Track | None:
        return self._memory.recall(self._key(job), self._folder / job.folder, job.score)


def part_of(piece: Piece) -> Part:
    """What is heard of a piece in its episode, ident first."""
    article = piece.article
    return Part(piece.takes, article.headline, article.language, article.section, piece.ident_takes)
