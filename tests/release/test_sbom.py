import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from articles.files import sha256_of
from audio.listening.models import listening_model
from release.licences import load_rules
from release.lock import locked
from release.sbom import bill, main
from voices.catalogue import load_catalogue

ROOT = Path(__file__).parents[2]
WHEEL = "vivavoce-0.1.0-py3-none-any.whl"


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    path = tmp_path / WHEEL
    path.write_bytes(b"a wheel")
    return path


def test_a_bill_of_materials_is_valid_and_always_the_same(wheel: Path) -> None:
    """As CycloneDX 1.6 has it; the same wheel gives the same bytes, another one another serial number."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    assert main([str(wheel)]) == 0
    path = wheel.with_name("vivavoce-0.1.0.cdx.json")
    text = path.read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    path.unlink()
    assert main([str(wheel)]) == 0
    assert path.read_text(encoding="utf-8") == text
    wheel.write_bytes(b"another wheel")
    other = json.loads(bill(wheel, locked(), load_rules()))
    assert other["serialNumber"] != json.loads(text)["serialNumber"]


def test_it_names_every_package_and_every_voice_file(wheel: Path) -> None:
    """Packages with version, hashes and licence; voices' files with sha256 where one is known, licence, and voices."""
    told = json.loads(bill(wheel, locked(), load_rules()))
    parts = {part["bom-ref"]: part for part in told["components"]}
    assert {f"{each.name}=={each.version}" for each in locked()} == {ref for ref in parts if "==" in ref}
    assert all(part["licenses"] and part["hashes"] for ref, part in parts.items() if "==" in ref)
    files = {file.filename: file for voice in load_catalogue().values() for file in voice.files}
    assert {f"voice:{name}" for name in files} == {ref for ref in parts if ref.startswith("voice:")}
    listener = listening_model()
    for file in listener.files:
        assert parts[f"model:{listener.name}/{file.filename}"]["hashes"] == [{"alg": "SHA-256", "content": file.sha256}]
    model = parts["voice:en_US-joe-medium.onnx"]
    assert model["type"] == "machine-learning-model"
    assert model["hashes"] == [{"alg": "SHA-256", "content": files["en_US-joe-medium.onnx"].sha256}]
    assert model["licenses"] == [{"license": {"id": "CC0-1.0"}}]
    assert told["metadata"]["component"]["hashes"][0]["content"] == sha256_of(wheel)
    needs = {each["ref"]: each.get("dependsOn", []) for each in told["dependencies"]}
    assert set(needs["vivavoce"]) == set(parts)


@pytest.mark.slow
def test_the_same_commit_gives_the_same_wheel(tmp_path: Path) -> None:
    """Built in two folders, from files of other ages and permissions, with other locales: the same bytes, twice."""
    digests = set()
    for name, umask, language in (("one", 0o022, "C.UTF-8"), ("two", 0o077, "C")):
        folder = tmp_path / name / "somewhere"
        _copy(folder, umask)
        environment = os.environ | {
            "SOURCE_DATE_EPOCH": "1700000000",
            "LC_ALL": language,
            "TZ": f"X{len(name + language)}",
        }
        for kind in ("wheel", "sdist"):
            subprocess.run(
                [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(tmp_path / name)],
                cwd=folder,
                env=environment,
                check=True,
                capture_output=True,
                umask=umask,
            )
        made = sorted((tmp_path / name).glob("vivavoce-*"))
        assert len(made) == 2
        digests.add(tuple(sha256_of(path) for path in made))
        _only_what_belongs(next(path for path in made if path.suffix == ".whl"))
    assert len(digests) == 1


def _copy(folder: Path, umask: int) -> None:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for number, name in enumerate(sorted(names.split("\0")[:-1], reverse=umask > 0o022)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, path)
        path.chmod(0o666 & ~umask)
        os.utime(path, (1_000_000_000 + number * umask,) * 2)


def _only_what_belongs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "articles",
        "voices",
        "audio",
        "feeds",
        "vivavoce",
    }
