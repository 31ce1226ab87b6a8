"""How far under the wanted peak a sound is held before it is encoded: what an encoder adds must not pass it."""

from audio.containers import Container
from audio.sound import Sound

_AAC_DB = {64: 0.6, 96: 0.6, 128: 0.5}

_OVERSHOOT_DB = {
    Container.MP3: {64: 2.7, 96: 1.4, 128: 0.5},
    Container.M4A: _AAC_DB,
    Container.M4B: _AAC_DB,
    Container.OPUS: {64: 2.0, 96: 1.6, 128: 1.9},
}
"""By container and the edition's bit rate in kbit/s: the most that limited speech was measured to overshoot (an
English and a French voice, with jingles, mono and stereo), and 0.2 dB or more for voices that were not tried. Where
that is too little, audio/master.py encodes once more."""


def ceiling_db(sound: Sound, container: Container = Container.MP3) -> float:
    """The true peak that the sound must stay under before it is encoded, in dBTP."""
    return sound.true_peak_db - _OVERSHOOT_DB[container][sound.bitrate_kbps]
