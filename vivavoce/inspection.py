"""Clips judged before anybody hears them: which reading of a text is kept, and what is still doubtful about it.

A clip with a fault is read once more; the better of the two is kept, the first where they are alike. Verdicts depend
on the clip alone, so every build, on any machine, comes to the same choice; they are kept to save the work.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articles.segments import Script
from audio.quality import badness, examine
from vivavoce.verdicts import Faults, Verdicts
from voices.cast import Cast
from voices.clips import ClipStore
from voices.studio import Order


@dataclass(frozen=True, slots=True)
class Doubt:
    """A clip that is not as it should be after two readings, and is used all the same: a person may judge.

    `line` is the article's, `segment` counts its segments from 0, `text` is what was to be read.
    """

    article: str
    line: int
    segment: int
    text: str
    voice: str
    clip: str
    faults: Faults

    def __str__(self) -> str:
        sentences = "; ".join(fault.sentence for fault in self.faults)
        return f"{self.article}:{self.line}: “{beginning(self.text)}” {sentences}"

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        faults = [
            {"kind": fault.kind.value, "at_s": round(fault.at_s, 2), "sentence": fault.sentence}
            for fault in self.faults
        ]
        return {
            "article": self.article,
            "line": self.line,
            "segment": self.segment,
            "text": self.text,
            "voice": self.voice,
            "clip": self.clip,
            "faults": faults,
        }


class Inspection:
    """Looks at clips, and chooses between two readings. It reads the store; what is missing there, others record."""

    def __init__(self, cast: Cast, clips: ClipStore, verdicts: Verdicts) -> None:
        self._cast = cast
        self._clips = clips
        self._verdicts = verdicts
        self._impossible: set[str] = set()

    def faults(self, order: Order) -> Faults | None:
        """What is wrong with the clip of `order`; None when it was never examined and is not in the store."""
        known = self._verdicts.get(order.key)
        if known is not None:
            return known
        clip = self._clips.read(order.key)
        if clip is None:
            return None
        faults = examine(clip, order.spoken, order.voice, order.delivery.speed)
        self._verdicts.add(order.key, faults)
        return faults

    def choose(self, first: Order) -> Order:
        """Of the text that `first` reads, the reading to use; the second one as long as that is still to be made."""
        faults = self.faults(first)
        if not faults:
            return first
        second = self._cast.again(first)
        if second.key in self._impossible:
            return first
        again = self.faults(second)
        return second if again is None or badness(again) < badness(faults) else first

    def give_up(self, key: str) -> None:
        """The second reading of this key cannot be made: the first is used, whatever is wrong with it."""
        self._impossible.add(key)

    def start_over(self) -> None:
        """Examine every clip again, whatever was found before."""
        self._verdicts.forget()

    def save(self) -> None:
        """Keep the verdicts for later builds. Raises articles.files.WriteError."""
        self._verdicts.save()


def inspection_of(state: Path, issue: str, cast: Cast) -> Inspection:
    """The inspection of an issue's clips, with the verdicts that earlier builds left in the edition's `state`."""
    return Inspection(cast, ClipStore(state / "clips"), Verdicts(state / "verdicts" / f"{issue}.json"))


def doubts(article: str, script: Script, orders: Iterable[Order], inspection: Inspection) -> Iterator[Doubt]:
    """The clips of `orders`, one for each of the script's segments, that have faults."""
    for segment, order in zip(script.segments, orders, strict=True):
        faults = inspection.faults(order)
        if faults:
            text = segment.written or segment.spoken
            yield Doubt(article, segment.line, segment.index, text, order.voice, order.key, faults)


def beginning(text: str) -> str:
    """The first words of a text, to know it by."""
    return text if len(text) <= 60 else f"{text[:60].rsplit(' ', 1)[0]} …"
