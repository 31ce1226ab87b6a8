"""One jingle out of a sound file: at the edition's rate, mono or stereo, without silence at its ends, measured."""

import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from articles.errors import ExitCode, VivavoceError
from articles.files import sha256_of
from audio.decode import CutShortError, Decoded, UndecodableError, decode
from audio.downmix import is_stereo, to_mono, to_stereo
from audio.loudness import SILENT_LUFS, integrated_lufs
from audio.resample import resample
from audio.timeline import GRID_MS
from audio.trim import sound_bounds

LONGEST_SECONDS = 60
REPLACE = 'put a sound file there (WAV, FLAC, MP3 …), or write "none" in edition.toml'

_TAIL_DB = 60.0  # a jingle's reverberation is music until it is this far below the loudest note
_SURELY_HEARD_HZ, _SURELY_HEARD_POWER = 100, 10 ** (-50 / 10)
_RATES = range(2_000, 400_000)  # in Hz: what a recording can have


class JingleError(VivavoceError):
    """A jingle that the edition names cannot be used; the message says which and why."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True, eq=False)
class Jingle:
    """A jingle: `pcm` of shape (frames, 1 or 2) at `sample_rate` Hz, a whole number of 10 ms long.

    `name` is how the edition calls it, `sha256` (64 hex digits) that of its file. `note` is a line for the producer
    when the file had to be converted, else empty.
    """

    name: str
    pcm: NDArray[np.float32]
    sample_rate: int
    sha256: str
    note: str = ""

    @property
    def samples(self) -> int:
        """How long it is."""
        return len(self.pcm)

    @property
    def channels(self) -> int:
        """1 or 2."""
        return int(self.pcm.shape[1])

    @cached_property
    def lufs(self) -> float:
        """Its integrated loudness, its channels' powers summed; measured when it is mixed, which is not every build."""
        return integrated_lufs([self.pcm], self.sample_rate)


def open_jingle(path: Path, name: str, sample_rate: int, *, mono: bool = False, hint: str = REPLACE) -> Jingle:
    """The jingle in the file at `path`, called `name` in notes and errors; `mono` if one channel is wanted.

    It has two channels only where they differ. No more than a minute of the file is ever decoded. Raises
    JingleError when the file is missing, empty, not sound, cut short, silent, unreadable, or longer than that.
    """
    try:
        decoded = decode(path, longest_seconds=LONGEST_SECONDS)
        sha256 = sha256_of(path)
    except FileNotFoundError as error:
        raise JingleError(f"{name}: there is no such file", hint=hint) from error
    except OSError as error:
        raise JingleError(f"{name}: cannot be read ({error.strerror or error})", hint=hint) from error
    except CutShortError as error:
        raise JingleError(f"{name}: {error}", hint=f"copy or export it again; or {hint}") from error
    except UndecodableError as error:
        raise JingleError(f"{name}: {error}", hint=hint) from error
    if decoded.sample_rate not in _RATES:
        raise JingleError(f"{name}: its rate of {decoded.sample_rate} Hz is no rate of a recording", hint=hint)
    pcm = _trimmed(_channels(decoded.pcm, mono=mono), decoded.sample_rate, sample_rate)
    pcm /= max(1.0, float(np.abs(pcm).max(initial=0.0)))  # floats may reach far above full scale
    jingle = Jingle(name, pcm, sample_rate, sha256, _note(name, decoded, pcm.shape[1], sample_rate))
    if not len(pcm) or (not _is_loud(jingle) and jingle.lufs == SILENT_LUFS):
        raise JingleError(f"{name}: there is nothing but silence in it{_in_mono(decoded, mono)}", hint=hint)
    return jingle


def _is_loud(jingle: Jingle) -> bool:
    """Whether it is so far above the standard's gate that nothing need be measured to say that it is no silence.

    The K filter takes less than 2 dB of what lies above 100 Hz; the mean of that is 20 dB above the gate, so that a
    part of it, if not each, is as well.
    """
    spectrum = np.abs(np.fft.rfft(jingle.pcm, axis=0)) ** 2
    heard = spectrum[math.ceil(_SURELY_HEARD_HZ * len(jingle.pcm) / jingle.sample_rate) :].sum()
    return bool(2 * heard > _SURELY_HEARD_POWER * len(jingle.pcm) ** 2)  # Parseval: half of the spectrum is given


def _channels(pcm: NDArray[np.float32], *, mono: bool) -> NDArray[np.float32]:
    # Broken files may decode to values that are no numbers; one of them would silence the whole episode.
    stereo = to_stereo(np.nan_to_num(pcm, posinf=0.0, neginf=0.0))
    return stereo if is_stereo(stereo) and not mono else to_mono(stereo)


def _trimmed(pcm: NDArray[np.float32], from_hz: int, to_hz: int) -> NDArray[np.float32]:
    """`pcm` at its new rate without the silence at its ends, filled up to whole 10 ms."""
    resampled = np.stack([resample(np.ascontiguousarray(channel), from_hz, to_hz) for channel in pcm.T], axis=1)
    first, last = sound_bounds(
        np.abs(resampled).max(axis=1), to_hz, below_loudest_db=_TAIL_DB, before_ms=10, after_ms=50
    )
    grid = GRID_MS * to_hz // 1000
    whole = math.ceil((last - first) / grid) * grid
    return np.pad(resampled[first:last], ((0, whole - (last - first)), (0, 0)))


def _in_mono(decoded: Decoded, mono: bool) -> str:
    cancelled = mono and decoded.channels > 1 and bool(np.any(decoded.pcm))
    return " once it is mono: its channels cancel each other out" if cancelled else ""


def _note(name: str, decoded: Decoded, channels: int, sample_rate: int) -> str:
    """What the file was and what was done to it; nothing for 16-bit samples that could be taken as they are."""
    at = f"{_called(decoded.channels)} at {_khz(decoded.sample_rate)}"
    to = "" if decoded.sample_rate == sample_rate else f" at {_khz(sample_rate)}"
    if decoded.channels > channels:
        return f"{name}: {at}, mixed down to {_called(channels)}{to}"
    if to:
        return f"{name}: {at}, resampled to {_khz(sample_rate)}"
    return "" if decoded.codec == "pcm_s16le" else f"{name}: {decoded.codec}, {at}, converted"


def _called(channels: int) -> str:
    return {1: "mono", 2: "stereo"}.get(channels, f"{channels} channels")


def _khz(sample_rate: int) -> str:
    return f"{sample_rate / 1000:g} kHz"
