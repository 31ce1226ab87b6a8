"""A model is put in place whole or not at all, and its absence says what to do."""

import hashlib
from pathlib import Path

import pytest

from audio.listening.models import Model, ModelNotInstalled, fetch_model, find_model, listening_model, model_folder
from voices.assets import InstallFailed
from voices.errand import Patience
from voices.origins import PackageSource, UrlSource

HASTY = Patience(attempts=1, timeout_s=2.0, first_pause_s=0.01, longest_pause_s=0.01)
FILES = {"model.bin": b"weights" * 1000, "config.json": b"{}"}


@pytest.fixture
def model(served: tuple[Path, str], tmp_path: Path) -> Model:
    """A model of two files that a server on this computer has."""
    public, address = served
    lines = ['[models.small]\nlicence = "MIT"\ncredit = "Nobody"', "[packages]"]
    for name, data in FILES.items():
        (public / name).write_bytes(data)
        lines.append(
            f'[models.small.files."{name}"]\nsize = {len(data)}\nsha256 = "{hashlib.sha256(data).hexdigest()}"\n'
            f'sources = [{{ url = "{address}{name}" }}]'
        )
    path = tmp_path / "models.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return listening_model(path)


def test_a_model_is_fetched_into_a_folder_of_its_own(model: Model, tmp_path: Path) -> None:
    folder = fetch_model(model, tmp_path, patience=HASTY)
    assert folder == find_model(model, tmp_path) == tmp_path / "listening" / "small"
    assert {name: (folder / name).read_bytes() for name in FILES} == FILES


def test_a_model_that_is_not_here_names_the_command(model: Model, tmp_path: Path) -> None:
    with pytest.raises(ModelNotInstalled, match=r"small is not installed.*model\.bin") as raised:
        find_model(model, tmp_path)
    assert raised.value.hint.startswith("vivavoce voices install --listen")


def test_a_model_that_has_changed_is_refused_and_fetched_again(model: Model, tmp_path: Path) -> None:
    weights = fetch_model(model, tmp_path, patience=HASTY) / "model.bin"
    weights.write_bytes(weights.read_bytes()[::-1])
    with pytest.raises(ModelNotInstalled, match="damaged"):
        find_model(model, tmp_path)
    fetch_model(model, tmp_path, patience=HASTY)
    assert weights.read_bytes() == FILES["model.bin"]


def test_a_server_with_other_bytes_is_refused(model: Model, served: tuple[Path, str], tmp_path: Path) -> None:
    (served[0] / "model.bin").write_bytes(FILES["model.bin"][::-1])
    with pytest.raises(InstallFailed, match=r"model\.bin could not be had"):
        fetch_model(model, tmp_path, patience=HASTY)
    assert not (model_folder(model, tmp_path) / "model.bin").exists()


def test_every_file_of_the_model_has_a_package_and_an_address_that_cannot_change() -> None:
    for file in listening_model().files:
        package, address = file.sources
        assert isinstance(package, PackageSource)
        assert isinstance(address, UrlSource)
        assert "/ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66/" in address.url
        assert len(file.sha256 or "") == 64
