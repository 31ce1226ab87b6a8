"""How far under the wanted peak a sound is held before it is encoded: what an encoder adds must not pass it."""

from audio.containers import Container
from audio.sound import Sound

_OVERSHOOT_DB = {
    Container.MP3: {64: 2.6, 96: 1.1, 128: 0.8},
    Container.M4A: {64: 2.0, 96: 1.2, 128: 0.9},
    Container.M4B: {64: 2.0, 96: 1.2, 128: 0.9},
    Container.OPUS: {64: 2.6, 96: 2.0, 128: 1.6},
}
"""By container and the edition's bit rate in kbit/s, a little more than limited speech was measured to overshoot
(`benchmarks/sound.py` prints it)."""


def ceiling_db(sound: Sound, container: Container = Container.MP3) -> float:
    """The true peak that the sound must stay under before it is encoded, in dBTP."""
    return sound.true_peak_db - _OVERSHOOT_DB[container][sound.bitrate_kbps]
