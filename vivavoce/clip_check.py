"""All clips of an issue, examined again as they lie in the store: for those who want to know what to listen to."""

import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from audio.quality import pace_ms
from feeds.rules.finding import Finding, Severity
from vivavoce.inspection import Doubt
from vivavoce.pieces import Build, read
from vivavoce.programme import frames
from vivavoce.report import counted
from voices.clips import ClipStore
from voices.studio import Order

RULE = "vivavoce/clip"
"""By what name a check tells of a doubtful clip."""

_LETTERS_FOR_PACE = 60  # what is shorter is said with more weight, and tells little about the voice


@dataclass(frozen=True, slots=True)
class ClipCheck:
    """What was found: the doubtful clips in running order, how many were examined, how many are still to be read.

    `pace_ms` has for each voice the median time that it takes for a letter, where it reads long enough sentences.
    """

    doubtful: tuple[Doubt, ...]
    clips: int
    unread: int
    pace_ms: Mapping[str, float]

    def findings(self) -> tuple[Finding, ...]:
        """The doubtful clips as a check tells what it finds: a person may find nothing wrong with them."""
        return tuple(
            Finding(RULE, Severity.WARNING, doubt.article, doubt.line, f"please listen: {_told(doubt)}")
            for doubt in self.doubtful
        )

    def lines(self) -> list[str]:
        """For people: how many were examined, and how fast each voice reads."""
        unread = f", {self.unread} still to be read" if self.unread else ""
        paces = [f"{voice} takes {pace:.0f} ms for a letter" for voice, pace in self.pace_ms.items()]
        examined = f"{counted(self.clips, 'clip')} examined{unread}: {len(self.doubtful)} doubtful"
        return ["; ".join([examined, *paces])]

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "clips": self.clips,
            "unread": self.unread,
            "pace_ms": {voice: round(pace, 1) for voice, pace in self.pace_ms.items()},
            "doubtful": [doubt.as_json() for doubt in self.doubtful],
        }


def check_clips(build: Build) -> ClipCheck:
    """Every clip of the issue as built, that is of two readings the one that is kept; nothing is read or written.

    The opening and close of the whole-issue programme are among them once they have been read.
    Articles that cannot be read are in `build.failures` afterwards.
    """
    build.inspection.start_over()
    pieces = tuple(read(build))
    clips = ClipStore(build.edition.state / "clips")
    frame = frames(build, pieces)
    if all(clips.path(order.key).exists() for piece in frame for order in piece.all_orders):
        pieces = (*pieces, *frame)
    orders = {order.key: order for piece in pieces for order in piece.all_orders}
    heard = {key: order for key, order in orders.items() if clips.path(key).exists()}
    found = tuple(doubt for piece in pieces for doubt in build.doubtful[piece.number])
    return ClipCheck(found, len(heard), len(orders) - len(heard), dict(_paces(heard.values(), clips)))


def _told(doubt: Doubt) -> str:
    return str(doubt).removeprefix(f"{doubt.article}:{doubt.line}: ")


def _paces(orders: Iterable[Order], clips: ClipStore) -> Iterator[tuple[str, float]]:
    by_voice: dict[str, list[float]] = defaultdict(list)
    for order in orders:
        clip = clips.read(order.key) if len(order.spoken) >= _LETTERS_FOR_PACE else None
        if clip:
            by_voice[order.voice].append(pace_ms(clip, order.spoken) * order.delivery.speed)
    for voice, paces in sorted(by_voice.items()):
        yield voice, statistics.median(paces)
