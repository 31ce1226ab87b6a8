"""Whether this installation can write a format: by writing it, and hearing it back."""

from datetime import date
from pathlib import Path

import numpy as np

from audio.containers import Container, Encoding
from audio.decode import UndecodableError, decode
from audio.encode import EncoderError, encode
from audio.tags import Tags
from audio.timeline import Chapter

_RATE = 44_100
_HZ = 440
_HINT = "install vivavoce again"


def try_encoding(container: Container, folder: Path) -> None:
    """Write a second of a tone into `folder` as this kind of file, and decode it.

    Raises WriteError, and EncoderError where that does not give a second again.
    """
    path = folder / f"trial{container.suffix}"
    tone = (np.sin(2 * np.pi * _HZ * np.arange(_RATE) / _RATE)[:, np.newaxis] / 4).astype(np.float32)
    tags = Tags(title="Trial", artist="", album="", track=1, language="en", date=date(2026, 1, 1))
    encode([tone], path, Encoding(container, 96, _RATE), tags, [Chapter("Trial", 0)], _RATE)
    try:
        heard = decode(path)
    except UndecodableError as error:
        raise EncoderError(f"{container}: what was written cannot be read ({error})", hint=_HINT) from error
    seconds = len(heard.pcm) / heard.sample_rate
    if abs(seconds - 1) > 0.1:
        raise EncoderError(f"{container}: a second became {seconds:.2f} s", hint=_HINT)
