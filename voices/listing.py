"""What a file must be: as the catalogue says, or else as its publisher's own list (`voices.json`) says."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from articles.files import sha256_of
from voices.catalogue import AssetFile
from voices.downloads import read_small
from voices.errand import Patience, SourceFailed
from voices.origins import Listing
from voices.sources import look_in, own_folders


@dataclass(frozen=True, slots=True)
class Expected:
    """A file's size in bytes, and the digest it must have: sha256, or md5 where there is no other."""

    size: int
    sha256: str | None = None
    md5: str | None = None


class _Entry(msgspec.Struct):
    size_bytes: int
    md5_digest: str


class _Voice(msgspec.Struct):
    files: dict[str, _Entry]


def expected(file: AssetFile, patience: Patience) -> Expected:
    """What `file` must be. Raises SourceFailed when its publisher must be asked, and does not answer or know.

    The list is taken from the user's own folders where one has it, so that a voice can be installed offline.
    """
    if file.listing is None:
        return Expected(file.size, sha256=file.sha256)
    try:
        voices = msgspec.json.decode(_read(file.listing, patience), type=dict[str, _Voice])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SourceFailed(f"{file.listing.url} is not a list of voices ({error})") from error
    for voice in voices.values():
        if entry := voice.files.get(file.listing.key):
            return Expected(entry.size_bytes, md5=entry.md5_digest)
    raise SourceFailed(f"{file.listing.url} does not name {file.listing.key}")


def sha256_if_right(path: Path, wanted: Expected) -> str:
    """The file's sha256. Raises SourceFailed when the file is not what is wanted."""
    size = path.stat().st_size
    if size != wanted.size:
        raise SourceFailed(f"{size:,} bytes instead of {wanted.size:,}")
    sha256 = sha256_of(path)
    if wanted.sha256 is not None and sha256 != wanted.sha256:
        raise SourceFailed(f"its sha256 is {sha256} instead of {wanted.sha256}")
    if wanted.md5 is not None:
        with path.open("rb") as data:
            # The publisher gives no other digest; https vouches for the list, and this for the transfer.
            md5 = hashlib.file_digest(data, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
        if md5 != wanted.md5:
            raise SourceFailed(f"its md5 is {md5} instead of {wanted.md5}")
    return sha256


def _read(listing: Listing, patience: Patience) -> bytes:
    name = listing.url.rpartition("/")[2]
    for source in own_folders():
        if found := look_in(source.folder, name):
            return found.read_bytes()
    return read_small(listing.url, patience)
