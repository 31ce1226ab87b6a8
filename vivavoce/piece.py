"""An article on its way to an episode, and the build that it belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.errors import VivavoceError
from articles.issue import Article
from articles.segments import HouseStyle, Script
from vivavoce.edition import Edition, IssuePlan
from vivavoce.inspection import Doubt, Inspection, inspection_of
from vivavoce.report import Failure
from vivavoce.watch import Watch
from voices.cast import Cast
from voices.studio import Order, Recorder, record
from voices.take import Take

NOTHING = Script(())
"""A script that says nothing."""


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
    ident: Script = NOTHING
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

    `recorder` reads aloud, with so many `workers`. `keys_read` are the clips that were read in this build, second
    readings included. `doubtful` has by piece number the clips that are used though something is wrong with them.
    """

    edition: Edition
    plan: IssuePlan
    cast: Cast
    style: HouseStyle
    watch: Watch
    workers: int
    recorder: Recorder = record
    failures: list[Failure] = field(default_factory=list)
    segments_read: int = 0
    segments_read_again: int = 0
    seconds_read: float = 0.0
    keys_read: set[str] = field(default_factory=set)
    doubtful: dict[int, tuple[Doubt, ...]] = field(default_factory=dict)
    inspection: Inspection = field(init=False)

    def __post_init__(self) -> None:
        self.inspection = inspection_of(self.edition.state, self.plan.name, self.cast)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """All doubtful clips, in running order."""
        return tuple(doubt for number in sorted(self.doubtful) for doubt in self.doubtful[number])

    def count(self, order: Order, seconds: float) -> None:
        """A clip of so many seconds was read."""
        self.keys_read.add(order.key)
        self.seconds_read += seconds
        if order.attempt:
            self.segments_read_again += 1
        else:
            self.segments_read += 1

    def fail(self, file: str, error: VivavoceError) -> None:
        """Leave one article out; the others go on."""
        self.failures.append(Failure(file, error))

    def in_order(self, failures: Iterable[Failure]) -> tuple[Failure, ...]:
        """The failures in running order, whenever they came; those of the whole issue last."""
        files = [path.name for path in self.plan.files]
        return tuple(
            sorted(
                failures, key=lambda failure: files.index(failure.article) if failure.article in files else len(files)
            )
        )
