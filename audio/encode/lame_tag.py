"""The first frame of an MP3 file, which is not heard and says how many samples are.

After gabriel.mp3-tech.org/mp3infotag.html ("Mp3 Info Tag rev 1"). Written here because lameenc leaves it out, and
without it a player hears 26 to 50 ms of the encoder's own silence at the start and at the end.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from audio.containers import Encoding

FRAME_SAMPLES = 1152

_ENCODER_DELAY = 576  # samples that LAME puts before the first one it is given
_ENCODER = b"LAME3.100"
_CONSTANT_BIT_RATE = 0x11  # tag revision 1, method 1: no encoder settings are guessed from it
_ALL_FIELDS = 0x0F
_QUALITY = 57  # what LAME itself writes for a constant bit rate at its usual effort
_MONO, _JOINT = 0, 3
_STEREO_MODE = {1: _MONO, 2: _JOINT}
_SOURCE_RATE = {44_100: 1, 48_000: 2}
_SIDE_INFO = {1: 17, 2: 32}  # bytes of a frame, after its own header of 4, that come before the sound


class LameTag:
    """Gathers what the tag of a constant-bit-rate file says, while the coded sound passes.

    `frames` is how many frames of sound there are, for sound of several encoders: what one alone has written follows
    from its length.
    """

    def __init__(self, encoding: Encoding, samples: int, frames: int | None = None) -> None:
        self._encoding = encoding
        self._samples = samples
        self._known_frames = frames
        self._header = b""
        self._bytes = 0
        self._crc = 0

    @property
    def size(self) -> int:
        """How many bytes the frame takes."""
        return 144_000 * self._encoding.bitrate_kbps // self._encoding.sample_rate

    def add(self, data: bytes) -> None:
        """Take note of the next stretch of coded sound."""
        self._header = self._header or data[:4]
        self._bytes += len(data)
        self._crc = crc16(data, self._crc)

    def frame(self) -> bytes:
        """The frame, once all sound has passed."""
        first, second, rates, modes = self._header
        # As the sound's own frames, but not padded by a byte, and without a mode for channels it does not have.
        head = bytes((first, second, rates & ~0x02, modes & ~0x30)) + bytes(_SIDE_INFO[self._encoding.channels])
        tag = head + self._xing() + self._lame()
        return (tag + _two(crc16(tag))).ljust(self.size, b"\x00")

    def _xing(self) -> bytes:
        # Where every hundredth of the time is, in 256ths of the file.
        places = bytes(256 * percent // 100 for percent in range(100))
        counts = _four(_ALL_FIELDS) + _four(self._frames) + _four(self.size + self._bytes)
        return b"Info" + counts + places + _four(_QUALITY)

    def _lame(self) -> bytes:
        padding = self._frames * FRAME_SAMPLES - _ENCODER_DELAY - self._samples
        source = _SOURCE_RATE[self._encoding.sample_rate] << 6 | _STEREO_MODE[self._encoding.channels] << 2
        return b"".join(
            (
                _ENCODER,
                bytes((_CONSTANT_BIT_RATE, 0)),  # the low-pass is not known
                bytes(8),  # nor peak and gain: they are in the feed
                bytes((0, min(255, self._encoding.bitrate_kbps))),
                (_ENCODER_DELAY << 12 | padding).to_bytes(3, "big"),
                bytes((source, 0)),
                _two(0),
                _four(self.size + self._bytes),
                _two(self._crc),
            )
        )

    @property
    def _frames(self) -> int:
        """How many frames of sound there are: a padded one is a byte longer, so that the bit rate is met on average."""
        if self._known_frames is not None:
            return self._known_frames
        return round(self._bytes * self._encoding.sample_rate / (144_000 * self._encoding.bitrate_kbps))


def crc16(data: bytes, before: int = 0) -> int:
    """CRC-16 (x^16 + x^15 + x^2 + 1, lowest bit first, from 0) of what `before` is the CRC of, and `data` after it."""
    codes = _BYTE[np.frombuffer(data, dtype=np.uint8)]
    # Zeros in front of it do not change a CRC that starts at 0: neighbours are joined as in a tournament.
    codes = np.concatenate([np.zeros((1 << max(0, len(data) - 1).bit_length()) - len(data), np.uint16), codes])
    level = 0
    while len(codes) > 1:
        codes = _shifted(level)[codes[::2]] ^ codes[1::2]
        level += 1
    moved = before
    for level in range(len(data).bit_length()):
        if len(data) >> level & 1:
            moved = int(_shifted(level)[moved])
    return moved ^ int(codes[0]) if len(codes) else moved


def _one_byte_on(crcs: NDArray[np.uint16]) -> NDArray[np.uint16]:
    for _ in range(8):
        crcs = np.where(crcs & 1, crcs >> 1 ^ 0xA001, crcs >> 1).astype(np.uint16)
    return crcs


_BYTE = _one_byte_on(np.arange(256, dtype=np.uint16))


@cache  # and not a list that grows: files are coded on several threads
def _shifted(level: int) -> NDArray[np.uint16]:
    """What each CRC becomes when 2 to the power of `level` zero bytes follow."""
    if level == 0:
        return _one_byte_on(np.arange(65536, dtype=np.uint16))
    half = _shifted(level - 1)
    return half[half]


def _two(number: int) -> bytes:
    return number.to_bytes(2, "big")


def _four(number: int) -> bytes:
    return number.to_bytes(4, "big")
