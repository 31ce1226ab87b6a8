"""How fast and in how much memory cached clips become finished files: an episode of 30 minutes, a programme of 3 hours.

Each is made in a process of its own, on one core, of clips of made-up speech at 22.05 kHz in a clip store. Printed are
how many times faster than real time that was, by CPU seconds, the CPU seconds of each step, the most memory that was
ever resident, and for each encoding how far its decoded peak rose above the limiter's ceiling (audio/ceiling.py).
Run it with `make bench`; `--quick` makes a tenth of it. Figures of one run belong together; those of two machines do
not.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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

ROOT = Path(__file__).parents[1]
DISK = Path("/var/tmp")
RATE = 22_050
CLIPS, CLIP_SECONDS, PAUSE_SECONDS = 200, 6.0, 0.4
TAGS = Tags("The harbour wakes", "The Gazette", "November 2026", 1, "en", date(2026, 11, 2))
STEPS = ("rehearse", "mix", "levels", "search the gain", "limit", "encode", "decode", "measure")
QUICK = 10


@dataclass(frozen=True)
class Run:
    """One sound to be made: `parts` articles of `minutes` in all."""

    name: str
    minutes: int
    parts: int
    channels: str
    formats: tuple[str, ...]


RUNS = (
    Run("episode as MP3", 30, 1, "mono", ("mp3",)),
    Run("episode in all formats", 30, 1, "mono", ("mp3", "m4a", "opus")),
    Run("programme as MP3 and M4B", 180, 36, "mono", ("mp3", "m4b")),
    Run("programme in stereo", 180, 36, "stereo", ("mp3", "m4b")),
)


def spoken(seconds: float, seed: int) -> NDArray[np.float32]:
    """Sound with the syllables, the pauses and the high peaks of a voice."""
    random = np.random.default_rng(seed)
    time_s = np.arange(round(seconds * RATE)) / RATE
    phase = 2 * np.pi * np.cumsum(random.uniform(95, 210) * (1 + 0.08 * np.sin(2 * np.pi * 0.4 * time_s))) / RATE
    pulses = sum(np.cos(overtone * phase) / overtone**0.8 for overtone in range(1, 30))
    syllables = np.repeat(random.uniform(0.15, 1.0, int(seconds * 5) + 1), RATE // 5)[: len(time_s)]
    sound = (pulses + random.standard_normal(len(time_s))) * syllables * np.sin(np.pi * 5 * time_s) ** 2
    return np.pad(0.5 * sound / np.abs(sound).max(), RATE // 6).astype(np.float32)


def score_of(run: Run) -> Score:
    """Its parts, each a headline and paragraphs of five sentences in two voices."""
    count = max(2, round(60 * run.minutes / run.parts / (CLIP_SECONDS + PAUSE_SECONDS)))
    return tuple(Part(tuple(takes(part * count, count)), f"Article {part + 1}", "en") for part in range(run.parts))


def takes(first: int, count: int) -> Iterator[Take]:
    """So many takes; their clips' keys are numbers, and begin again where there are no more."""
    for place in range(count):
        block = (place + 4) // 5
        kind = BlockKind.PARAGRAPH if place else BlockKind.HEADLINE
        segment = Segment(place, block, kind, "en", "Words.", "words.", place + 1)
        yield Take(segment, "anna" if block % 7 else "bert", f"{(first + place) % CLIPS:064x}")


class Clock:
    """CPU seconds by step; a step that runs inside another counts for itself alone."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(STEPS, 0.0)
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

    def _settle(self) -> None:
        now = time.process_time()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        self._since = now

    def whole(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed."""

        def timed(*arguments: Any) -> Any:
            with self.step(name):
                return function(*arguments)

        return timed

    def blocks(self, name: str, function: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        """The function, which gives one block after another, timed while it makes them."""

        def timed(*arguments: Any) -> Iterator[Any]:
            made = function(*arguments)
            while True:
                with self.step(name):
                    block = next(made, None)
                if block is None:
                    return
                yield block

        return timed


def watch(clock: Clock, overshoots_db: list[float]) -> None:
    """Have every step of `produce` timed, and every encoding's overshoot noted."""
    ceilings_db: list[float] = []
    limited, measure = Levels.limited, audio.measure.measure

    def limited_and_noted(levels: Levels, blocks: Iterator[Any], gain_db: float, ceiling_db: float) -> Iterator[Any]:
        ceilings_db.append(ceiling_db)
        return limited(levels, blocks, gain_db, ceiling_db)

    def measured_and_noted(*arguments: Any) -> Any:
        made = measure(*arguments)
        overshoots_db.append(made.true_peak_db - ceilings_db[-1])
        return made

    replacements: list[tuple[Any, str, Any]] = [
        (audio.track, "rehearse", clock.whole("rehearse", audio.track.rehearse)),
        (audio.track, "mixed_blocks", clock.blocks("mix", audio.track.mixed_blocks)),
        (audio.track, "levels_of", clock.whole("levels", audio.track.levels_of)),
        (Levels, "gain_db", clock.whole("search the gain", Levels.gain_db)),
        (Levels, "limited", clock.blocks("limit", limited_and_noted)),
        (audio.master, "encode", clock.whole("encode", audio.master.encode)),
        (audio.master, "measure", clock.whole("measure", measured_and_noted)),
        (audio.measure, "decoded_blocks", clock.blocks("decode", audio.measure.decoded_blocks)),
    ]
    for owner, name, timed in replacements:
        setattr(owner, name, timed)


def make(run: Run, folder: Path) -> dict[str, Any]:
    """The run's figures, once it is made in `folder`, where the clips are; on one core, and on no other."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    sound = Sound(channels=run.channels)
    jingles = open_jingles(sound, folder)
    clock, overshoots_db, before_mb = Clock(), list[float](), peak_mb()
    watch(clock, overshoots_db)
    store, containers = ClipStore(folder / "clips"), [Container(name) for name in run.formats]
    began = time.process_time()
    track = audio.track.produce(
        score_of(run), store, sound, jingles, TAGS, folder / "made", "x", folder / "scratch", containers
    )
    return {
        "audio_s": track.seconds,
        "cpu_s": time.process_time() - began,
        "steps": clock.seconds,
        "before_mb": before_mb,
        "peak_mb": peak_mb(),
        "overshoots_db": overshoots_db,
        "files": [f"{file.container} {file.lufs:.2f} LUFS {file.true_peak_db:.2f} dBTP" for file in track.files],
    }


def peak_mb() -> float:
    """The most memory that this process ever had resident.

    Linux' own figure: `getrusage` gives a new process the maximum of the one that started it.
    """
    status = Path("/proc/self/status")
    return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024 if status.exists() else float("nan")


def show(run: Run, took: dict[str, Any]) -> None:
    """One run as a few lines."""
    audio_s, cpu_s = took["audio_s"], took["cpu_s"]
    print(f"\n{run.name}: {audio_s / 60:.1f} min at {audio_s / cpu_s:.0f} times real time ({cpu_s:.1f} s CPU)")
    print(f"  memory: {took['peak_mb']:.0f} MB at most, {took['before_mb']:.0f} MB before the first clip")
    for step, seconds in took["steps"].items():
        print(f"  {step:18}{seconds:7.2f} s{seconds / cpu_s:6.0%}")
    print(f"  files: {'; '.join(took['files'])}")
    print(f"  overshoot of each encoding: {', '.join(f'{each:.2f} dB' for each in took['overshoots_db'])}")


def main() -> None:
    """Make the clips here, and each run in a new process."""
    parser = argparse.ArgumentParser(description="How fast clips become finished files.")
    parser.add_argument("--quick", action="store_true", help="a tenth of each sound")
    parser.add_argument("--only", default="", help="only the runs with this in their name")
    parser.add_argument("--make", nargs=2, metavar=("RUN", "FOLDER"), help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    runs = [Run(r.name, r.minutes // (QUICK if wanted.quick else 1), r.parts, r.channels, r.formats) for r in RUNS]
    if wanted.make:
        print(json.dumps(make(runs[int(wanted.make[0])], Path(wanted.make[1]))))
        return
    print(f"{platform.machine()}, Python {platform.python_version()}")
    # Not in /tmp, which may be memory: a mix of three hours takes 2 to 4 GB.
    with tempfile.TemporaryDirectory(dir=DISK if DISK.is_dir() else None) as folder:
        store = ClipStore(Path(folder) / "clips")
        for number in range(CLIPS):
            store.write(f"{number:064x}", Clip(to_pcm(spoken(CLIP_SECONDS, number)), RATE))
        for number, run in enumerate(runs):
            if wanted.only in run.name:
                command = [sys.executable, __file__, "--make", str(number), folder, *["--quick"] * wanted.quick]
                environment = os.environ | {"PYTHONPATH": str(ROOT)}
                done = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment)
                show(run, json.loads(done.stdout))


if __name__ == "__main__":
    main()
