"""The one function that gets a file from wherever it can be had, and the folders that the user has named."""

import os
from pathlib import Path

from voices.downloads import download
from voices.errand import Errand, SourceFailed
from voices.origins import FolderSource, PackageSource, Source, UrlSource
from voices.packages import unpack

FOLDERS_VARIABLE = "VIVAVOCE_VOICE_SOURCES"
"""Folders that hold voice files already downloaded, separated as in PATH; they are tried before all else."""


def own_folders() -> tuple[FolderSource, ...]:
    """The folders that the user has named, in order."""
    named = os.environ.get(FOLDERS_VARIABLE, "").split(os.pathsep)
    return tuple(FolderSource(Path(folder).expanduser()) for folder in named if folder)


def fetch(source: Source, errand: Errand) -> Path:
    """The partial that `source` filled, not yet checked.

    Raises SourceFailed with the reason, and WriteError when the disk refuses or is too full.
    """
    match source:
        case UrlSource(url):
            return download(url, errand)
        case PackageSource():
            return unpack(source, errand)
        case FolderSource(folder):
            return _copy(folder, errand)


def describe(source: Source) -> str:
    """The source in a few words, for the line that says which one served a file."""
    match source:
        case UrlSource(url):
            return url
        case PackageSource(parts):
            names = dict.fromkeys(f"{part.distribution.name} {part.distribution.version}" for part in parts)
            return f"package{'s' if len(names) > 1 else ''} {', '.join(names)}"
        case FolderSource(folder):
            return f"folder {folder}"


def look_in(folder: Path, filename: str) -> Path | None:
    """The file of this name in `folder` itself, or else the first one anywhere below it."""
    for place, folders, files in os.walk(folder):
        folders.sort()
        if filename in files and (path := Path(place) / filename).is_file():
            return path
    return None


def _copy(folder: Path, errand: Errand) -> Path:
    found = look_in(folder, errand.filename)
    if found is None:
        raise SourceFailed("it is not there" if folder.is_dir() else "there is no such folder")
    errand.require_space(errand.size)
    try:
        data = found.open("rb")
    except OSError as error:
        raise SourceFailed(f"{found} cannot be read ({error.strerror})") from error
    with data, errand.open_partial("copy") as target:
        errand.append(data, target)
    return errand.partial("copy")
