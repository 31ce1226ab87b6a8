"""`--cluster tcp://…`: a real scheduler and workers, which share with this process the network and a folder."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from articles.errors import ExitCode, SettingsError, VivavoceError
from tests.voices.cluster.processes import VOICES, order, recordings, scheduler, sentences, workers
from voices.catalogue import Engine
from voices.cluster import open_cluster
from voices.cluster.batches import ENOUGH_S, speech_s
from voices.cluster.errors import ClusterError, WorkerLacksVoice
from voices.load import LoadableVoice
from voices.places.errors import PlaceError
from voices.shared_clips import SharedClips, open_clips
from voices.studio import Order, Recording, VoiceReady

pytestmark = pytest.mark.slow

JOE = LoadableVoice("en_US-joe-medium", "en-US", Engine.PIPER, (), "0" * 64)


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers, which have no voices but the tone."""
    folder = tmp_path_factory.mktemp("there")
    with scheduler(folder) as (_, address), workers(folder, address, VIVAVOCE_VOICES=str(folder / "voices")):
        yield address


@pytest.fixture
def shared(tmp_path: Path) -> SharedClips:
    """A store with a folder behind it that the workers reach too."""
    store = open_clips(str(tmp_path / "shared"), tmp_path / "clips")
    assert isinstance(store, SharedClips)
    return store


def refusal(address: str, store: SharedClips, voices: dict[str, LoadableVoice] = VOICES) -> VivavoceError:
    """Why the cluster does not read for `store`."""
    with open_cluster(address, store.shared.location) as cluster, pytest.raises(VivavoceError) as told:
        list(cluster.record(sentences(2), voices, store))
    return told.value


def test_clips_come_through_the_shared_store(there: str, shared: SharedClips) -> None:
    """Each order is told once with its clip's length, when the clip is here, whole; nothing but clips stays there."""
    with open_cluster(there, shared.shared.location) as cluster:
        results = cluster.record([*sentences(30), *sentences(3)], VOICES, shared)
        for result in results:
            if isinstance(result, Recording):
                here = shared.path(result.order.key)
                assert here.read_bytes() == shared.shared.read(result.order.key)
                assert shared.seconds(result.order.key) == result.seconds
    keys = sorted(each.key for each in sentences(30))
    for root in (shared.root, Path(shared.shared.location)):
        assert sorted(path.stem for path in root.rglob("*.clip")) == keys


def test_a_killed_worker_loses_nothing(there: str, shared: SharedClips) -> None:
    """Killed in the midst of it, as by a machine that is switched off: all is read, by the others and its successor."""
    done: list[Recording] = []
    with open_cluster(there, shared.shared.location) as cluster:
        for result in cluster.record(sentences(300, "Ship"), VOICES, shared):
            if isinstance(result, Recording):
                done.append(result)
                if len(done) in (10, 60):
                    os.kill(min(cluster._scheduler.ask_all(os.getpid).values()), signal.SIGKILL)
    assert sorted(each.order.key for each in done) == sorted(each.key for each in sentences(300, "Ship"))
    assert not any(each.failure for each in done)
    assert all(shared.timing(each.order.key) for each in done)


def test_what_was_read_is_not_read_again(there: str, shared: SharedClips) -> None:
    """After a stop in the midst of it, or when another machine has read it: no voice is so much as loaded."""
    orders = sentences(40, "Punt")
    with open_cluster(there, shared.shared.location) as cluster:
        results = cluster.record(orders, VOICES, shared)
        stopped_after = {next(results).order.key for _ in range(5)}  # type: ignore[union-attr]
        results.close()
        list(cluster.record(orders, VOICES, shared))
    written = {path: path.stat().st_mtime_ns for path in Path(shared.shared.location).rglob("*.clip")}
    assert stopped_after < {path.stem for path in written}
    other = open_clips(shared.shared.location, shared.root / "other")
    with open_cluster(there, shared.shared.location) as cluster:
        again = list(cluster.record(orders, VOICES, other))
    assert len(list(recordings(again))) == 40
    assert VoiceReady("tone") not in again
    assert written == {path: path.stat().st_mtime_ns for path in written}


def test_little_is_handed_out_at_a_time(there: str, shared: SharedClips) -> None:
    """However many orders there are, the scheduler holds two batches for each worker; the rest is not looked at."""
    told = [0]

    def endless() -> Iterator[Order]:
        for each in sentences(100_000, "Dinghy"):
            told[0] += 1
            yield each

    per_batch = next(n for n in range(1, 9) if sum(map(speech_s, sentences(n, "Dinghy 9"))) >= ENOUGH_S)
    with open_cluster(there, shared.shared.location) as cluster:
        for come, _ in enumerate(cluster.record(endless(), VOICES, shared)):
            # As many again may have come back at once, and wait to be told here.
            assert told[0] - come <= 2 * 2 * cluster.workers * per_batch + 2
            if come == 200:
                break


def test_urgent_orders_are_read_before_all_that_waits(there: str, shared: SharedClips) -> None:
    """What comes up meanwhile is handed out next."""
    urgent = [[order("again, please")]]
    with open_cluster(there, shared.shared.location) as cluster:
        results = cluster.record(sentences(60, "Raft"), VOICES, shared, 1, lambda: urgent.pop() if urgent else ())
        spoken = [each.order.spoken for each in recordings(results)]
    assert len(spoken) == 61
    assert spoken.index("again, please") < 40


def test_a_worker_without_the_voice_is_named(there: str, shared: SharedClips) -> None:
    """Or with another voice of that name: with what to run there, and the code for a missing voice."""
    missing = refusal(there, shared, {JOE.name: JOE})
    assert isinstance(missing, WorkerLacksVoice)
    assert missing.exit_code is ExitCode.MISSING_VOICE
    assert "(process " in missing.message
    assert "en_US-joe-medium is not installed" in missing.message
    assert "1 of 2 workers more cannot read" in missing.message
    assert missing.hint == "run there: vivavoce voices install en_US-joe-medium"
    other = LoadableVoice("tone", "mul", Engine.TONE, (), "0" * 64)
    assert "its tone is another than the one here" in str(refusal(there, shared, {"tone": other}))


def test_a_store_that_workers_do_not_reach_is_told(there: str, shared: SharedClips, tmp_path: Path) -> None:
    """None at all; one that means something else on each machine; one that cannot be written."""
    with pytest.raises(SettingsError, match="there is no clip store") as told, open_cluster(there, ""):
        pass
    assert "VIVAVOCE_CLIPS" in told.value.hint
    of_its_own = open_clips("memory://clips", tmp_path / "clips")  # each process has one
    assert isinstance(of_its_own, SharedClips)
    assert "does not find in memory://clips what was put there from here" in str(refusal(there, of_its_own))
    impossible = open_clips("/proc/clips", tmp_path / "clips")
    assert isinstance(impossible, SharedClips)
    assert isinstance(refusal(there, impossible), PlaceError)


@pytest.mark.parametrize("package", ["onnxruntime", "vivavoce", "piper-tts"])
def test_a_worker_that_runs_another_version_is_named(package: str, shared: SharedClips, tmp_path: Path) -> None:
    """The same text must sound the same, whoever reads it."""
    first = pretended(package, tmp_path)
    with scheduler(tmp_path) as (_, address), workers(tmp_path, address, 1, PYTHONPATH=first):
        told = str(refusal(address, shared))
    assert f"runs {package} 0.0.1 (here " in told
    assert "one requirements file" in told


def test_a_scheduler_that_runs_another_version_is_refused(tmp_path: Path) -> None:
    """Before anything is sent to it."""
    with (
        scheduler(tmp_path, PYTHONPATH=pretended("distributed", tmp_path)) as (_, address),
        pytest.raises(ClusterError, match=r"the scheduler runs distributed 0\.0\.1 \(here "),
        open_cluster(address, "somewhere"),
    ):
        pass


def test_a_worker_without_vivavoce_is_named(shared: SharedClips, tmp_path: Path) -> None:
    """With the reason why it cannot run there."""
    (tmp_path / "first" / "voices").mkdir(parents=True)
    (tmp_path / "first" / "voices" / "__init__.py").touch()
    with scheduler(tmp_path) as (_, address), workers(tmp_path, address, 1, PYTHONPATH=str(tmp_path / "first")):
        told = str(refusal(address, shared))
    assert told.startswith("tcp://127.0.0.1:")
    assert "vivavoce cannot run there (" in told
    assert "No module named 'voices.cluster'" in told


def test_a_worker_of_several_threads_is_refused(shared: SharedClips, tmp_path: Path) -> None:
    """espeak bears one in a process: it is said how to start workers instead."""
    with scheduler(tmp_path) as (_, address), workers(tmp_path, address, 1, threads=2):
        assert "has 2 threads, and a process can read on one only" in str(refusal(address, shared))


@pytest.mark.parametrize("later_s", [0.0, 2.0, 7.0], ids=["at once", "while connecting again", "when given up"])
def test_a_scheduler_that_goes_away_is_told(later_s: float, shared: SharedClips, tmp_path: Path) -> None:
    """In one line, the same whenever it is noticed; what was read so far is there."""
    done: list[str] = []

    def read(address: str) -> None:
        with open_cluster(address, shared.shared.location) as cluster:
            for each in recordings(cluster.record(sentences(5000), VOICES, shared)):
                done.append(each.order.key)
                if len(done) == 20:
                    process.kill()
                    time.sleep(later_s)

    with (
        scheduler(tmp_path) as (process, address),
        workers(tmp_path, address),
        pytest.raises(ClusterError, match=r"^the cluster cannot go on: the connection to its scheduler broke"),
    ):
        read(address)
    assert len(done) >= 20
    assert all(shared.timing(key) for key in done)


def pretended(package: str, folder: Path) -> str:
    """A folder that, put before all others, makes a package's version 0.0.1."""
    facts = folder / "first" / f"{package.replace('-', '_')}-0.0.1.dist-info"
    facts.mkdir(parents=True)
    (facts / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 0.0.1\n")
    return str(facts.parent)
