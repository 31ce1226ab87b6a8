"""Articles on their way to episodes: read, cut into segments, and spoken."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from articles.continuity import Names, ident
from articles.errors import ArticleError, VivavoceError
from articles.files import WriteError
from articles.issue import Article
from articles.markdown import read_article
from articles.segments import HouseStyle, Script, write_script
from feeds.words import words_for
from vivavoce.edition import EDITION_FILE, Edition, IssuePlan
from vivavoce.inspection import Doubt, Inspection, doubts, inspection_of
from vivavoce.report import Failure
from vivavoce.watch import Watch
from voices.cast import Cast
from voices.clips import ClipStore
from voices.load import LOADING_EFFORT
from voices.studio import Order, Recording, VoiceReady, record
from voices.take import Take

_NOTHING = Script(())


@dataclass(frozen=True, slots=True)
class Piece:
    """One article on its way: its place in the issue (from 1), what it says, and which clips will say it.

    `ident` is what is said over its jingle. Of a text that was read twice, `orders` and `ident_orders` have the reading
    that is kept.
    """

    number: int
    article: Article
    script: Script
    orders: tuple[Order, ...]
    ident: Script = _NOTHING
    ident_orders: tuple[Order, ...] = ()

    @property
    def file(self) -> str:
        """The article's file, as the producer knows it."""
        return self.article.path.name

    @property
    def takes(self) -> tuple[Take, ...]:
        """The takes that its track is mixed from."""
        return _takes(self.script, self.orders)

    @property
    def ident_takes(self) -> tuple[Take, ...]:
        """The takes of its ident."""
        return _takes(self.ident, self.ident_orders)

    @property
    def all_orders(self) -> tuple[Order, ...]:
        """Every clip that its track needs."""
        return (*self.ident_orders, *self.orders)


def _takes(script: Script, orders: tuple[Order, ...]) -> tuple[Take, ...]:
    pairs = zip(script.segments, orders, strict=True)
    return tuple(Take(segment, order.voice, order.key) for segment, order in pairs)


@dataclass(slots=True)
class Build:
    """An issue's build while it goes on: what every step needs, what was read aloud, and what has failed so far.

    `doubtful` has by piece number the clips that are used though something is wrong with them.
    """

    edition: Edition
    plan: IssuePlan
    cast: Cast
    style: HouseStyle
    watch: Watch
    workers: int
    failures: list[Failure] = field(default_factory=list)
    segments_read: int = 0
    segments_read_again: int = 0
    seconds_read: float = 0.0
    doubtful: dict[int, tuple[Doubt, ...]] = field(default_factory=dict)
    inspection: Inspection = field(init=False)

    def __post_init__(self) -> None:
        self.inspection = inspection_of(self.edition.state, self.plan.name, self.cast)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """All doubtful clips, in running order."""
        return tuple(doubt for number in sorted(self.doubtful) for doubt in self.doubtful[number])

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
            yield settled(build, Piece(number, article, script, (), _ident(build, article)))
        except VivavoceError as error:
            build.fail(path.name, error)


def names_of(build: Build, language: str) -> Names:
    """What publication and issue are called where `language` is spoken."""
    date = build.plan.date
    month = f"{words_for(language).months[date.month - 1]} {date.year}"
    return Names(build.edition.settings.title, build.plan.title, month)


def _ident(build: Build, article: Article) -> Script:
    template = build.edition.settings.sound.ident.get(article.language)
    if not template:
        return _NOTHING
    names = replace(names_of(build, article.language), section=article.section, headline=article.headline)
    return Script(ident(template, names, article.language, build.style))


def speak(build: Build, pieces: Iterable[Piece], clips: ClipStore) -> Iterator[Piece]:
    """Those of `pieces` whose every clip is in the store, once all that were missing have been recorded.

    A clip with a fault is recorded once more; what is doubtful even then is used, and stands in `build.doubtful`.
    """
    pieces = tuple(pieces)
    failed = _record_missing(build, pieces, clips, "reading aloud")
    pieces = tuple(settled(build, piece) for piece in pieces)
    _record_missing(build, pieces, clips, "reading again what came out wrong", again=True)
    spoken = []
    for piece in (settled(build, piece) for piece in pieces):
        failure = next((failed[order.key] for order in piece.all_orders if order.key in failed), None)
        if failure:
            del build.doubtful[piece.number]
            build.fail(piece.file, failure)
        else:
            spoken.append(piece)
    build.inspection.save()
    yield from spoken


def settled(build: Build, piece: Piece) -> Piece:
    """`piece` with the better reading of each text, as far as they have been made; its doubts go to the build.

    Raises what the cast raises for a segment that nobody can read.
    """
    scripts = ((EDITION_FILE, piece.ident), (piece.file, piece.script))
    chosen = [_chosen(build, script) for _, script in scripts]
    build.doubtful[piece.number] = tuple(
        doubt
        for (file, script), orders in zip(scripts, chosen, strict=True)
        for doubt in doubts(file, script, orders, build.inspection)
    )
    return replace(piece, ident_orders=chosen[0], orders=chosen[1])


def _chosen(build: Build, script: Script) -> tuple[Order, ...]:
    return tuple(build.inspection.choose(build.cast.order(segment)) for segment in script.segments)


def _record_missing(
    build: Build, pieces: tuple[Piece, ...], clips: ClipStore, stage: str, *, again: bool = False
) -> dict[str, VivavoceError]:
    """Why a first reading could not be recorded, by its key. Only second ones are looked for where `again` is set."""
    orders = {order.key: order for piece in pieces for order in piece.all_orders if order.attempt or not again}
    absent = clips.fetch(orders)
    missing = [order for key, order in orders.items() if key in absent or clips.timing(key) is None]
    failed: dict[str, VivavoceError] = {}
    if not missing:
        return failed
    voices = build.cast.voices
    to_load = {order.voice for order in missing}
    effort = sum(voices[order.voice].effort(order.spoken) for order in missing)
    with build.watch.stage(stage, effort + LOADING_EFFORT * len(to_load)) as advance:
        for result in record(missing, voices, clips, build.workers):
            if isinstance(result, VoiceReady):
                if result.voice in to_load:  # not when another worker loads it too
                    to_load.remove(result.voice)
                    build.watch.note(f"{result.voice} is ready")
                    advance(LOADING_EFFORT)
                continue
            if isinstance(result.failure, WriteError):
                raise result.failure  # a full disk is nothing that one article could be left out for
            if result.failure and result.order.attempt:
                build.inspection.give_up(result.order.key)
            elif result.failure:
                failed[result.order.key] = result.failure
            else:
                _count(build, result)
            advance(voices[result.order.voice].effort(result.order.spoken))
    return failed


def _count(build: Build, recording: Recording) -> None:
    """Add a clip to what was read; it is examined at once, while the workers go on."""
    build.inspection.faults(recording.order)
    build.seconds_read += recording.seconds
    if recording.order.attempt:
        build.segments_read_again += 1
    else:
        build.segments_read += 1
