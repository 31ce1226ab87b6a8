"""What publishing has to send, in which order, and what it may remove: decided before anything moves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from articles.files import PARTIAL, sha256_of
from feeds.naming import is_hashed
from feeds.publish.errors import PublishError
from feeds.publish.manifest import MANIFEST, Manifest

STAGES: Final = ("media", "pages", "feeds")
"""Nothing is sent before what it names: pages name media, and whoever reads a feed fetches both."""

_PAGES: Final = frozenset({".html"})
_FEEDS: Final = frozenset({".xml", ".opml"})


def stage_of(path: str) -> str:
    """When a file of this name is sent, one of STAGES; what is removed goes the other way round."""
    suffix = PurePosixPath(path).suffix
    if suffix in _FEEDS:
        return "feeds"
    return "pages" if suffix in _PAGES else "media"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file of `public/`: its path relative to it, its size in bytes, and its sha256 (64 hex digits).

    A file whose name holds its content's hash has no sha256 here (""): an archive need not be read through to
    publish one new issue.
    """

    path: str
    size_bytes: int
    sha256: str

    @property
    def stage(self) -> str:
        """When it is sent, one of STAGES."""
        return stage_of(self.path)


@dataclass(frozen=True, slots=True)
class Shipment:
    """What to send in order of sending, what is there already, and, in order of removing, what was sent once and is no
    longer published: a feed goes before what it names.

    `sent` is the record of what was sent before; `half_sent` are files that an interrupted run left there. `links` are
    those in `public/` to something else in it: what they lead to is sent, they themselves are not.
    """

    send: tuple[Parcel, ...]
    unchanged: tuple[Parcel, ...]
    withdrawn: tuple[str, ...]
    sent: Manifest
    half_sent: tuple[str, ...]
    links: tuple[str, ...] = ()


def parcels(public: Path) -> tuple[Parcel, ...]:
    """Every file of `public`; hidden ones (half written, or nobody's business), links, and a record of what was sent
    elsewhere, which a copy of that place would bring, are left out.

    Raises PublishError for a file that cannot be read.
    """
    return tuple(
        _parcel(path, name)
        for path, name in _visible(public)
        if name != MANIFEST and path.is_file() and not path.is_symlink()
    )


def links(public: Path) -> tuple[str, ...]:
    """The links in `public` to something in it, by their paths.

    Raises PublishError for one that leads out of it, or nowhere: what people find there is nobody's guess.
    """
    found = [(path, name) for path, name in _visible(public) if path.is_symlink()]
    home = public.resolve()
    for path, _ in found:
        if not path.exists() or not path.resolve().is_relative_to(home):
            raise PublishError(
                f"{path}: is a link that leads {'out of ' + public.name if path.exists() else 'nowhere'}, "
                "and would not be what is published",
                hint="put the file itself there, or take the link away",
            )
    return tuple(name for _, name in found)


def _visible(public: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(public.rglob("*")):
        name = path.relative_to(public)
        if not any(part.startswith(".") for part in name.parts):
            yield path, name.as_posix()


def content_of(public: Path, parcel: Parcel) -> str:
    """The sha256 of a parcel that is read for it only where it has none yet. Raises PublishError."""
    return parcel.sha256 or _parcel(public / parcel.path, parcel.path, read=True).sha256


def _parcel(path: Path, name: str, *, read: bool = False) -> Parcel:
    try:
        return Parcel(name, path.stat().st_size, sha256_of(path) if read or not is_hashed(name) else "")
    except OSError as error:
        raise PublishError(
            f"{path}: cannot be read ({error.strerror or type(error).__name__})", hint="check the file's permissions"
        ) from error


def ship(local: tuple[Parcel, ...], sent: Manifest, there: Mapping[str, int]) -> Shipment:
    """The shipment that makes a place which holds files of these sizes (`there`) hold `local`.

    A file is left alone where it lies there in its size and was sent from this very content, which its name tells
    where it holds the content's hash. Only what was sent from here is ever withdrawn: other files at the same place
    are nobody else's to remove.
    """
    unchanged = tuple(
        parcel
        for parcel in local
        if there.get(parcel.path) == parcel.size_bytes
        and (is_hashed(parcel.path) or sent.files.get(parcel.path) == parcel.sha256)
    )
    waiting = sorted(set(local) - set(unchanged), key=_turn)
    published = {parcel.path for parcel in local}
    withdrawn = sorted(set(sent.files) & set(there) - published - {MANIFEST}, key=_turn_to_go)
    half_sent = tuple(path for path in there if PurePosixPath(path).name.startswith(PARTIAL))
    return Shipment(tuple(waiting), unchanged, tuple(withdrawn), sent, half_sent)


def _turn(parcel: Parcel) -> tuple[int, int, str]:
    # Among feeds the edition's own comes last: it names the issues' feeds.
    depth = parcel.path.count("/")
    return STAGES.index(parcel.stage), -depth if parcel.stage == "feeds" else 0, parcel.path


def _turn_to_go(path: str) -> tuple[int, str]:
    return -STAGES.index(stage_of(path)), path
