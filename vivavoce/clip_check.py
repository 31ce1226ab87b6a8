"""All clips of an issue, examined again as they lie in the store: for those who want to know what to listen to."""

import contextlib
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from articles.errors import VivavoceError
from audio.quality import pace_ms
from vivavoce.inspection import Doubt
from vivavoce.pieces import Build, Piece, read
from vivavoce.programme import framed
from voices.clips import ClipStore
from voices.studio import Order

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
    frame = _frame(build, pieces)
    if all(clips.path(order.key).exists() for piece in frame for order in piece.all_orders):
        pieces = (*pieces, *frame)
    orders = {order.key: order for piece in pieces for order in piece.all_orders}
    heard = {key: order for key, order in orders.items() if clips.path(key).exists()}
    found = tuple(doubt for piece in pieces for doubt in build.doubtful[piece.number])
    return ClipCheck(found, len(heard), len(orders) - len(heard), dict(_paces(heard.values(), clips)))


def _frame(build: Build, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The opening and the close of the whole-issue programme, if the edition has one and they can be said."""
    if build.edition.settings.sound.programme and len(pieces) > 1:
        with contextlib.suppress(VivavoceError):
            first, *_, last = framed(build, pieces)
            return first, last
    return ()


def _paces(orders: Iterable[Order], clips: ClipStore) -> Iterator[tuple[str, float]]:
    by_voice: dict[str, list[float]] = defaultdict(list)
    for order in orders:
        clip = clips.read(order.key) if len(order.spoken) >= _LETTERS_FOR_PACE else None
        if clip:
            by_voice[order.voice].append(pace_ms(clip, order.spoken) * order.delivery.speed)
    for voice, paces in sorted(by_voice.items()):
        yield voice, statistics.median(paces)
