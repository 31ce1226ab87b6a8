"""Where workers put clips: into the store of their own machine, or into one that all machines share."""

import functools
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from voices.clip_file import from_bytes, to_bytes
from voices.clips import ClipStore
from voices.places.errors import PlaceError, PlaceSettingError
from voices.remote_clips import RemoteClips
from voices.voice import Clip

_WAITS_S = (5, 15, 40)
"""How long a shared store that does not answer is waited for, a minute in all: networks are away for moments."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class HereShelf:
    """The store of the machine that the workers run on; they take the voices' files from where they lie there."""

    store: ClipStore

    def seconds(self, key: str) -> float | None:
        """How long the clip of this key is that lies there whole; None when none does."""
        clip = self.store.read(key)
        return None if clip is None else clip.seconds

    def keep(self, key: str, clip: Clip) -> None:
        """Put it there. Raises WriteError."""
        self.store.write(key, clip)


@dataclass(frozen=True, slots=True)
class SharedShelf:
    """A store that all machines reach; nothing is left on the worker's own disk, which nobody would ever clear.

    `probe` is the key of a clip that was put there to be found.
    """

    location: str
    probe: str

    @property
    def clips(self) -> RemoteClips:
        """The store; a process connects to it once, not for each task."""
        return _shared_clips(self.location)

    def seconds(self, key: str) -> float | None:
        """How long the clip of this key is that lies there whole; None when none does. Raises PlaceError."""
        data = patiently(lambda: self.clips.read(key))
        clip = None if data is None else from_bytes(key, data)
        return None if clip is None else clip.seconds

    def keep(self, key: str, clip: Clip) -> None:
        """Put it there. Raises PlaceError."""
        data = to_bytes(key, clip)
        patiently(lambda: self.clips.write(key, data))


def patiently(ask: Callable[[], T]) -> T:
    """What `ask` gives, asked again for a minute where the place does not answer. Raises PlaceError."""
    for wait_s in _WAITS_S:
        try:
            return ask()
        except PlaceSettingError:
            raise
        except PlaceError:
            time.sleep(wait_s)
    return ask()


def probe_key(*facts: str) -> str:
    """The key of a clip that is only there to be found."""
    return hashlib.sha256("\n".join(("probe", *facts)).encode()).hexdigest()


def probe_bytes(key: str) -> bytes:
    """The file of such a clip: nothing is heard in it."""
    return to_bytes(key, Clip(np.zeros(0, np.int16), 22_050))


@functools.cache
def _shared_clips(location: str) -> RemoteClips:
    return RemoteClips(location)
