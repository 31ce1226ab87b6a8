"""Clips as a WAV file, for those who want to hear one by itself."""

import io
import wave
from collections.abc import Sequence

from voices.voice import Clip


def wav_of(clips: Sequence[Clip]) -> bytes:
    """Mono 16-bit WAV of `clips` of one rate, one after the other; each ends in its own short silence."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(clips[0].sample_rate)
        file.writeframes(b"".join(clip.pcm.astype("<i2").tobytes() for clip in clips))
    return buffer.getvalue()
