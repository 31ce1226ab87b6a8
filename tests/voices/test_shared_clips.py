import contextlib
import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from fsspec.registry import _registry

from articles.files import PARTIAL, WriteError
from tests.feeds.publish.conftest import (  # noqa: F401  # the same servers that publishing is tested on
    Place,
    folder,
    free_port,
    s3,
    s3_server,
    sftp,
    ssh_server,
    wait_for,
    webdav,
    webdav_server,
)
from tests.limits import small_disk
from voices.clip_file import Timing, to_bytes
from voices.clips import ClipStore
from voices.places.errors import PlaceError, PlaceSettingError
from voices.places.place import Place as There
from voices.places.place import open_place
from voices.shared_clips import VARIABLE, SharedClips, location_of, open_clips
from voices.shelf import Condition, file_of
from voices.stock import Limits, kept, prune, take_stock
from voices.voice import Clip, WordTime

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

CLIPS = {
    f"{number:02x}{number:062x}": Clip(np.full(900, number, np.int16), 22_050, (WordTime("one", 0, 900),))
    for number in range(6)
}
KEY, *OTHERS = CLIPS
HOUR_S = 60 * 60

Machine = Callable[..., SharedClips]


def same(one: Clip | None, other: Clip) -> bool:
    return one is not None and np.array_equal(one.pcm, other.pcm) and one.words == other.words


@pytest.fixture(params=["folder", "s3", "sftp", "webdav"])
def place(request: pytest.FixtureRequest) -> Place:
    found: Place = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """A function that gives the store of a machine of this name, with `location` behind it."""
    with contextlib.ExitStack() as stack:

        def make(name: str, location: str, *, strict: bool = False) -> SharedClips:
            store = open_clips(location, tmp_path / name, strict=strict)
            assert isinstance(store, SharedClips)
            return stack.enter_context(contextlib.closing(store))

        yield make


@contextlib.contextmanager
def in_the_way(path: Path) -> Iterator[None]:
    """As long as it lasts, the shared folder is not what it was: every question fails at once."""
    away = path.with_name("away")
    if path.exists():
        path.rename(away)
    path.write_text("not a folder")
    yield
    path.unlink()
    if away.exists():
        away.rename(path)


def put(location: str, path: str, data: bytes) -> None:
    there = open_place(location)
    there.put(path, data)
    there.close()


def test_what_one_machine_read_another_has(place: Place, machine: Machine) -> None:
    """Clips written here are known there, asked for singly or together, and come over whole, to stay."""
    here, there = machine("here", place.address), machine("there", place.address)
    assert there.missing(CLIPS) == frozenset(CLIPS)
    assert not there.has(KEY)
    assert there.read(KEY) is None
    for key, clip in CLIPS.items():
        here.write(key, clip)
    absent = "f" * 64
    assert there.has(KEY)
    assert there.missing([*CLIPS, absent]) == {absent}
    assert not there.path(KEY).exists()  # to ask is not to fetch
    assert same(there.read(KEY), CLIPS[KEY])
    assert there.timing(OTHERS[0]) == Timing(22_050, CLIPS[OTHERS[0]].words)
    assert there.fetch([*CLIPS, absent]) == {absent}
    assert all(same(ClipStore(there.root).read(key), clip) for key, clip in CLIPS.items())
    assert (here.trouble, there.trouble, here.settle(), there.settle()) == ("", "", "", "")


@pytest.mark.parametrize("damage", [b"", b"VIVAFLAC", to_bytes(KEY, CLIPS[KEY])[:-1], to_bytes(OTHERS[0], CLIPS[KEY])])
def test_a_damaged_clip_there_is_none_and_is_replaced(place: Place, machine: Machine, damage: bytes) -> None:
    """Empty, cut short or another's: it is never heard nor kept, and the next machine that reads it aloud mends it."""
    put(place.address, file_of(KEY), damage)
    here, there = machine("here", place.address), machine("there", place.address)
    assert here.fetch([KEY]) == {KEY}
    assert here.read(KEY) is None
    assert not here.has(KEY)
    assert here.missing([KEY]) == {KEY}
    assert not here.path(KEY).exists()
    here.write(KEY, CLIPS[KEY])
    here.path(KEY).unlink()
    assert here.has(KEY)
    assert same(here.read(KEY), CLIPS[KEY])
    assert same(there.read(KEY), CLIPS[KEY])


def test_a_clip_damaged_here_comes_from_there(folder: Place, machine: Machine) -> None:  # noqa: F811
    """An altered byte on this machine's disk costs a request, no reading aloud."""
    here = machine("here", folder.address)
    here.write(KEY, CLIPS[KEY])
    for question in (here.read, here.timing):
        altered = bytearray(here.path(KEY).read_bytes())
        altered[-3] ^= 1
        here.path(KEY).write_bytes(altered)
        assert question(KEY) is not None
        assert here.condition(KEY) is Condition.WHOLE


def test_the_place_is_not_asked_for_what_is_here(tmp_path: Path) -> None:
    """With all clips on this machine a build needs no network, and does not even load what it would need for it."""
    store = ClipStore(tmp_path)
    for key, clip in CLIPS.items():
        store.write(key, clip)
    program = f"""
import sys
from pathlib import Path
from voices.shared_clips import open_clips

keys = {list(CLIPS)!r}
store = open_clips("s3://no-such-bucket/clips", Path({str(tmp_path)!r}), strict=True)
assert not store.fetch(keys) and not store.missing(keys) and store.settle() == ""
assert all(store.has(key) and store.read(key) and store.timing(key) for key in keys)
assert not {{"fsspec", "s3fs", "asyncio"}} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_a_place_that_is_away_stops_nothing(folder: Place, machine: Machine) -> None:  # noqa: F811
    """Everything goes on with this machine's clips, the reason is told, and what did not go up goes up later."""
    assert folder.folder
    here, there = machine("here", folder.address), machine("there", folder.address)
    here.write(KEY, CLIPS[KEY])
    with in_the_way(folder.folder):
        for key in OTHERS:
            here.write(key, CLIPS[key])
        assert folder.address in here.trouble
        assert "cannot be written" in here.trouble
        assert here.fetch(CLIPS) == frozenset()
        assert there.fetch(CLIPS) == frozenset(CLIPS)
        assert there.read(KEY) is None
        told = here.settle()
        assert told.startswith(f"{len(OTHERS)} clips have not gone to the shared store, and will with the next build")
    later = machine("here", folder.address)  # another process
    assert later.settle() == ""
    assert list((later.root / "unsent").iterdir()) == []
    assert machine("third", folder.address).fetch(CLIPS) == frozenset()


def test_a_place_that_did_not_answer_is_left_alone_for_a_while(
    folder: Place,  # noqa: F811
    machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each question to a server that is gone takes seconds: after one of them the others are not put."""
    assert folder.folder
    here = machine("here", folder.address)
    machine("there", folder.address).write(KEY, CLIPS[KEY])
    with in_the_way(folder.folder):
        assert here.missing(CLIPS) == frozenset(CLIPS)
    assert not here.has(KEY)
    minute = time.monotonic() + 61
    monkeypatch.setattr(time, "monotonic", lambda: minute)
    assert here.has(KEY)


def test_where_sharing_must_succeed_its_failure_is_an_error(folder: Place, machine: Machine) -> None:  # noqa: F811
    """A worker whose disk nobody else sees may not keep its clips to itself."""
    assert folder.folder
    here = machine("here", folder.address, strict=True)
    with in_the_way(folder.folder):
        for question in (here.has, here.read, lambda key: here.write(key, CLIPS[key]), lambda key: here.fetch([key])):
            with pytest.raises(PlaceError, match=str(folder.folder)):
                question(OTHERS[0] if question == here.has else KEY)
            here.path(KEY).unlink(missing_ok=True)


def test_a_server_that_goes_away_and_comes_back(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """S3 ends in the midst of a build and starts anew, empty: the build goes on, and its clips go up afterwards."""
    boto3 = pytest.importorskip("boto3", reason="boto3 is not installed")
    pytest.importorskip("moto.server", reason="moto, an S3 server, is not installed")
    port = free_port()
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "of-a-test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")

    @contextlib.contextmanager
    def server() -> Iterator[None]:
        command = [
            sys.executable,
            "-c",
            "import sys; from moto.server import main; main(sys.argv[1:])",
            "-p",
            str(port),
        ]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(port, process)
            with contextlib.closing(boto3.client("s3")) as client:
                client.create_bucket(Bucket="clips")
            yield
        finally:
            process.terminate()
            process.wait(timeout=10)

    here, there = machine("here", "s3://clips"), machine("there", "s3://clips")
    with server():
        here.write(KEY, CLIPS[KEY])
        assert there.has(KEY)
    began_s = time.monotonic()
    for key in OTHERS:
        here.write(key, CLIPS[key])
    assert there.fetch(CLIPS) == frozenset(CLIPS)
    assert here.settle().startswith(f"{len(OTHERS)} clips have not gone")
    assert time.monotonic() - began_s < 60  # bounded, not fast
    with server():
        assert here.settle() == ""
        assert machine("third", "s3://clips").fetch(OTHERS) == frozenset()


def test_a_bucket_that_does_not_exist_is_told(s3: Place, machine: Machine) -> None:  # noqa: F811
    """Writing there is refused with the store's own reason, once."""
    here = machine("here", "s3://no-such-bucket-anywhere/clips")
    here.write(KEY, CLIPS[KEY])
    assert "s3://no-such-bucket-anywhere/clips cannot be written" in here.trouble
    assert "bucket does not exist" in here.trouble


@pytest.mark.parametrize("location", ["sftp://editor:hunter2@example.org/clips", "s3://", "webdav://host:port/x"])
def test_an_address_that_cannot_be_right_is_refused(tmp_path: Path, location: str) -> None:
    """At once, and a password in it is not shown."""
    with pytest.raises(PlaceSettingError) as refused:
        open_clips(location, tmp_path)
    assert "hunter2" not in str(refused.value)


def test_a_missing_package_is_an_error_even_where_failures_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Going on without the shared store would hide for ever that it was never reached."""
    for package, scheme in (("s3fs", "s3"), ("gcsfs", "gs")):
        monkeypatch.setitem(sys.modules, package, None)
        monkeypatch.delitem(_registry, scheme, raising=False)
    for location, message in (
        ("s3://bucket/clips", r"a package is missing — pip install 'vivavoce\[s3\]'"),
        ("gs://bucket/clips", r"a package is missing — what fsspec needs for it: .*gcsfs"),
        ("nosuch://host/clips", "Protocol not known"),
    ):
        with pytest.raises(PlaceSettingError, match=message):
            open_clips(location, tmp_path).has(KEY)


def test_where_clips_are_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment goes before the edition, empty it shares nothing, and a folder is seen from the edition's."""
    monkeypatch.delenv(VARIABLE, raising=False)
    assert location_of("", tmp_path) == ""
    assert location_of("../clips", tmp_path) == f"{tmp_path}/../clips"
    assert location_of("s3://bucket/clips", tmp_path) == "s3://bucket/clips"
    monkeypatch.setenv(VARIABLE, "/mnt/clips")
    assert location_of("s3://bucket/clips", tmp_path) == "/mnt/clips"
    monkeypatch.setenv(VARIABLE, "")
    assert location_of("s3://bucket/clips", tmp_path) == ""
    assert type(open_clips("", tmp_path)) is ClipStore


@pytest.mark.parametrize("place", ["editor:hunter2hunter2@example.org:/clips", "editor@example.org:clips"])
def test_a_place_written_as_for_scp_is_no_folder(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would make a folder of that name, password and all; it is refused with the way to write it, not repeated."""
    monkeypatch.setenv(VARIABLE, place)
    with pytest.raises(PlaceSettingError, match=r"^a place cannot .* sftp://USER@HOST/FOLDER$"):
        location_of("", tmp_path)


def _use(store: SharedClips, part: int) -> None:
    """Write, read, damage and drop the same few clips for a second, here and there; a wrong sound ends it with 1."""
    random, location = np.random.default_rng(part), Path(store.shared.location)
    end = time.monotonic() + 1.0
    while time.monotonic() < end:
        key = list(CLIPS)[random.integers(len(CLIPS))]
        path = (location / file_of(key)) if random.integers(2) else store.path(key)
        match random.integers(8):
            case 0:
                path.unlink(missing_ok=True)
            case 1:
                if path.exists():
                    path.write_bytes(to_bytes(key, CLIPS[key])[: int(random.integers(90))])
            case 2 | 3:
                store.write(key, CLIPS[key])
            case 4:
                store.fetch(CLIPS)
            case _:
                read = store.read(key)
                assert read is None or same(read, CLIPS[key])
    assert store.trouble == ""
    assert store.settle() == ""


def test_many_machines_use_one_folder_at_once(tmp_path: Path) -> None:
    """Three processes with a store each, started with a copy of it, write, damage, drop: no wrong sound, no error."""
    spawn = multiprocessing.get_context("spawn")
    stores = [open_clips(str(tmp_path / "shared"), tmp_path / f"{part}") for part in (0, 1, 1)]  # two share their disk
    assert pickle.loads(pickle.dumps(stores[0])).root == stores[0].root
    processes = [spawn.Process(target=_use, args=(store, part)) for part, store in enumerate(stores)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert not list((tmp_path / "shared").rglob(f"{PARTIAL}*"))


def test_every_place_can_be_counted_and_cleared(place: Place, machine: Machine) -> None:
    """Number, bytes and times are those of what was sent; what is older than an hour can go, for everybody."""
    here = machine("here", place.address)
    for key, clip in CLIPS.items():
        here.write(key, clip)
    put(place.address, "00/notes.txt", b"somebody's own")
    stock = take_stock(here.shared, lambda _: None)
    assert (stock.clips, stock.speech_s) == (len(CLIPS), None)
    assert stock.size_bytes == sum(here.path(key).stat().st_size for key in CLIPS)
    assert stock.oldest_use_s is not None
    assert abs(stock.oldest_use_s - time.time()) < HOUR_S / 2
    everything = Limits(max_bytes=0)
    assert prune(here.shared, everything, time.time(), lambda _: None).dropped == 0
    assert prune(here.shared, everything, time.time() + 2 * HOUR_S, lambda _: None).dropped == len(CLIPS)
    assert list(kept(here.shared, lambda _: None)) == []
    assert not here.missing(CLIPS)  # this machine keeps its own
    assert here.share(CLIPS) == len(CLIPS)
    assert here.share(CLIPS) == 0


def test_no_more_ask_at_once_than_the_place_bears(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """While clips are dropped more of them are listed: an SFTP connection must not be asked both at the same time."""
    here = machine("here", f"memory://{free_port()}")  # bears one
    asking, most = threading.Semaphore(1), []

    def alone(ask: Callable[..., object]) -> Callable[..., object]:
        def asked(*arguments: object) -> object:
            most.append(asking.acquire(blocking=False))
            time.sleep(0.002)
            try:
                return ask(*arguments)
            finally:
                if most[-1]:
                    asking.release()

        return asked

    for key, clip in CLIPS.items():
        here.write(key, clip)
    monkeypatch.setattr(There, "listing", alone(There.listing))
    monkeypatch.setattr(There, "remove", alone(There.remove))
    assert prune(here.shared, Limits(max_bytes=0), time.time() + 2 * HOUR_S, lambda _: None).dropped == len(CLIPS)
    assert all(most)


@pytest.mark.parametrize("shared", [False, True])
def test_only_what_was_left_half_written_an_hour_ago_is_swept(
    folder: Place,  # noqa: F811
    machine: Machine,
    shared: bool,
) -> None:
    """A file that another machine is writing stays, and so does every clip."""
    assert folder.folder
    here = machine("here", folder.address)
    here.write(KEY, CLIPS[KEY])
    below = (folder.folder if shared else here.root) / KEY[:2]
    writing, left = below / f"{PARTIAL}a", below / f"{PARTIAL}b"
    for path, age_s in ((writing, HOUR_S / 2), (left, 2 * HOUR_S), (below / f"{KEY}.clip", 2 * HOUR_S)):
        path.touch()
        os.utime(path, (time.time() - age_s, time.time() - age_s))
    (here.shared if shared else here).sweep()
    assert sorted(path.name for path in below.iterdir()) == sorted([writing.name, f"{KEY}.clip"])


def test_writing_sweeps_its_own_folder_alone(tmp_path: Path) -> None:
    """Nobody walks through a large store for it: leftovers go when something is next written beside them."""
    ClipStore(tmp_path).write(KEY, CLIPS[KEY])
    left = [tmp_path / shard / f"{PARTIAL}x" for shard in (KEY[:2], "ff")]
    for path in left:
        path.parent.mkdir(exist_ok=True)
        path.touch()
        os.utime(path, (0, 0))
    ClipStore(tmp_path).write(KEY, CLIPS[KEY])
    assert [path.exists() for path in left] == [False, True]


def test_a_full_disk_is_told_but_what_is_there_can_be_heard(
    folder: Place,  # noqa: F811
    tmp_path: Path,
) -> None:
    """Fetching for a build ends with the disk's error; a single clip is read all the same."""
    noise = Clip(np.random.default_rng(1).integers(-9000, 9000, 90_000).astype(np.int16), 22_050)
    with contextlib.closing(open_clips(folder.address, tmp_path / "here")) as here:
        here.write(KEY, noise)
    with small_disk(tmp_path, 64) as disk, contextlib.closing(open_clips(folder.address, disk / "clips")) as there:
        with pytest.raises(WriteError, match="No space left"):
            there.fetch([KEY])
        assert same(there.read(KEY), noise)
        with pytest.raises(WriteError, match="No space left"):
            there.write(KEY, noise)
        assert not list(disk.rglob(f"{PARTIAL}*"))
