"""The files of a voice on this computer: fetched from the first source that has them right, and checked.

A file has its own name only once its size and digest are right. Beside it lies a receipt with the sha256 that
was found, by which a file without one in the catalogue can be checked later.
"""

import contextlib
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import platformdirs

from articles.errors import ExitCode, VivavoceError
from articles.files import sha256_of
from articles.remedies import moved_away, remedy
from voices.catalogue import AssetFile, CatalogueVoice, Role
from voices.errand import Errand, Patience, Progress, Report, SourceFailed, silence, unwritable
from voices.listing import Expected, expected, sha256_if_right
from voices.origins import Source
from voices.sources import describe, fetch, own_folders
from voices.workspace import Receipt, alone, read_receipt, settle, sweep

_PATIENCE = Patience()


class VoiceNotInstalled(VivavoceError):
    """A voice is asked for whose files are not all here, or not whole."""

    exit_code = ExitCode.MISSING_VOICE


class InstallFailed(VivavoceError):
    """No source gave a file as it should be; the message has a line for each source."""

    exit_code = ExitCode.MISSING_VOICE


class Fetchable(Protocol):
    """What can be fetched and checked: a voice, or another model that is kept as voices are."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def files(self) -> tuple[AssetFile, ...]:
        """The files that it consists of."""
        ...


@dataclass(frozen=True, slots=True)
class InstalledFile:
    """One file in place. `sha256` is what it was when it was installed."""

    role: Role
    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Installed:
    """A voice whose files are all in place."""

    voice: CatalogueVoice
    files: tuple[InstalledFile, ...]

    def path(self, role: Role) -> Path:
        """The file of this role. Raises KeyError when the voice's engine has none."""
        for file in self.files:
            if file.role is role:
                return file.path
        raise KeyError(role)

    @property
    def digest(self) -> str:
        """One sha256 (64 hex digits) of its files' hashes and the speaker: another sound, another digest."""
        facts = [*(f"{file.role} {file.sha256}" for file in self.files), f"speaker {self.voice.speaker}"]
        return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def voices_dir() -> Path:
    """Where voices are kept: $VIVAVOCE_VOICES, or the user's own data folder."""
    named = os.environ.get("VIVAVOCE_VOICES")
    return Path(named).expanduser() if named else Path(platformdirs.user_data_dir("vivavoce")) / "voices"


def installed(voice: Fetchable, folder: Path) -> bool:
    """True when all its files are in `folder` by name and size. Cheap: `verify` reads them too."""
    return all(_in_place(file, folder) for file in voice.files)


def voice_files(voice: CatalogueVoice, folder: Path) -> Installed:
    """The voice's files in `folder`, by name and size. Raises VoiceNotInstalled."""
    return Installed(voice, _files_in(voice, folder))


def verify(voice: CatalogueVoice, folder: Path) -> Installed:
    """The voice's files, every byte checked. Raises VoiceNotInstalled, also for a file that has changed."""
    return Installed(voice, verified_files(voice, folder))


def install(voice: CatalogueVoice, folder: Path, report: Report = silence, patience: Patience = _PATIENCE) -> Installed:
    """The voice's files, fetched as by `fetch_files`. Raises what that raises."""
    return Installed(voice, fetch_files(voice, folder, report, patience))


def verified_files(wanted: Fetchable, folder: Path) -> tuple[InstalledFile, ...]:
    """Its files, every byte checked. Raises VoiceNotInstalled, also for a file that has changed."""
    files = _files_in(wanted, folder)
    for file in files:
        try:
            found = sha256_of(file.path)
        except OSError as error:
            raise unreadable(wanted.name, file.path, error) from error
        if found != file.sha256:
            raise _not_installed(wanted, f"{file.path} is damaged: its sha256 is no longer {file.sha256}")
    return files


def fetch_files(
    wanted: Fetchable, folder: Path, report: Report = silence, patience: Patience = _PATIENCE
) -> tuple[InstalledFile, ...]:
    """Its files, fetched into `folder` where they are missing or damaged.

    One process installs at a time; another one waits, and then finds the files in place. What an interrupted
    one left is continued or removed. Raises InstallFailed, VoiceNotInstalled for a folder in a file's place, and
    articles.files.WriteError if the disk refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with alone(folder, report):
            for file in wanted.files:
                _refuse_folder(wanted, folder / file.filename)
                here = _in_place(file, folder)
                if here is None or sha256_of(here.path) != here.sha256:
                    _install(wanted, file, folder, report, patience)
            sweep(folder)
    except OSError as error:
        raise unwritable(folder, error) from error
    return _files_in(wanted, folder)


def _files_in(wanted: Fetchable, folder: Path) -> tuple[InstalledFile, ...]:
    """Its files in `folder`, by name and size. Raises VoiceNotInstalled."""
    for file in wanted.files:
        _refuse_folder(wanted, folder / file.filename)
    files = [_in_place(file, folder) for file in wanted.files]
    missing = [file.filename for file, here in zip(wanted.files, files, strict=True) if here is None]
    if missing:
        raise _not_installed(wanted, f"{wanted.name} is not installed: {folder} lacks {', '.join(missing)}")
    return tuple(file for file in files if file is not None)


def _install(voice: Fetchable, file: AssetFile, folder: Path, report: Report, patience: Patience) -> None:
    """Put one file in place from the first source that has it right. Raises InstallFailed."""
    try:
        wanted = expected(file, patience)
    except SourceFailed as failed:
        raise _failed(voice, file, [f"its publisher's voices.json, to check it by: {failed}"]) from failed
    errand = Errand(file.filename, wanted.size, folder, report, patience)
    failures: list[str] = []
    for source in (*own_folders(), *file.sources):
        try:
            partial, sha256 = _fetch_right(source, errand, wanted)
        except SourceFailed as failed:
            failures.append(f"{describe(source)}: {failed}")
            report(Progress(file.filename, 0, wanted.size, f"{file.filename}: not from {failures[-1]}"))
            continue
        settle(partial, folder / file.filename, Receipt(wanted.size, sha256, describe(source)))
        served = f"{file.filename}: from {describe(source)}"
        report(Progress(file.filename, wanted.size, wanted.size, served))
        return
    raise _failed(voice, file, failures)


def _fetch_right(source: Source, errand: Errand, wanted: Expected) -> tuple[Path, str]:
    """The partial and its sha256. A wrong one is removed; if it had been resumed, it is fetched once more."""
    for resumed in (errand.partial("url").exists(), False):
        partial = fetch(source, errand)
        try:
            return partial, sha256_if_right(partial, wanted)
        except SourceFailed:
            partial.unlink(missing_ok=True)
            if not resumed or partial != errand.partial("url"):
                raise
    raise AssertionError("the second round returns or raises")


def _in_place(file: AssetFile, folder: Path) -> InstalledFile | None:
    """The file as it lies in `folder`, or None when it is not there, or not as long as it should be."""
    path = folder / file.filename
    known = Receipt(file.size, file.sha256, "") if file.sha256 else read_receipt(path)
    with contextlib.suppress(OSError):
        if known and path.stat().st_size == known.size:
            return InstalledFile(file.role, path, known.sha256)
    return None


def unreadable(name: str, path: Path, error: OSError) -> VoiceNotInstalled:
    """The error that says that a file of the voice of this name cannot be read, and what mends that."""
    hint = f"vivavoce voices install {name}" if isinstance(error, FileNotFoundError) else remedy(error, path)
    return VoiceNotInstalled(f"{path}: cannot be read ({error.strerror or error})", hint=hint)


def _refuse_folder(wanted: Fetchable, path: Path) -> None:
    """Raise VoiceNotInstalled for a folder in a file's place, which no file can be put into."""
    with contextlib.suppress(OSError):
        if path.is_dir():
            hint = f"{moved_away(path)} && vivavoce voices install {wanted.name}"
            raise VoiceNotInstalled(f"{path}: is a folder where a voice's file belongs", hint=hint)


def _not_installed(voice: Fetchable, message: str) -> VoiceNotInstalled:
    return VoiceNotInstalled(message, hint=f"vivavoce voices install {voice.name}")


def _failed(voice: Fetchable, file: AssetFile, failures: list[str]) -> InstallFailed:
    tried = "".join(f"\n  {failure}" for failure in failures)
    with_list = " with its publisher's voices.json" if file.listing else ""
    return InstallFailed(
        f"{voice.name}: {file.filename} could not be had{tried}",
        hint=f"try again where one of these can be reached, or put the file{with_list} into a folder and set "
        "VIVAVOCE_VOICE_SOURCES to that folder",
    )
