"""`vivavoce doctor`: every trouble that is made here is told, with what mends it."""

import base64
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from audio.containers import Container
from audio.encode.trial import try_encoding
from tests.conftest import EDITION
from tests.vivavoce.conftest import Examined
from vivavoce.cli import run
from vivavoce.doctor import machine, packages
from vivavoce.doctor.advice import typed_here
from vivavoce.lock import only_build
from voices.assets import installed, voices_dir
from voices.catalogue import find

pytestmark = pytest.mark.slow


def test_where_all_is_well_it_says_so_and_a_build_works(make_edition: Callable[..., Path], examined: Examined) -> None:
    """Every line is in order, before a first build and after it."""
    edition = make_edition()
    for _ in range(2):
        code, found = examined(edition)
        assert code == 0
        assert {each["state"] for each in found.values()} == {"ok"}, found
        assert {"Python", "packages", "encoders", "settings", "disk", "issues", "voice tone"} <= set(found)
        assert run(["build", "-C", str(edition)]) == 0


def _lay_voice(name: str, folder: Path) -> None:
    """Files of one byte in place of a voice whose hash only its publisher knew, with the receipts of it."""
    for file in find(name).files:
        (folder / file.filename).write_bytes(b"a")
        receipt = {"size": 1, "sha256": hashlib.sha256(b"a").hexdigest(), "source": "here"}
        (folder / f"{file.filename}.receipt.json").write_text(json.dumps(receipt))


def test_a_damaged_receipt_is_told_in_a_line_with_the_command(
    make_edition: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Of a voice whose hash only its publisher knew before it was installed: by every command that looks for it."""
    monkeypatch.setenv("VIVAVOCE_VOICES", str(tmp_path))
    name = "fr_FR-siwis-medium"
    _lay_voice(name, tmp_path)
    assert installed(find(name), tmp_path)
    damaged = tmp_path / f"{find(name).files[0].filename}.receipt.json"
    damaged.write_bytes(damaged.read_bytes().replace(b"h", b"\xe8"))
    edition = str(make_edition(settings=EDITION.replace('fr = "tone"', f'fr = "{name}"')))
    for command, code in ((["voices", "list"], 0), (["doctor", "-C", edition], 3), (["build", "-C", edition], 3)):
        assert run(command) == code
        said = "".join(capsys.readouterr())
        assert "Traceback" not in said
        assert f"vivavoce voices install {name}" in said or not code


def test_a_voice_that_is_not_installed_is_told_with_the_command(
    make_edition: Callable[..., Path], examined: Examined, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The exit code is that of a build, and so is the hint."""
    monkeypatch.setenv("VIVAVOCE_VOICES", str(tmp_path / "none"))
    edition = make_edition(settings=EDITION.replace('fr = "tone"', 'fr = "ff_siwis"'))
    code, found = examined(edition)
    assert code == 3
    assert found["voice ff_siwis"]["state"] == "wrong"
    assert found["voice ff_siwis"]["mend"] == "vivavoce voices install ff_siwis"
    assert run(["build", "-C", str(edition)]) != 0


@pytest.mark.real_voice
def test_one_wrong_bit_in_a_voice_is_found(
    make_edition: Callable[..., Path], examined: Examined, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A voice's file in which one bit is another is damaged, and installing it again is the remedy."""
    if not installed(find("en_US-joe-medium"), voices_dir()):
        pytest.skip("en_US-joe-medium is not installed")
    folder = tmp_path / "voices"
    folder.mkdir()
    for path in voices_dir().glob("en_US-joe-medium*"):
        shutil.copy2(path, folder)
    model = next(folder.glob("*.onnx"))
    with model.open("r+b") as file:
        file.seek(30_000_000)
        byte = file.read(1)[0]
        file.seek(30_000_000)
        file.write(bytes([byte ^ 1]))
    monkeypatch.setenv("VIVAVOCE_VOICES", str(folder))
    code, found = examined(make_edition(settings=EDITION.replace('en = "tone"', 'en = "en_US-joe-medium"')))
    assert code == 3
    assert "damaged" in found["voice en_US-joe-medium"]["told"]
    assert found["voice en_US-joe-medium"]["mend"] == "vivavoce voices install en_US-joe-medium"


def test_settings_that_cannot_be_are_told_and_the_computer_is_examined(
    make_edition: Callable[..., Path], examined: Examined
) -> None:
    """The line of edition.toml is named; what does not depend on it is looked at all the same."""
    code, found = examined(make_edition(settings=EDITION.replace("languages", "langauges")))
    assert code == 2
    assert found["settings"]["told"].startswith("edition.toml:3")
    assert found["encoders"]["state"] == "ok"


def _broken_jingle(root: Path) -> None:
    (root / "jingle.wav").write_text("no sound")
    (root / "edition.toml").write_text(EDITION + '\n[sound]\nintro = "jingle.wav"\n')


@pytest.mark.parametrize(
    ("name", "trouble"),
    [
        ("issues", lambda root: shutil.rmtree(root / "issues")),
        ("issues", lambda root: (root / "issues/2026-11/issue.toml").write_text('order = ["09-gone.en.md"]')),
        ("issues", lambda root: ((root / "lexicon").mkdir(), (root / "lexicon/en.toml").write_text("= nonsense"))),
        ("jingles and cover", _broken_jingle),
    ],
)
def test_what_an_edition_lacks_is_told(
    make_edition: Callable[..., Path], examined: Examined, name: str, trouble: Callable[[Path], object]
) -> None:
    """Issues, articles, lexicons and jingles with which a build fails are named before it does."""
    edition = make_edition()
    trouble(edition)
    code, found = examined(edition)
    assert code != 0
    assert found[name]["state"] == "wrong"
    assert found[name]["told"]
    assert run(["build", "-C", str(edition)]) == code


def test_damaged_clips_are_doubtful(make_edition: Callable[..., Path], examined: Examined) -> None:
    """A build works in spite of them, so the exit code is 0; the next look finds the clips gone, to be read anew."""
    edition = make_edition()
    assert run(["build", "-C", str(edition)]) == 0
    clip = next((edition / ".vivavoce" / "clips").glob("*/*.clip"))
    clip.write_bytes(clip.read_bytes()[:-20])
    code, found = examined(edition)
    assert code == 0
    assert "1 of 1" in found["clip store"]["told"]
    assert examined(edition)[1]["clip store"]["state"] == "ok"


def test_a_build_that_is_running_is_in_the_way_of_another(
    make_edition: Callable[..., Path], examined: Examined
) -> None:
    """At this moment a build would end, with the code that the doctor ends with; its advice is one that works."""
    edition = make_edition()
    with only_build(edition / ".vivavoce"):
        code, found = examined(edition)
        assert code == 2
        assert found["other builds"]["told"].startswith("another build of this edition is running")
        assert found["other builds"]["mend"].endswith(f"vivavoce build -C {edition} --wait")
        assert run(["build", "-C", str(edition)]) == code
    assert examined(edition)[0] == 0


def test_commands_are_told_as_they_are_typed_from_here() -> None:
    """With -C where the edition is not the current folder; not those that are about no edition, nor names in prose."""
    there = Path("le mag")
    assert typed_here("vivavoce build --wait", there) == "vivavoce build -C 'le mag' --wait"
    assert typed_here("vivavoce cache verify names each", there) == "vivavoce cache verify -C 'le mag' names each"
    for as_it_is in (
        "vivavoce voices install ff_siwis",
        "vivavoce new DIR",
        "install a newer Python, then vivavoce again",
        "try it alone: vivavoce say TEXT",
        "ls -ld /home/vivavoce build/public",
    ):
        assert typed_here(as_it_is, there) == as_it_is
    assert typed_here("vivavoce build --wait", Path()) == "vivavoce build --wait"


def test_articles_of_older_issues_are_read_when_an_archive_is_asked_for(
    make_edition: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """`doctor --archive` ends as `build --archive` does, and names the issue; `doctor` alone as `build` alone."""
    edition = make_edition()
    (older := edition / "issues" / "2026-10").mkdir()
    (older / "01-nothing.en.md").write_text("")
    for options, code in (([], 0), (["--archive"], 1)):
        assert run(["doctor", "-C", str(edition), *options]) == code
        said = capsys.readouterr().out
        assert ("issue 2026-10: " in said) == bool(code)
        assert run(["build", "-C", str(edition), *options]) == code
        capsys.readouterr()


def test_a_damaged_voice_that_is_not_cast_is_doubtful(
    make_edition: Callable[..., Path],
    examined: Examined,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """It keeps no build of this edition from working; the line says what brings it back."""
    monkeypatch.setenv("VIVAVOCE_VOICES", str(tmp_path))
    name = "fr_FR-siwis-medium"
    _lay_voice(name, tmp_path)
    edition = make_edition()
    assert examined(edition)[1]["other voices"]["state"] == "ok"
    (tmp_path / find(name).files[0].filename).write_bytes(b"b")
    code, found = examined(edition)
    assert code == 0
    assert found[f"voice {name}"]["state"] == "doubtful"
    assert found[f"voice {name}"]["mend"] == f"vivavoce voices install {name}"


def test_a_shared_store_that_does_not_answer_is_told_without_its_password(
    make_edition: Callable[..., Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is in the address or the environment, credentials are not in what is printed."""
    monkeypatch.setenv("VIVAVOCE_CLIPS", "webdav+http://127.0.0.1:9/clips")
    monkeypatch.setenv("VIVAVOCE_WEBDAV_USER", "editor")
    monkeypatch.setenv("VIVAVOCE_WEBDAV_PASSWORD", "s3cr3t-word")
    code = run(["doctor", "-C", str(make_edition())])
    said = "".join(capsys.readouterr())
    assert code == 0  # a build goes on without it
    assert "doubtful  shared clip store" in said
    assert "s3cr3t-word" not in said


def test_a_clock_behind_the_program_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a clock that says 1980, nothing is fetched over TLS."""
    assert next(machine.clock()).state == "ok"
    monkeypatch.setattr(time, "time", lambda: 315_532_800.0)
    assert next(machine.clock()).state == "doubtful"


def test_a_clock_far_ahead_of_the_program_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one that says 2050, every certificate has ended."""
    monkeypatch.setattr(time, "time", lambda: 2_524_608_000.0)
    assert next(machine.clock()).state == "doubtful"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of one module that is installed in the folder, and is what the doctor looks at."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(packages, "PACKAGE", "well-kept")
    (info := tmp_path / "well_kept-1.0.dist-info").mkdir()
    digest = base64.urlsafe_b64encode(hashlib.sha256(b"WORD = 1\n").digest()).decode().rstrip("=")
    for path, text in (
        (tmp_path / "well_kept.py", "WORD = 1\n"),
        (info / "METADATA", "Metadata-Version: 2.1\nName: well-kept\nVersion: 1.0\nRequires-Dist: click\n"),
        (info / "INSTALLER", "pip\n"),
        (info / "RECORD", f"well_kept.py,sha256={digest},9\n../../bin/kept,sha256=x,1\nRECORD,,\n"),
    ):
        path.write_text(text)
    return tmp_path


def _told_of_packages() -> tuple[str, str]:
    (found,) = packages.packages()
    assert found.exit_code == (2 if found.state == "wrong" else 0)
    return found.state, found.told


def test_packages_that_are_missing_or_too_old_are_named(kept: Path) -> None:
    """Also those that others need, and not those of an extra that is not asked for."""
    wanted = ["click>=99", "no-such-package", 'also-missing; extra == "s3"', "pip-audit[no-such-extra]"]
    with (kept / "well_kept-1.0.dist-info" / "METADATA").open("a") as file:
        file.writelines(f"Requires-Dist: {each}\n" for each in wanted)
    state, told = _told_of_packages()
    assert state == "wrong"
    assert "click: this is " in told
    assert "no-such-package: is missing" in told
    assert "also-missing" not in told


def test_the_packages_that_are_installed_here_are_whole() -> None:
    """Every file of each that is needed, however far down, by the hashes that came with it."""
    state, told = _told_of_packages()
    assert (state, told[-5:]) == ("ok", "whole")
    assert int(told.split()[4]) > 60


@pytest.mark.parametrize("how", ["changed", "gone"])
def test_a_package_whose_files_are_not_what_was_installed_is_named(kept: Path, how: str) -> None:
    """A build may end in a traceback long after it began; but an operating system's package is changed by it."""
    assert _told_of_packages()[0] == "ok"
    if how == "gone":
        (kept / "well_kept.py").unlink()
    else:
        (kept / "well_kept.py").write_text("WORD = 2\n")
    state, told = _told_of_packages()
    assert state == "wrong"
    assert f"such as {kept / 'well_kept.py'}" in told
    (kept / "well_kept-1.0.dist-info" / "INSTALLER").write_text("dpkg\n")
    assert _told_of_packages()[0] == "doubtful"


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"\n",
        b"well_kept.py,sha2",
        b"well_kept.py,sha266=a,9\n",
        b"well_kept.py,shake_128=a,9\n",
        b"well\0.py,sha256=a,9\n",
        b"\xe9,sha256=a,9\n",
        b'"well_kept.py,sha256=a,9\n',
    ],
)
def test_a_damaged_list_of_files_is_told(kept: Path, record: bytes) -> None:
    """With the command that brings it back, as for any other damage, and never with a traceback."""
    (kept / "well_kept-1.0.dist-info" / "RECORD").write_bytes(record)
    state, told = _told_of_packages()
    assert state == "wrong"
    assert "well-kept: its list of files (RECORD) is damaged" in told


@pytest.mark.parametrize(
    "said", [b"\xe9", b"", b"Version: x\n", b"Name: well-kept\nVersion: 1.0\nRequires-Dist: = a\n"]
)
def test_what_is_said_of_a_package_may_be_damaged_too(kept: Path, said: bytes) -> None:
    """Its version, its name and what it asks for are read out of a file like any other."""
    info = kept / "well_kept-1.0.dist-info"
    digest = base64.urlsafe_b64encode(hashlib.sha256((info / "METADATA").read_bytes()).digest()).decode().rstrip("=")
    with (info / "RECORD").open("a") as file:
        file.write(f"{info.name}/METADATA,sha256={digest},9\n")
    assert _told_of_packages()[0] == "ok"
    (info / "METADATA").write_bytes(said)
    state, told = _told_of_packages()
    assert state == "wrong"
    assert "METADATA" in told


@pytest.mark.parametrize("container", Container)
def test_each_format_can_be_written(container: Container, tmp_path: Path) -> None:
    """A second of a tone comes back as a second."""
    try_encoding(container, tmp_path)
    assert os.listdir(tmp_path) == [f"trial{container.suffix}"]  # noqa: PTH208


def test_outside_an_edition_only_the_computer_is_examined(tmp_path: Path, examined: Examined) -> None:
    """It says so, and looks at the voices that a new edition would have."""
    code, found = examined(tmp_path)
    assert code != 0  # nor could anything be built there
    assert "no edition" in found["settings"]["told"]
    assert any(name.startswith("voice ") for name in found)
