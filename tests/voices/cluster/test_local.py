"""`--cluster local:N`: processes of this machine."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from articles.files import PARTIAL, WriteError
from tests.limits import small_disk
from tests.voices.cluster.processes import VOICES, order, recordings, sentences
from voices.catalogue import Engine
from voices.clips import ClipStore
from voices.cluster import open_cluster
from voices.cluster.errors import ClusterError
from voices.load import LoadableVoice
from voices.studio import VoiceReady
from voices.voice import Clip, SpeechError, Voice

pytestmark = pytest.mark.slow


class Deadly(LoadableVoice):
    """A voice that takes its process with it."""

    def load(self) -> Voice:
        """Never."""
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


DEADLY = Deadly("deadly", "mul", Engine.TONE, (), "1" * 64)


class CutShort(ClipStore):
    """A store that loses the end of a clip, the first `times` that it is written."""

    def __init__(self, root: Path, times: int) -> None:
        super().__init__(root)
        self.times = times

    def write(self, key: str, clip: Clip) -> None:
        """Keep most of it."""
        super().write(key, clip)
        written = self.root / f"written-{key}"
        if not written.exists() or written.stat().st_size < self.times:
            self.path(key).write_bytes(self.path(key).read_bytes()[:-9])
            with written.open("ab") as count:
                count.write(b".")


def answer(address: str) -> str:
    """What somebody is told who tries to use the scheduler at `address`."""
    with pytest.raises(ClusterError) as told, open_cluster(address, "somewhere"):
        pass
    return str(told.value)


def test_every_order_becomes_a_clip(tmp_path: Path) -> None:
    """As at home: a whole clip for each key, told once, of the length that is told; each voice loaded once."""
    store = ClipStore(tmp_path / "clips")
    with open_cluster("local:2", "") as cluster:
        results = list(cluster.record([*sentences(30), *sentences(3)], VOICES, store))
    done = list(recordings(results))
    assert sorted(each.order.key for each in done) == sorted(each.key for each in sentences(30))
    for recording in done:
        clip = store.read(recording.order.key)
        assert clip
        assert clip.seconds == recording.seconds
    assert 1 <= results.count(VoiceReady("tone")) <= 2


def test_nobody_else_can_talk_to_it_and_nothing_is_left(tmp_path: Path) -> None:
    """It listens on this machine alone, and only to who has its key; its processes end with it, though they read."""
    me = psutil.Process()
    others = set(me.children())
    with open_cluster("local:2", "") as cluster:
        results = cluster.record(sentences(400), VOICES, ClipStore(tmp_path / "clips"))
        next(results)
        mine = set(me.children()) - others
        workers = [child for child in mine if "resource_tracker" not in " ".join(child.cmdline())]
        heard = [c.laddr for p in (me, *workers) for c in p.net_connections("inet") if c.status == "LISTEN"]
        assert len(workers) == 2
        assert heard
        assert {address.ip for address in heard} == {"127.0.0.1"}
        with ThreadPoolExecutor() as pool:
            answers = list(pool.map(answer, (f"tcp://127.0.0.1:{address.port}" for address in heard)))
        assert all("no scheduler answers" in each or "is no Dask scheduler" in each for each in answers)
        results.close()
    assert not psutil.wait_procs(workers, timeout=5)[1]


def test_an_order_that_kills_its_workers_fails_alone(tmp_path: Path) -> None:
    """Whatever stood in one batch with it, or waited behind it, is read."""
    voices = {**VOICES, "deadly": DEADLY}
    orders = [*sentences(4), order("the end", DEADLY), order("the very end", DEADLY), *sentences(20)]
    with open_cluster("local:1", "") as cluster:
        done = list(recordings(cluster.record(orders, voices, ClipStore(tmp_path / "clips"))))
    failed = {each.order.spoken: each.failure for each in done if each.failure}
    assert sorted(each.order.key for each in done) == sorted({each.key for each in orders})
    assert set(failed) == {"the end", "the very end"}
    assert all(isinstance(failure, SpeechError) for failure in failed.values())
    assert "ended 3 workers of the voice deadly" in str(failed["the end"])


def test_a_clip_that_arrives_cut_short_is_read_again(tmp_path: Path) -> None:
    """Nobody hears it; when it comes to that three times, the build ends and says so."""
    store = CutShort(tmp_path / "clips", 1)
    with open_cluster("local:1", "") as cluster:
        done = list(recordings(cluster.record(sentences(3), VOICES, store)))
        assert len(done) == 3
        assert all(store.read(each.order.key) for each in done)
        with pytest.raises(ClusterError, match="cannot be found there, or is damaged"):
            list(cluster.record(sentences(1, "Ship"), VOICES, CutShort(tmp_path / "others", 9)))


def test_a_full_disk_is_told_by_the_worker_that_met_it(tmp_path: Path) -> None:
    """The build ends with the reason; nothing on the disk is half a clip."""
    with small_disk(tmp_path, 300) as disk, open_cluster("local:1", "") as cluster:
        store = ClipStore(disk / "clips")
        with pytest.raises(WriteError, match=r"\(process \d+\): .*cannot be written \(No space left on device\)"):
            list(cluster.record(sentences(40), VOICES, store))
        # One of another worker may be under way, under a partial's name.
        assert all(store.read(path.stem) for path in disk.rglob("*.clip") if not path.name.startswith(PARTIAL))
