"""How fast and in how much memory cached clips become finished files: an episode of 30 minutes, a programme of 3 hours.

Each runs in a process of its own on one core, from clips of made-up speech at 22.05 kHz in a clip store. Printed are
how many times faster than real time it is, the CPU seconds of each step, and the most memory it ever had resident.
Run it with `make bench`. Figures of one run belong together; those of two machines do not.
"""

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import audio.master
import audio.measure
import audio.track
from articles.issue import BlockKind
from articles.segments import Segment
from audio.containers import Container
from audio.jingle import open_jingles
from audio.level import Levels
from audio.score import Part, Score
from audio.sound import Sound
from audio.tags import Tags
from voices.clips import ClipStore
from voices.take import Take
from voices.voice import Clip, to_pcm

RATE = 22_050
CLIPS, CLIP_SECONDS = 200, 6.0
PART_MINUTES = 10
RUNS = [
    ("episode, MP3", 30, "mono", ("mp3",)),
    ("episode, all formats", 30, "mono", ("mp3", "m4a", "opus")),
    ("programme, MP3 and M4B", 180, "mono", ("mp3", "m4b")),
    ("programme, in stereo", 180, "stereo", ("mp3", "m4b")),
]
STEPS = ["hear the clips", "mix", "measure the mix", "find the gain", "limit", "encode", "decode", "measure the file"]
MEGABYTE = 1024  # of what Linux counts in kilobytes


def spoken(seconds: float, seed: int) -> NDArray[np.float32]:
    """Sound with the syllables, the pauses and the high peaks of a voice."""
    random = np.random.default_rng(seed)
    time_s = np.arange(round(seconds * RATE)) / RATE
    phase = 2 * np.pi * np.cumsum(random.uniform(95, 210) * (1 + 0.08 * np.sin(2 * np.pi * 0.4 * time_s))) / RATE
    pulses = sum(np.cos(overtone * phase) / overtone**0.8 for overtone in range(1, 30))
    syllables = np.repeat(random.uniform(0.15, 1.0, int(seconds * 5) + 1), RATE // 5)[: len(time_s)]
    sound = (pulses + random.standard_normal(len(time_s))) * syllables * np.sin(np.pi * 5 * time_s) ** 2
    return np.pad(0.5 * sound / np.abs(sound).max(), RATE // 6).astype(np.float32)


def fill(store: ClipStore) -> None:
    """Put CLIPS clips into the store; their keys are their numbers."""
    for number in range(CLIPS):
        store.write(f"{number:064x}", Clip(to_pcm(spoken(CLIP_SECONDS, number)), RATE))


def score_of(minutes: int) -> Score:
    """Parts of PART_MINUTES, or one of `minutes` where that is all; paragraphs of five sentences in two voices."""
    parts = max(1, minutes // PART_MINUTES) if minutes > 60 else 1
    count = int(60 * minutes / parts / (CLIP_SECONDS + 0.4))
    return tuple(Part(tuple(takes(part * count, count)), f"Article {part}", "en") for part in range(parts))


def takes(first: int, count: int) -> Iterator[Take]:
    """So many takes, a headline and paragraphs."""
    for place in range(count):
        number = (first + place) % CLIPS
        kind = BlockKind.PARAGRAPH if place else BlockKind.HEADLINE
        block = (place + 4) // 5
        segment = Segment(place, block, kind, "en", "Words.", "words.", place + 1)
        yield Take(segment, "anna" if block % 7 else "bert", f"{number:064x}")


class Clock:
    """CPU seconds by step; a step that runs inside another counts for itself alone."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(STEPS, 0.0)
        self.calls = dict.fromkeys(STEPS, 0)
        self._running: list[str] = []
        self._since = time.process_time()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """What runs inside counts for `name`."""
        self._settle()
        self._running.append(name)
        try:
            yield
        finally:
            self._settle()
            self._running.pop()

    def whole(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed."""

        def timed(*arguments: Any, **named: Any) -> Any:
            self.calls[name] += 1
            with self.step(name):
                return function(*arguments, **named)

        return timed

    def blocks(self, name: str, function: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        """The function, which gives one block after another, timed while it makes them."""

        def timed(*arguments: Any, **named: Any) -> Iterator[Any]:
            made = function(*arguments, **named)
            while True:
                with self.step(name):
                    block = next(made, None)
                if block is None:
                    return
                yield block

        return timed

    def _settle(self) -> None:
        now = time.process_time()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        self._since = now


def watch(clock: Clock) -> None:
    """Have every step of `produce` counted."""
    for module, name, step in [
        (audio.track, "rehearse", "hear the clips"),
        (audio.track, "levels_of", "measure the mix"),
        (audio.master, "encode", "encode"),
        (audio.master, "measure", "measure the file"),
        (Levels, "gain_db", "find the gain"),
    ]:
        setattr(module, name, clock.whole(step, getattr(module, name)))
    for module, name, step in [
        (audio.track, "mixed_blocks", "mix"),
        (audio.measure, "decoded_blocks", "decode"),
        (Levels, "limited", "limit"),
    ]:
        setattr(module, name, clock.blocks(step, getattr(module, name)))


def run(root: Path, minutes: int, channels: str, formats: list[str]) -> None:
    """In a process of its own: make the files, print what it took as JSON."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    score, sound = score_of(minutes), Sound(channels=channels)
    jingles = open_jingles(sound, root)
    tags = Tags("The harbour wakes", "The Gazette", "November 2026", 1, 1, "en", date(2026, 11, 2))
    before_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    clock = Clock()
    watch(clock)
    began, began_wall = time.process_time(), time.perf_counter()
    track = audio.track.produce(
        score, ClipStore(root / "clips"), sound, jingles, tags, root / "made", "x", root / "scratch",
        [Container(name) for name in formats],
    )  # fmt: skip
    took = {
        "audio_s": track.seconds,
        "cpu_s": time.process_time() - began,
        "wall_s": time.perf_counter() - began_wall,
        "steps": clock.seconds,
        "encodings": clock.calls["encode"],
        "before_mb": before_mb,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE,
        "files": [f"{file.container} {file.lufs:.2f} LUFS {file.true_peak_db:.2f} dBTP" for file in track.files],
    }
    print(json.dumps(took))


def show(name: str, took: dict[str, Any]) -> None:
    """One run as a few lines."""
    audio_s, cpu_s, wall_s = took["audio_s"], took["cpu_s"], took["wall_s"]
    print(f"\n{name}: {audio_s / 60:.1f} min, {audio_s / cpu_s:.0f} times real time on one core")
    print(f"  {cpu_s:.1f} s CPU, {wall_s:.1f} s wall, {took['peak_mb']:.0f} MB resident at most", end="")
    print(f" (of which {took['before_mb']:.0f} before the first clip)")
    for step, seconds in took["steps"].items():
        print(f"  {step:18}{seconds:7.2f} s{seconds / cpu_s:7.0%}")
    print(f"  {took['encodings']} encodings: {'; '.join(took['files'])}")


def main() -> None:
    """Make the clips, then each run in a new process; only those whose name holds the first argument, if any."""
    with tempfile.TemporaryDirectory() as folder:
        fill(ClipStore(Path(folder) / "clips"))
        print(f"{platform.machine()}, Python {platform.python_version()}")
        for name, minutes, channels, formats in RUNS:
            if sys.argv[1:] and sys.argv[1] not in name:
                continue
            command = [sys.executable, __file__, "--run", folder, str(minutes), channels, *formats]
            done = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=os.environ | {"PYTHONPATH": "."})
            show(name, json.loads(done.stdout))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run(Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5:])
    else:
        main()
