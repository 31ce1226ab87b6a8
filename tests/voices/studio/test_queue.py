from collections import Counter

from voices.catalogue import Engine
from voices.load import LoadableVoice
from voices.studio.order import Order
from voices.studio.queue import Queue

VOICES = {
    "english": LoadableVoice("english", "en", Engine.PIPER, (), "0" * 64),
    "french": LoadableVoice("french", "fr", Engine.KOKORO, (), "1" * 64),
}


def order(number: int, voice: str, letters: int = 60) -> Order:
    return Order(f"{number} {voice}", voice, "a" * letters)


def issue(articles: int, sentences: int = 5) -> list[Order]:
    """Articles in both languages by turns."""
    return [order(number, ("english", "french")[number // sentences % 2]) for number in range(articles * sentences)]


def taken(queue: Queue, *workers: set[str]) -> list[list[str]]:
    """What each worker carries out when all take an order in turn and are as fast; they keep the voices they load."""
    done: list[list[str]] = [[] for _ in workers]
    while True:
        idle = 0
        for loaded, keys in zip(workers, done, strict=True):
            found = queue.take(loaded, Counter(voice for other in workers for voice in other))
            if found is None:
                idle += 1
                continue
            loaded.add(found.voice)
            keys.append(found.key)
        if idle == len(workers):
            return done


def test_one_worker_reads_the_issue_in_running_order() -> None:
    """From the first article to the last, whatever languages they are in."""
    orders = issue(4)
    assert taken(Queue(orders, VOICES), set()) == [[each.key for each in orders]]


def test_two_workers_begin_with_a_voice_each() -> None:
    """The first article at once; nobody loads a voice that another has while there is something else to read."""
    orders = issue(8)
    first, second = taken(Queue(orders, VOICES), set(), set())
    english, french = ([each.key for each in orders if each.voice == voice] for voice in ("english", "french"))
    assert first[: len(english)] == english
    assert second == [key for key in french if key in second]
    assert first[len(english) :] == [key for key in french if key in first]  # it helps, when it has done its own
    assert len(first) + len(second) == len(orders)


def test_one_caption_does_not_have_a_voice_loaded_twice() -> None:
    """Both workers read English; only one of them gets the French voice for a line or two."""
    orders = [*(order(number, "english") for number in range(30)), order(30, "french"), order(31, "french", 10)]
    workers: tuple[set[str], set[str]] = (set(), set())
    done = taken(Queue(orders, VOICES), *workers)
    assert sorted(map(len, workers)) == [1, 2]
    assert sum(map(len, done)) == len(orders)


def test_the_dead_and_the_urgent_go_first() -> None:
    """A dead worker's order is the next one, unless it has killed three; what is urgent goes before that."""
    queue = Queue([order(1, "english"), order(2, "english"), order(3, "english")], VOICES)
    english = {"english"}, Counter(english=1)
    first = queue.take(*english)
    assert first
    assert queue.put_back(first)
    queue.urge([order(9, "english"), order(2, "english")])  # the second waits already: it keeps its place
    assert [found.key for _ in range(3) if (found := queue.take(*english))] == ["9 english", "1 english", "2 english"]
    assert queue.put_back(first)
    assert queue.take(*english) == first
    assert not queue.put_back(first)
    assert len(queue) == 1
