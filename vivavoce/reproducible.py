"""Same text, same sound: some of an issue's clips read again, and compared with what lies in the store."""

import contextlib
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import numpy as np

from articles.errors import ArticleError, ExitCode, VivavoceError
from articles.files import WriteError
from vivavoce.inspection import beginning
from vivavoce.pieces import Build, Piece, read
from vivavoce.report import counted
from voices.clips import ClipStore
from voices.studio import Order, Recording
from voices.voice import Clip

ENOUGH = 40
"""How many clips are read again as a rule: some minutes of speech, from every voice and every article."""


@dataclass(frozen=True, slots=True)
class Different:
    """A clip that came out otherwise than it lies in the store, or not at all; `line` is its article's."""

    article: str
    line: int
    text: str
    voice: str
    clip: str
    what: str

    def __str__(self) -> str:
        return f"{self.article}:{self.line}: “{beginning(self.text)}” ({self.voice}): {self.what}"


@dataclass(frozen=True, slots=True)
class Reproduction:
    """What came of it: how many clips the store has of the issue, how many of the `read` ones were not `different`."""

    clips: int
    read: int
    different: tuple[Different, ...]

    @property
    def exit_code(self) -> ExitCode:
        """Whether all were equal."""
        return ExitCode.ARTICLE_FAILED if self.different else ExitCode.DONE

    def lines(self) -> list[str]:
        """For people."""
        equal = self.read - len(self.different)
        said = [f"{self.read} of {counted(self.clips, 'clip')} read again: {equal} equal to the last bit"]
        if self.different:
            said[0] += f", {len(self.different)} different"
            said += [f"different: {each}" for each in self.different]
            said.append("the same samples are promised with one version of onnxruntime on one family of processors")
        return said

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "clips": self.clips,
            "read": self.read,
            "equal": self.read - len(self.different),
            "different": [
                {
                    "article": each.article,
                    "line": each.line,
                    "text": each.text,
                    "voice": each.voice,
                    "clip": each.clip,
                    "what": each.what,
                }
                for each in self.different
            ],
        }


def check_reproducible(build: Build, clips: ClipStore, most: int = ENOUGH) -> Reproduction:
    """At most `most` of the issue's clips that are in the store, read again by new workers and compared bit by bit.

    The store stays as it is, but for damaged clips, which never stay. Raises ArticleError where nothing was read yet,
    and WriteError when there is no room for the other readings; articles that cannot be read are in `build.failures`.
    """
    lines = {line.order.key: line for line in chain.from_iterable(map(_lines, read(build)))}
    there = [line for key, line in lines.items() if clips.has(key)]
    if not there:
        raise ArticleError(f"{build.plan.name}: nothing of it was read yet", hint="build it first: vivavoce build")
    sample = _spread(there)[:most]
    with tempfile.TemporaryDirectory(prefix="vivavoce-") as folder:
        different = tuple(_compared(build, sample, clips, ClipStore(Path(folder))))
    return Reproduction(len(there), len(sample), different)


@dataclass(frozen=True, slots=True)
class _Line:
    """An order, and where in the issue its text stands."""

    article: str
    number: int
    line: int
    text: str
    order: Order


def _lines(piece: Piece) -> Iterator[_Line]:
    for segment, order in zip(piece.script.segments, piece.orders, strict=True):
        yield _Line(piece.file, piece.number, segment.line, segment.written or segment.spoken, order)


def _spread(lines: Iterable[_Line]) -> list[_Line]:
    """The same lines: one of each voice in each article, then a second one, and so on. Always in the same order."""
    groups: dict[tuple[int, str], list[_Line]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: line.order.key):  # as good as shuffled
        groups[line.number, line.order.voice].append(line)
    rounds = zip_longest(*(groups[group] for group in sorted(groups)))
    return [line for each in rounds for line in each if line]


def _compared(build: Build, sample: Sequence[_Line], kept: ClipStore, anew: ClipStore) -> Iterator[Different]:
    """The differences, in running order."""
    orders = [line.order for line in sample]
    failed: dict[str, VivavoceError] = {}
    voices = build.cast.voices
    with (
        build.watch.stage("reading again", len(orders)) as advance,
        contextlib.closing(build.recorder(orders, voices, anew, build.workers)) as results,
    ):
        for result in results:
            if isinstance(result, Recording):
                advance(1)
                if isinstance(result.failure, WriteError):
                    raise result.failure
                if result.failure:
                    failed[result.order.key] = result.failure
    for line in sorted(sample, key=lambda line: (line.number, line.line)):
        key = line.order.key
        what = failed[key].message if key in failed else _difference(kept.read(key), anew.read(key))
        if what:
            yield Different(line.article, line.line, line.text, line.order.voice, key, what)


def _difference(kept: Clip | None, anew: Clip | None) -> str:
    if kept is None or anew is None:
        return f"its clip is damaged{'' if kept is None else ' where it was read again'}"
    if (kept.sample_rate, len(kept.pcm)) != (anew.sample_rate, len(anew.pcm)):
        return f"lasts {anew.seconds:.3f} s, {kept.seconds:.3f} s before"
    unlike = np.flatnonzero(kept.pcm != anew.pcm)
    if len(unlike):
        return f"{len(unlike)} of {len(kept.pcm)} samples differ, from {unlike[0] / kept.sample_rate:.3f} s on"
    return "" if kept.words == anew.words else "the same samples, and other word times"
