import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from articles.errors import SettingsError
from tests.children import children
from voices.cast import Cast
from voices.catalogue import Engine
from voices.clips import ClipStore, clip_key
from voices.load import LoadableVoice
from voices.studio import Order, Recording, VoiceReady, check_workers, default_workers, record
from voices.voice import Delivery, SpeechError, Voice

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


def test_identical_segments_are_read_once_and_in_order(store: ClipStore) -> None:
    """The same key twice is one recording; what is wanted first is read first."""
    orders = [order("short"), order("a good deal longer than that"), order("short"), order("last")]
    done = recordings(record(orders, {"tone": TONE}, store, workers=1))
    assert [recording.order.spoken for recording in done] == ["short", "a good deal longer than that", "last"]


def test_urgent_orders_go_first(store: ClipStore) -> None:
    """What comes up meanwhile is read before all that waits, though the worker may have begun one more; each once."""
    orders = [order(f"Sentence {number}") for number in range(6)]
    urgent = [[], [order("again"), order("Sentence 5"), order("and again")]]
    done = recordings(record(orders, {"tone": TONE}, store, 1, lambda: urgent.pop() if urgent else []))
    spoken = [recording.order.spoken for recording in done]
    assert sorted(spoken) == sorted([*(each.spoken for each in orders), "again", "and again"])
    assert spoken.index("and again") == spoken.index("again") + 1 <= 3


def test_urgent_orders_at_the_very_end_are_read_too(store: ClipStore) -> None:
    """The workers are there until nobody wants anything."""
    urgent = [[order("again")], []]  # the voice is ready, then the sentence is read
    done = recordings(record([order("only")], {"tone": TONE}, store, 1, lambda: urgent.pop() if urgent else []))
    assert [recording.order.spoken for recording in done] == ["only", "again"]


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
    killed = False
    for result in record(orders, {"tone": TONE}, store, workers=1):
        if isinstance(result, VoiceReady) and not killed:
            killed = True
            (worker,) = children()
            os.kill(worker, signal.SIGKILL)
        elif isinstance(result, Recording):
            done.append(result)
    assert {r.order.key for r in done if not r.failure} == {each.key for each in orders}


class Deadly(LoadableVoice):
    """A voice that takes its process with it."""

    def load(self) -> Voice:
        """Never."""
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


def test_an_order_that_kills_three_workers_fails_alone(store: ClipStore) -> None:
    """It is given up after the third, and says what to do; the others' orders are read."""
    voices = {"tone": TONE, "deadly": Deadly("deadly", "mul", Engine.TONE, (), "1" * 64)}
    orders = [order("the end", "deadly"), order("fine"), order("fine too")]
    done = recordings(record(orders, voices, store, workers=2))
    assert sorted(each.order.spoken for each in done if not each.failure) == ["fine", "fine too"]
    (failed,) = [each for each in done if each.failure]
    assert failed.order.spoken == "the end"
    assert "ended 3 workers of the voice deadly" in str(failed.failure)


@pytest.mark.parametrize("workers", [0, -1, 4 * default_workers() + 1])
def test_a_number_of_workers_that_makes_no_sense_is_told(workers: int) -> None:
    """None, or more than help: a line that says so, and what to do."""
    with pytest.raises(SettingsError, match=f"^{workers} workers") as error:
        check_workers(workers)
    assert "leave out --workers" in error.value.hint
    assert check_workers(default_workers()) == default_workers()


def test_closing_ends_the_workers(store: ClipStore) -> None:
    """Whoever stops listening leaves no process behind."""
    results = record([order(f"Sentence {n}") for n in range(50)], {"tone": TONE}, store, workers=2)
    next(results)
    assert children()
    results.close()
    assert not children()


def test_a_second_reading_of_a_voice_without_noise_is_a_little_slower(store: ClipStore) -> None:
    """The same words in the same order, 3 % longer, under another key: both readings are in the store."""
    cast = Cast({}, {"tone": TONE})
    first = order("The first boat leaves at five")
    second = cast.again(first)
    recordings(record([first, second], {"tone": TONE}, store, workers=1))
    clips = [store.read(each.key) for each in (first, second)]
    assert clips[0] is not None
    assert clips[1] is not None
    assert [word.text for word in clips[0].words] == [word.text for word in clips[1].words]
    spoken = [sum(word.end - word.start for word in clip.words) for clip in clips if clip]
    assert spoken[1] / spoken[0] == pytest.approx(1 / 0.97, rel=0.01)


@pytest.mark.slow
@pytest.mark.real_voice
@pytest.mark.parametrize("name", ["en_US-joe-medium", "ff_siwis"])
def test_a_second_reading_is_another_sound_and_the_same_one_everywhere(
    real_voice: Callable[[str], LoadableVoice], tmp_path: Path, name: str
) -> None:
    """The same words at nearly the same pace, other samples; and two machines with empty stores get the same ones."""
    voice = real_voice(name)
    cast = Cast({}, {name: voice})
    first = Order(clip_key(voice.identity, "Maman, papa.", Delivery()), name, "Maman, papa.")
    second = cast.again(first)
    stores = [ClipStore(tmp_path / machine) for machine in ("here", "there")]
    for each in stores:
        recordings(record([first, second], {name: voice}, each, workers=1))
    here, there = ([each.read(key) for key in (first.key, second.key)] for each in stores)
    assert here[0] is not None
    assert here[1] is not None
    assert there[1] is not None
    assert not np.array_equal(here[0].pcm, here[1].pcm)
    assert np.array_equal(here[1].pcm, there[1].pcm)
    assert here[1].seconds == pytest.approx(here[0].seconds, rel=0.2)
