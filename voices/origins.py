"""Where a file may come from: an address, members of packages, a folder."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class UrlSource:
    """A file at an address: https, or http on this computer."""

    url: str


@dataclass(frozen=True, slots=True)
class Distribution:
    """One wheel or source archive on the configured Python index: size in bytes, sha256 in 64 hex digits."""

    name: str
    version: str
    filename: str
    size: int
    sha256: str

    @property
    def is_wheel(self) -> bool:
        """False for a source archive, which pip is asked for in another way."""
        return self.filename.endswith(".whl")


@dataclass(frozen=True, slots=True)
class Part:
    """One member of one distribution, by its path inside the archive."""

    distribution: Distribution
    member: str


@dataclass(frozen=True, slots=True)
class PackageSource:
    """A file inside Python packages: the parts' bytes, joined in order."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A folder that holds files already downloaded, itself or anywhere below."""

    folder: Path


Source = UrlSource | PackageSource | FolderSource


@dataclass(frozen=True, slots=True)
class Listing:
    """The publisher's own list of sizes and md5 digests (`voices.json`), and one file's key in it."""

    url: str
    key: str
