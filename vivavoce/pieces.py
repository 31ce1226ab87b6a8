"""Articles on their way to episodes: read, cut into segments, and spoken."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from articles.errors import ArticleError, VivavoceError
from articles.files import WriteError
from articles.issue import Article
from articles.markdown import read_article
from articles.segments import HouseStyle, Script, write_script
from vivavoce.edition import Edition, IssuePlan
from vivavoce.report import Failure
from vivavoce.watch import Watch
from voices.cast import Cast
from voices.clips import ClipStore
from voices.load import LOADING_EFFORT
from voices.studio import Order, VoiceReady, record
from voices.take import Take


@dataclass(frozen=True, slots=True)
class Piece:
    """One article on its way: its place in the issue (from 1), what it says, and which clips will say it."""

    number: int
    article: Article
    script: Script
    orders: tuple[Order, ...]

    @property
    def file(self) -> str:
        """The article's file, as the producer knows it."""
        return self.article.path.name

    @property
    def takes(self) -> tuple[Take, ...]:
        """The takes that its track is mixed from."""
        pairs = zip(self.script.segments, self.orders, strict=True)
        return tuple(Take(segment, order.voice, order.key) for segment, order in pairs)


@dataclass(slots=True)
class Build:
    """An issue's build while it goes on: what every step needs, what was read aloud, and what has failed so far."""

    edition: Edition
    plan: IssuePlan
    cast: Cast
    style: HouseStyle
    watch: Watch
    workers: int
    failures: list[Failure] = field(default_factory=list)
    segments_read: int = 0
    seconds_read: float = 0.0

    def fail(self, file: str, error: VivavoceError) -> None:
        """Leave one article out; the others go on."""
        self.failures.append(Failure(file, error))


def read(build: Build) -> Iterator[Piece]:
    """The issue's articles in running order, each with its script and the clips it needs."""
    seen: dict[tuple[str, str], str] = {}
    for number, path in enumerate(build.plan.files, 1):
        try:
            article = read_article(path, build.edition.settings.languages)
            twin = seen.setdefault((article.slug, article.language), path.name)
            if twin != path.name:
                raise ArticleError(
                    f"{path.name}: has the same name and language as {twin}",
                    hint="rename one of the two: an episode is known by its article's name for ever",
                )
            script = write_script(article, build.style)
            yield Piece(number, article, script, tuple(map(build.cast.order, script.segments)))
        except VivavoceError as error:
            build.fail(path.name, error)


def speak(build: Build, pieces: Iterable[Piece], clips: ClipStore) -> Iterator[Piece]:
    """Those of `pieces` whose every clip is in the store, once all that were missing have been recorded."""
    pieces = tuple(pieces)
    failed = _record_missing(build, pieces, clips)
    for piece in pieces:
        failure = next((failed[order.key] for order in piece.orders if order.key in failed), None)
        if failure:
            build.fail(piece.file, failure)
        else:
            yield piece


def _record_missing(build: Build, pieces: tuple[Piece, ...], clips: ClipStore) -> dict[str, VivavoceError]:
    """Why a clip could not be recorded, by its key."""
    orders = {order.key: order for piece in pieces for order in piece.orders}
    missing = [order for key, order in orders.items() if clips.read(key) is None]
    failed: dict[str, VivavoceError] = {}
    if not missing:
        return failed
    voices = build.cast.voices
    to_load = {order.voice for order in missing}
    effort = sum(voices[order.voice].effort(order.spoken) for order in missing)
    with build.watch.stage("reading aloud", effort + LOADING_EFFORT * len(to_load)) as advance:
        for result in record(missing, voices, clips, build.workers):
            if isinstance(result, VoiceReady):
                if result.voice in to_load:  # not when another worker loads it too
                    to_load.remove(result.voice)
                    build.watch.note(f"{result.voice} is ready")
                    advance(LOADING_EFFORT)
                continue
            if isinstance(result.failure, WriteError):
                raise result.failure  # a full disk is nothing that one article could be left out for
            if result.failure:
                failed[result.order.key] = result.failure
            else:
                build.segments_read += 1
                build.seconds_read += result.seconds
            advance(voices[result.order.voice].effort(result.order.spoken))
    return failed
