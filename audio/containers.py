"""The sound files that can be made: what each is called, and how densely it is coded."""

from dataclasses import dataclass
from enum import StrEnum


class Container(StrEnum):
    """A kind of sound file: MP3, AAC in MPEG-4 (as M4B: an audiobook), Opus in Ogg."""

    MP3 = "mp3"
    M4A = "m4a"
    OPUS = "opus"
    M4B = "m4b"

    @property
    def suffix(self) -> str:
        """How the file's name ends."""
        return f".{self}"

    @property
    def mime_type(self) -> str:
        """What a feed and a web server call it."""
        return _MIME_TYPES[self]


_MIME_TYPES = {
    Container.MP3: "audio/mpeg",
    Container.M4A: "audio/mp4",
    Container.OPUS: "audio/ogg",
    Container.M4B: "audio/mp4",
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """How one file is coded: `bitrate_kbps` is the file's own, `channels` 1 or 2.

    `sample_rate` in Hz is that of the blocks that go in; see `file_rate` for what comes out.
    """

    container: Container
    bitrate_kbps: int
    sample_rate: int
    channels: int = 1

    @property
    def file_rate(self) -> int:
        """The rate at which the file decodes: Opus knows only 48 kHz (RFC 7845, section 5.1)."""
        return 48_000 if self.container is Container.OPUS else self.sample_rate


# RFC 6716, section 2.1.1: 28 to 40 kbit/s for speech with all its overtones, 48 to 64 for music in mono, 64 to 128 in
# stereo. An episode is speech with a little music.
# AAC has MP3's rate: libav's coder, measured on speech, is no nearer to the original than LAME at the same rate.
_OPUS_KBPS = {
    1: {64: 32, 96: 48, 128: 64},
    2: {64: 48, 96: 64, 128: 96},
}


def encoding_for(container: Container, mp3_kbps: int, sample_rate: int, channels: int) -> Encoding:
    """The encoding that is as good as MP3 at `mp3_kbps` (64, 96 or 128)."""
    bitrate_kbps = _OPUS_KBPS[channels][mp3_kbps] if container is Container.OPUS else mp3_kbps
    return Encoding(container, bitrate_kbps, sample_rate, channels)
