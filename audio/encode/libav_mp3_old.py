"""The way MP3 was written before; goes when audio/master.py no longer asks for it."""

import io
from collections.abc import Iterable, Sequence
from fractions import Fraction

import av
import numpy as np
from numpy.typing import NDArray

_EFFORT = 5
"""LAME's effort, from 0 (most) to 9. Its own choice, 3, takes a fifth longer on speech, and from 96 kbit/s up
the difference cannot be measured."""

_LAME_SCALE = 0.95
"""What LAME multiplies every sample by at 64 to 128 kbit/s (measured: -0.445 dB), lest it clip. Here the
ceiling sees to that, and the sound must come out as loud as it went in."""

_FRAME = 1152  # samples


def encode_mp3(blocks: Iterable[NDArray[np.float32]], sample_rate: int, bitrate_kbps: int) -> bytes:
    """Mono sound in consecutive blocks as MP3 at a constant bit rate, without tags; same input, same bytes.

    The first frame is a LAME header with the encoder's delay and padding, so that a decoder that honours it
    gives back exactly as many samples as went in.
    """
    written = io.BytesIO()
    options = {"id3v2_version": "0", "write_id3v1": "0", "write_xing": "1"}  # tags are written elsewhere
    with av.open(written, mode="w", format="mp3", options=options) as container:
        stream = container.add_stream("libmp3lame", rate=sample_rate, options={"compression_level": str(_EFFORT)})
        stream.bit_rate = 1000 * bitrate_kbps
        stream.layout = "mono"
        stream.format = "fltp"
        samples = 0
        for block in blocks:
            louder = block[None, :] / np.float32(_LAME_SCALE)
            frame = av.AudioFrame.from_ndarray(louder, format="fltp", layout="mono")
            frame.sample_rate = sample_rate
            frame.pts = samples
            frame.time_base = Fraction(1, sample_rate)
            container.mux(stream.encode(frame))
            samples += len(block)
        container.mux(_without_surplus(stream.encode(None)))
    return written.getvalue()


def _without_surplus(last: "Sequence[av.Packet[av.AudioStream]]") -> "Sequence[av.Packet[av.AudioStream]]":
    """The last packets, less the one of mere padding that LAME adds even when the one before holds some too.

    libav writes only the very last packet's padding into the header: up to 46 samples too many would be heard.
    """
    if len(last) > 1 and not last[-1].duration and 0 < (last[-2].duration or 0) < _FRAME:
        return last[:-1]
    return last
