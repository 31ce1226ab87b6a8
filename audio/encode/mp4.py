"""AAC in MPEG-4: M4A for an episode, M4B (an audiobook) for the whole issue."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from audio.block import Block
from audio.containers import Container, Encoding
from audio.encode.libav import Labels, Recipe, join_by_libav, write_by_libav
from audio.languages import three_letters
from audio.tags import Tags, plain, shortened
from audio.timeline import Chapter

AAC_FRAME_SAMPLES = 1024

_TITLE_BYTES = 255
"""The longest chapter title: Nero's list counts its bytes in one byte."""

_AUDIOBOOK = "2"  # iTunes' `stik`: Apple Books keeps such a file, and the place one has got to
_CODER = "aac"
_BRANDS = {Container.M4A: "M4A ", Container.M4B: "M4B "}


def write_mp4(
    blocks: Iterable[Block], path: Path, encoding: Encoding, tags: Tags, chapters: Sequence[Chapter], samples: int
) -> None:
    """Write AAC-LC with its index in front, so that it plays before it has come whole.

    Chapters are there twice, as players differ: as QuickTime's text track (Apple) and as Nero's list (most others).
    An edit list tells where the sound begins and ends in AAC's frames of 1024. Raises OSError, and EncoderError.
    """
    write_by_libav(
        blocks,
        path,
        _recipe(encoding),
        _labels(encoding, tags, chapters, samples),
        rate=encoding.sample_rate,
        channels=encoding.channels,
        bitrate_kbps=encoding.bitrate_kbps,
    )


def join_mp4(
    frames: Iterable[bytes], path: Path, encoding: Encoding, tags: Tags, chapters: Sequence[Chapter], samples: int
) -> None:
    """Write such a file of frames that were coded before, by one coder or by several. Raises OSError, EncoderError."""
    join_by_libav(
        frames,
        path,
        _recipe(encoding),
        _labels(encoding, tags, chapters, samples),
        rate=encoding.sample_rate,
        channels=encoding.channels,
        bitrate_kbps=encoding.bitrate_kbps,
        frame_samples=AAC_FRAME_SAMPLES,
    )


def _labels(encoding: Encoding, tags: Tags, chapters: Sequence[Chapter], samples: int) -> Labels:
    return Labels(
        texts=_texts(tags, encoding.container),
        language=three_letters(tags.language),
        chapters=tuple(replace(chapter, title=shortened(plain(chapter.title), _TITLE_BYTES)) for chapter in chapters),
        samples=samples,
        cover=tags.cover,
    )


def _recipe(encoding: Encoding) -> Recipe:
    return Recipe(
        name="AAC",
        coder=_CODER,
        samples="fltp",
        muxer="mp4",  # libav's `ipod` would take no cover
        # libav's own choice is twice as slow and from 64 kbit/s up further from the sound (measured on speech).
        coder_options={"aac_coder": "fast"},
        muxer_options={
            "movflags": "+faststart",
            "brand": _BRANDS[encoding.container],
            # The edit list counts in these: at the usual 1000 a second it would be wrong by up to 22 samples.
            "movie_timescale": str(encoding.sample_rate),
        },
    )


def _texts(tags: Tags, container: Container) -> dict[str, str]:
    texts = {
        "title": tags.title,
        "artist": tags.artist,
        "album": tags.album,
        "track": str(tags.track),
        "date": tags.date.isoformat(),
        "genre": tags.genre,
        "comment": tags.comment,
        "gapless_playback": "1",
        "media_type": _AUDIOBOOK if container is Container.M4B else "",
    }
    return {key: plain(text) for key, text in texts.items() if text}
