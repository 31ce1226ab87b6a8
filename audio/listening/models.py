"""The models that listen: what `models.toml` says of them, and their files, fetched and checked as voices' are."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from articles.errors import ExitCode, VivavoceError
from voices import assets
from voices.asset_toml import Bytes, Filename, PackageToml, Sha256, SourceToml, Strict, source_of
from voices.catalogue import AssetFile, Role
from voices.errand import Patience, Report, silence

FETCH_COMMAND = "vivavoce voices install --listen"
"""What fetches the model, for messages."""

_FILE = Path(__file__).with_name("models.toml")
_WEIGHTS = "model.bin"
_PATIENCE = Patience()


class ModelNotInstalled(VivavoceError):
    """The recogniser's model is not here, or not whole."""

    exit_code = ExitCode.MISSING_VOICE


@dataclass(frozen=True, slots=True)
class Model:
    """A model: its name, its licence and the line that credits it, and the files that it consists of."""

    name: str
    licence: str
    credit: str
    files: tuple[AssetFile, ...]

    @property
    def size(self) -> int:
        """The bytes of all its files."""
        return sum(file.size for file in self.files)

    @property
    def sha256(self) -> str:
        """The sha256 (64 hex digits) of its weights: another model, another digest."""
        return next(file.sha256 or "" for file in self.files if file.filename == _WEIGHTS)


@functools.cache
def listening_model(path: Path = _FILE) -> Model:
    """The model that is used: the first one that `path` holds. The file is vivavoce's own and taken to be right."""
    raw = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), type=_Toml)
    name, model = next(iter(raw.models.items()))
    files = tuple(_asset(filename, file, raw.packages) for filename, file in model.files.items())
    return Model(name, model.licence, model.credit, files)


def model_folder(model: Model, voices: Path) -> Path:
    """Where the model's files are, below the folder of voices: in a folder of their own, for their names say little."""
    return voices / "listening" / model.name


def fetch_model(model: Model, voices: Path, report: Report = silence, patience: Patience = _PATIENCE) -> Path:
    """The folder of the model's files, fetched where they are missing or damaged.

    Raises voices.assets.InstallFailed with a line for each source, and articles.files.WriteError.
    """
    folder = model_folder(model, voices)
    assets.fetch_files(model, folder, report, patience)
    return folder


def find_model(model: Model, voices: Path) -> Path:
    """The folder of the model's files, every byte checked. Raises ModelNotInstalled."""
    folder = model_folder(model, voices)
    try:
        assets.verified_files(model, folder)
    except assets.VoiceNotInstalled as missing:
        raise ModelNotInstalled(missing.message, hint=f"{FETCH_COMMAND} ({model.size / 1e6:.0f} MB)") from missing
    return folder


class _AssetToml(Strict, frozen=True):
    size: Bytes
    sha256: Sha256
    sources: tuple[SourceToml, ...]


class _ModelToml(Strict, frozen=True):
    licence: str
    credit: str
    files: dict[Filename, _AssetToml]


class _Toml(Strict, frozen=True):
    models: dict[str, _ModelToml]
    packages: dict[str, PackageToml]


def _asset(filename: str, raw: _AssetToml, packages: dict[str, PackageToml]) -> AssetFile:
    role = Role.MODEL if filename == _WEIGHTS else Role.CONFIG
    return AssetFile(filename, role, raw.size, tuple(source_of(source, packages) for source in raw.sources), raw.sha256)
