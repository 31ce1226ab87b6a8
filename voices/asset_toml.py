"""How a TOML file of ours says where files come from: the tables that voices and other models have in common."""

from collections.abc import Mapping
from typing import Annotated

import msgspec

from voices.origins import Distribution, PackageSource, Part, Source, UrlSource

Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Filename = Annotated[str, msgspec.Meta(pattern=r"^[^./\\][^/\\]*$")]
Bytes = Annotated[int, msgspec.Meta(gt=0)]


class Strict(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A table of the file: a key that is not known is a mistake, not an extension."""


class PackageToml(Strict, frozen=True):
    """A distribution on the package index; its table's key is its name."""

    version: str
    filename: Filename
    size: Bytes
    sha256: Sha256


class PartToml(Strict, frozen=True):
    """One member of a package."""

    package: str
    member: str


class SourceToml(Strict, frozen=True):
    """A place where a file can be had: an address, or parts of packages."""

    url: str = ""
    parts: tuple[PartToml, ...] = ()


def source_of(raw: SourceToml, packages: Mapping[str, PackageToml]) -> Source:
    """The source that a table describes.

    Raises ValueError when it is neither an address nor parts, or both, and KeyError for a package that is not defined.
    """
    if bool(raw.url) == bool(raw.parts):
        raise ValueError("a source is either a url or parts of packages")
    if raw.url:
        return UrlSource(raw.url)
    return PackageSource(tuple(Part(_distribution(part.package, packages), part.member) for part in raw.parts))


def _distribution(name: str, packages: Mapping[str, PackageToml]) -> Distribution:
    raw = packages[name]
    return Distribution(name, raw.version, raw.filename, raw.size, raw.sha256)
