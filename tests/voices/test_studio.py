import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from voices.catalogue import Engine
from voices.clips import ClipStore, clip_key
from voices.load import LoadableVoice
from voices.studio import Order, Recording, VoiceReady, record
from voices.voice import Delivery, SpeechError

TONE = LoadableVoice("tone", "mul", Engine.TONE, (), "0" * 64)


def order(text: str, voice: str = "tone") -> Order:
    return Order(clip_key(voice, text, Delivery()), voice, text)


@pytest.fixture
def store(tmp_path: Path) -> ClipStore:
    return ClipStore(tmp_path / "clips")


def recordings(results: Iterator[Recording | VoiceReady]) -> list[Recording]:
    return [result for result in results if isinstance(result, Recording)]


def test_every_order_becomes_a_clip(store: ClipStore) -> None:
    """All orders are carried out, on as many workers as asked for, and the clips are in the store."""
    orders = [order(f"This is sentence {number}") for number in range(8)]
    done = recordings(record(orders, {"tone": TONE}, store, workers=2))
    assert {recording.order.key for recording in done} == {each.key for each in orders}
    for recording in done:
        clip = store.read(recording.order.key)
        assert clip is not None
        assert clip.seconds == pytest.approx(recording.seconds)


def test_identical_segments_are_read_once_and_long_ones_first(store: ClipStore) -> None:
    """The same key twice is one recording; the longest text does not wait for last."""
    orders = [order("short"), order("a good deal longer than that"), order("short")]
    done = recordings(record(orders, {"tone": TONE}, store, workers=1))
    assert [recording.order.spoken for recording in done] == ["a good deal longer than that", "short"]


def test_a_voice_is_loaded_once_per_worker(store: ClipStore) -> None:
    """A worker says once that a voice is ready, however many texts it reads."""
    orders = [order(f"Sentence {number}") for number in range(5)]
    ready = [r for r in record(orders, {"tone": TONE}, store, workers=1) if isinstance(r, VoiceReady)]
    assert ready == [VoiceReady("tone")]


def test_what_cannot_be_said_fails_alone(store: ClipStore) -> None:
    """A text that the voice refuses and a voice that cannot load are failures of their orders; the rest is read."""
    broken = LoadableVoice("broken", "en", Engine.PIPER, (), "0" * 64)
    orders = [order("…"), order("fine"), order("never", "broken")]
    done = recordings(record(orders, {"tone": TONE, "broken": broken}, store, workers=2))
    failed = {r.order.spoken: r.failure for r in done if r.failure}
    assert set(failed) == {"…", "never"}
    assert all(isinstance(failure, SpeechError) for failure in failed.values())
    assert store.read(order("fine").key) is not None


def test_a_killed_worker_is_replaced_and_loses_nothing(store: ClipStore) -> None:
    """When a worker is killed in the middle of its work, another one finishes it."""
    orders = [order(f"This is sentence number {number}") for number in range(6)]
    done: list[Recording] = []
    for result in record(orders, {"tone": TONE}, store, workers=1):
        if isinstance(result, VoiceReady) and not done:
            (worker,) = _children()
            os.kill(worker, signal.SIGKILL)
        elif isinstance(result, Recording):
            done.append(result)
    assert {r.order.key for r in done if not r.failure} == {each.key for each in orders}


def test_closing_ends_the_workers(store: ClipStore) -> None:
    """Whoever stops listening leaves no process behind."""
    results = record([order(f"Sentence {n}") for n in range(50)], {"tone": TONE}, store, workers=2)
    next(results)
    assert _children()
    results.close()  # type: ignore[attr-defined]
    assert not _children()


def _children() -> list[int]:
    """The workers: children of this process that multiprocessing spawned, its resource tracker not counted."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            command = (stat.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == os.getpid() and b"spawn_main" in command:
            found.append(int(stat.parent.name))
    return found
