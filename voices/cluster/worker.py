"""What happens on a cluster's worker: it is looked at once, loads each voice once, and reads batches into the store.

Nothing here knows who hands the work out. A worker reads on one thread: espeak bears no more in a process.
"""

import functools
import importlib.metadata
import os
import platform
import socket
from dataclasses import dataclass

from articles.errors import VivavoceError
from voices.assets import VoiceNotInstalled, voice_files, voices_dir
from voices.catalogue import UnknownVoice, find
from voices.clips import seed_of
from voices.cluster.batches import Batch
from voices.cluster.errors import ClusterError, WorkerLacksVoice
from voices.cluster.shelves import HereShelf, SharedShelf, probe_bytes, probe_key
from voices.load import LoadableVoice, loadable
from voices.places.errors import PlaceError
from voices.studio.order import Order
from voices.voice import SpeechError, Voice

MUST_AGREE = ("vivavoce", "distributed", "onnxruntime", "piper-tts", "numpy")
"""Packages of which all machines need the same version: the first two to understand each other, the others because a
text must sound the same whoever reads it."""


@dataclass(frozen=True, slots=True)
class Session:
    """What a worker is told: what must run there, which voices are asked for, and where clips go."""

    versions: tuple[tuple[str, str], ...]
    voices: tuple[LoadableVoice, ...]
    shelf: HereShelf | SharedShelf


@dataclass(frozen=True, slots=True)
class Said:
    """What became of one order: its clip's length in seconds, or why there is none."""

    seconds: float = 0.0
    failure: VivavoceError | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch, order by order; `unfit` says instead why this worker may not read.

    `loaded` are the voices that had to be loaded for it.
    """

    worker: str
    said: tuple[Said, ...] = ()
    loaded: tuple[str, ...] = ()
    unfit: VivavoceError | None = None


_fit: set[str] = set()
_loaded: dict[str, Voice] = {}
"""This process's voices by identity: loaded once, whoever asks."""


@functools.cache
def versions() -> tuple[tuple[str, str], ...]:
    """What runs on this machine, of all that must be the same everywhere."""
    python = ".".join(platform.python_version_tuple()[:2])
    return (("Python", python), *((name, _version(name)) for name in MUST_AGREE))


def worker_name() -> str:
    """What this process is called, for people."""
    return f"{socket.gethostname()} (process {os.getpid()})"


def unfit(session: Session) -> VivavoceError | None:
    """Why this process may not read in `session`; None when it may. A shared store is tried once for each probe."""
    shelf = session.shelf
    if isinstance(shelf, SharedShelf) and shelf.probe in _fit:
        return None
    try:
        _check_versions(session)
        if isinstance(shelf, SharedShelf):
            for voice in session.voices:
                _own(voice)
            _check_shelf(shelf)
            _fit.add(shelf.probe)
    except VivavoceError as complaint:
        return complaint
    return None


def read_batch(session: Session, batch: Batch) -> Outcome:
    """Read what is not in the store yet, and put it there; a task that is done again after a death goes on there."""
    if complaint := unfit(session):
        return Outcome(worker_name(), unfit=complaint)
    loaded: list[str] = []
    try:
        said = tuple(_said(session, order, loaded) for order in batch)
    except WorkerLacksVoice as complaint:
        return Outcome(worker_name(), unfit=complaint)
    return Outcome(worker_name(), said, tuple(loaded))


def _said(session: Session, order: Order, loaded: list[str]) -> Said:
    try:
        seconds = session.shelf.seconds(order.key)
        if seconds is not None:
            return Said(seconds)
        clip = _voice(session, order.voice, loaded).speak(order.spoken, order.delivery, seed_of(order.key))
        session.shelf.keep(order.key, clip)
        return Said(clip.seconds)
    except WorkerLacksVoice:
        raise  # that is the worker's trouble, not the text's
    except VivavoceError as known:
        return Said(failure=known)
    except Exception as error:  # an engine's own; the others' texts must still be read
        cause = f"{type(error).__name__}: {error}"
        return Said(failure=SpeechError(f"{order.voice} failed on “{order.spoken[:60]}” ({cause})"))


def _voice(session: Session, name: str, loaded: list[str]) -> Voice:
    wanted = next(voice for voice in session.voices if voice.name == name)
    if wanted.identity not in _loaded:
        voice = wanted.load() if isinstance(session.shelf, HereShelf) else _own_loaded(wanted)
        _loaded[wanted.identity] = voice
        loaded.append(name)
    return _loaded[wanted.identity]


def _own(wanted: LoadableVoice) -> LoadableVoice:
    """The same voice with this machine's files. Raises WorkerLacksVoice."""
    try:
        own = loadable(voice_files(find(wanted.name), voices_dir()))
    except (UnknownVoice, VoiceNotInstalled) as error:
        raise _lacking(wanted, error.message) from error
    if own.identity != wanted.identity:
        raise _lacking(wanted, f"its {wanted.name} is another than the one here")
    return own


def _own_loaded(wanted: LoadableVoice) -> Voice:
    """That voice, ready to speak. Raises WorkerLacksVoice, also for files that are damaged."""
    try:
        return _own(wanted).load()
    except VoiceNotInstalled as error:
        raise _lacking(wanted, error.message) from error


def _lacking(wanted: LoadableVoice, trouble: str) -> WorkerLacksVoice:
    return WorkerLacksVoice(f"{worker_name()}: {trouble}", hint=f"run there: vivavoce voices install {wanted.name}")


def _check_versions(session: Session) -> None:
    own = dict(versions())
    differing = [(name, own[name], wanted) for name, wanted in session.versions if own[name] != wanted]
    if differing:
        told = ", ".join(f"{name} {there} (here {here})" for name, there, here in differing)
        raise ClusterError(
            f"{worker_name()} runs {told}",
            hint="install the same versions everywhere, from one requirements file: a text must sound the same, "
            "whoever reads it",
        )


def _check_shelf(shelf: SharedShelf) -> None:
    """Look for the clip that was put there to be found, and put another one there."""
    own = probe_key(shelf.probe, worker_name())
    try:
        found = shelf.clips.read(shelf.probe) is not None
        if found:
            shelf.clips.write(own, probe_bytes(own))
            shelf.clips.remove(own)
    except PlaceError as error:
        raise ClusterError(f"{worker_name()}: {error.message}", hint=error.hint) from error
    if not found:
        raise ClusterError(
            f"{worker_name()} does not find in {shelf.location} what was put there from here",
            hint="the clip store must be the same folder, or the same address, on every machine",
        )


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "missing"
