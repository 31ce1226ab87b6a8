"""Every voice that vivavoce knows: who it is, what it costs, and where its files come from.

The facts are in `catalogue.toml`, which an editor can read; here they become values.
"""

import difflib
import functools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

import msgspec

from articles.errors import VivavoceError
from voices.asset_toml import Bytes, Filename, PackageToml, Sha256, SourceToml, Strict, source_of
from voices.origins import Listing, Source, UrlSource

_FILE = Path(__file__).with_name("catalogue.toml")


class UnknownVoice(VivavoceError):
    """A name that is not in the catalogue."""


class CatalogueError(VivavoceError):
    """A catalogue that contradicts itself, or that is not one."""


class Engine(StrEnum):
    """What reads the voice's files; the tone voice has none."""

    PIPER = "piper"
    KOKORO = "kokoro"
    TONE = "tone"


class Role(StrEnum):
    """What a file is to its engine."""

    MODEL = "model"
    CONFIG = "config"
    STYLE = "style"


@dataclass(frozen=True, slots=True)
class AssetFile:
    """One file of a voice: its name on disk, its size in bytes, and where it can be had, cheapest first.

    Either `sha256` says what it must be, or `listing` says whom to ask; never both.
    """

    filename: str
    role: Role
    size: int
    sources: tuple[Source, ...]
    sha256: str | None = None
    listing: Listing | None = None


@dataclass(frozen=True, slots=True)
class CatalogueVoice:
    """One voice. `language` is a BCP 47 tag (`fr-FR`), `sample_rate` in Hz; `credit` is the line to publish.

    `speaker` is the name by which the model's config knows one of its speakers; empty when there is one only.
    """

    name: str
    language: str
    engine: Engine
    quality: str
    licence: str
    credit: str
    sample_rate: int
    files: tuple[AssetFile, ...]
    speaker: str = ""

    @property
    def size(self) -> int:
        """The bytes of all its files, shared ones included."""
        return sum(file.size for file in self.files)


class Catalogue(Mapping[str, CatalogueVoice]):
    """The voices by name, in the order of the file."""

    def __init__(self, voices: tuple[CatalogueVoice, ...]) -> None:
        self._voices = {voice.name: voice for voice in voices}

    def __getitem__(self, name: str) -> CatalogueVoice:
        return self._voices[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._voices)

    def __len__(self) -> int:
        return len(self._voices)

    def find(self, name: str) -> CatalogueVoice:
        """The voice of this name. Raises UnknownVoice, which suggests the nearest names."""
        if voice := self._voices.get(name):
            return voice
        near = _nearest(name, list(self._voices))
        hint = f"did you mean {' or '.join(near)}?" if near else "see them all: vivavoce voices list"
        raise UnknownVoice(f"no voice is called {name!r}", hint=hint)


@functools.cache
def load_catalogue(path: Path = _FILE) -> Catalogue:
    """The catalogue that `path` holds. Raises CatalogueError when it contradicts itself."""
    try:
        raw = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), type=_Toml)
        files = {name: _asset(name, file, raw) for name, file in raw.files.items()}
        return Catalogue(tuple(_voice(name, entry, files) for name, entry in raw.voices.items()))
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, ValueError) as error:
        raise CatalogueError(f"{path}: {error}", hint="reinstall vivavoce, or mend the file") from error
    except KeyError as error:
        raise CatalogueError(f"{path}: {error} is named but not defined", hint="define it, or mend its name") from error


def find(name: str) -> CatalogueVoice:
    """The voice of this name in vivavoce's own catalogue. Raises UnknownVoice."""
    return load_catalogue().find(name)


class _AssetToml(Strict, frozen=True):
    role: Role
    size: Bytes
    sources: tuple[SourceToml, ...]
    sha256: Sha256 | None = None
    verify: Literal["voices.json"] | None = None


class _VoiceToml(Strict, frozen=True):
    language: str
    engine: Engine
    quality: str
    licence: str
    credit: str
    sample_rate: int
    files: tuple[str, ...] = ()
    speaker: str = ""


class _Toml(Strict, frozen=True):
    voices_json: str
    packages: dict[str, PackageToml]
    files: dict[Filename, _AssetToml]
    voices: dict[str, _VoiceToml]


def _voice(name: str, raw: _VoiceToml, files: dict[str, AssetFile]) -> CatalogueVoice:
    facts = {key: getattr(raw, key) for key in raw.__struct_fields__ if key != "files"}
    return CatalogueVoice(name=name, files=tuple(files[file] for file in raw.files), **facts)


def _asset(filename: str, raw: _AssetToml, toml: _Toml) -> AssetFile:
    if (raw.sha256 is None) == (raw.verify is None):
        raise ValueError(f'{filename} needs either a sha256 or verify = "voices.json"')
    sources = tuple(source_of(source, toml.packages) for source in raw.sources)
    listing = _listing(filename, sources, toml.voices_json) if raw.verify else None
    return AssetFile(filename, raw.role, raw.size, sources, raw.sha256, listing)


def _listing(filename: str, sources: tuple[Source, ...], voices_json: str) -> Listing:
    """Who says what the file must be: its key in the list is its address below the list's own folder."""
    base = voices_json.rpartition("/")[0] + "/"
    for source in sources:
        if isinstance(source, UrlSource) and source.url.startswith(base):
            return Listing(voices_json, source.url.removeprefix(base))
    raise ValueError(f"{filename} is to be checked by {voices_json}, but has no address below it")


def _nearest(name: str, names: list[str]) -> list[str]:
    """At most three names: those that contain what was typed, else those spelt alike."""
    wanted = name.casefold()
    inside = [known for known in names if wanted and wanted in known.casefold()]
    folded = {known.casefold(): known for known in names}
    alike = [folded[match] for match in difflib.get_close_matches(wanted, folded, n=3, cutoff=0.5)]
    return (inside or alike)[:3]
