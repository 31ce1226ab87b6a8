"""An issue built again and again, as its producer changes it: cold, then nothing, a word, a lexicon entry, a jingle."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from vivavoce.bench.contenders import build_command
from vivavoce.bench.figures import Measure
from vivavoce.bench.run import First, run
from vivavoce.bench.stage import change_jingle, change_lexicon, change_word
from vivavoce.report import counted

BUILDS = "builds"

_EPISODES = "edition/public/*/episodes/*.mp3"


def _nothing(root: Path) -> str:  # noqa: ARG001
    return ""


STATES: tuple[tuple[str, str, Callable[[Path], str]], ...] = (
    ("cold", "(a) cold: nothing read before", _nothing),
    ("unchanged", "(b) nothing changed", _nothing),
    ("word", "(c) one word changed", change_word),
    ("lexicon", "(d) one lexicon entry changed", change_lexicon),
    ("jingle", "(e) a new jingle", change_jingle),
)
"""Builds of one edition, in this order: each one's name, what it is called, and what is done before it."""


def measure_builds(folder: Path, limit_s: float) -> Iterator[tuple[str, Measure]]:
    """The name and the figures of each build of `folder`/edition, as it ends. Raises RunFailed."""
    for name, _, change in STATES:
        changed = change(folder / "edition")
        there = sum(1 for _ in folder.glob(_EPISODES))
        # An episode that is made anew has another name; the old one goes last of all.
        done = run(lambda _: [build_command()], folder, First(files=_EPISODES, count=there + 1), limit_s)
        report = json.loads(done.output)
        note = (
            f"{counted(report['segments_read'], 'segment')} read, {counted(report['episodes_changed'], 'episode')} made"
        )
        yield (
            name,
            Measure(
                wall_s=done.wall_s,
                cpu_s=done.cpu_s,
                first_s=done.first_s,
                peak_mb=done.peak_mb,
                audio_s=report["audio_seconds"],
                note=f"{changed}: {note}" if changed else note,
            ),
        )
