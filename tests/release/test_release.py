"""What is released: a wheel, and its bill of materials."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.utils import canonicalize_name

from audio.listening.models import listening_model
from release.licences import locked
from release.sbom import bill_of
from voices.catalogue import load_catalogue

ROOMS = ("articles", "voices", "audio", "feeds", "vivavoce")

pytestmark = pytest.mark.slow


def wheel_from(folder: Path) -> bytes:
    """The wheel built in a copy of the repository, whose files are of another time."""
    folder.mkdir(parents=True)
    for name in (*ROOMS, "pyproject.toml", "README.md", "LICENSE"):
        here = Path(name)
        if here.is_dir():
            shutil.copytree(here, folder / name, copy_function=shutil.copyfile)
        else:
            shutil.copyfile(here, folder / name)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")]
    subprocess.run(command, cwd=folder, env=os.environ | {"SOURCE_DATE_EPOCH": "1767225600"}, check=True)
    (wheel,) = (folder / "dist").iterdir()
    return wheel.read_bytes()


def test_the_same_files_give_the_same_wheel(tmp_path: Path) -> None:
    """Built in two folders at two times, byte for byte; in it are the rooms, and nothing else."""
    first, second = wheel_from(tmp_path / "a"), wheel_from(tmp_path / "elsewhere" / "b")
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest()
    (tmp_path / "x.whl").write_bytes(first)
    with zipfile.ZipFile(tmp_path / "x.whl") as wheel:
        tops = {name.partition("/")[0] for name in wheel.namelist()}
        assert tops == {*ROOMS, "vivavoce-0.1.0.dist-info"}
        assert not [name for name in wheel.namelist() if name.endswith((".onnx", ".pyc", ".partial"))]


def test_the_bill_names_what_is_installed_and_every_model() -> None:
    """CycloneDX, the same each time: packages with versions and licences, models with their files' hashes."""
    bill = bill_of(sys.executable)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill == bill_of(sys.executable)
    parts = {part["name"]: part for part in bill["components"]}
    assert parts["numpy"]["version"]
    needed = locked(Path("requirements/runtime.txt"))
    assert [
        name for name, part in parts.items() if canonicalize_name(name) in needed and not part.get("licenses")
    ] == []
    assert {parts[name].get("scope", "required") for name in ("numpy", "piper-tts")} == {"required"}
    assert {parts[name].get("scope") for name in ("distributed", "faster-whisper", "s3fs")} == {"optional"}
    assert parts["en_US-joe-medium"]["type"] == "machine-learning-model"
    for voice in load_catalogue().values():
        if voice.files:
            assert hashes(parts[voice.name]) == {file.filename: file.sha256 for file in voice.files}
    unknown = {voice.name for voice in load_catalogue().values() if not all(file.sha256 for file in voice.files)}
    assert len(unknown) == 6  # as SECURITY.md says
    ear = listening_model()
    assert hashes(parts[ear.name]) == {file.filename: file.sha256 for file in ear.files}
    assert "://localhost" not in json.dumps(bill)


def hashes(part: dict[str, Any]) -> dict[str, str | None]:
    """Of each file of a model its sha256, None where none is given."""
    return {file["name"]: file["hashes"][0]["content"] if "hashes" in file else None for file in part["components"]}
