"""The default jingles, composed for this project: `python -m audio.jingles.make` writes them here.

In D major: the intro goes up a fifth and comes to rest on the third, the sting is its first step, the outro steps
down and home. The same script gives the same bytes.
"""

import io
import sys
import wave
from pathlib import Path

import numpy as np

from articles.files import write_whole
from audio.jingles.instruments import SAMPLE_RATE, Wave, bell, clock, lay, pad, room, swell

# MIDI notes.
_D3, _G3, _A3, _B3, _D4, _E4, _FS4 = 50, 55, 57, 59, 62, 64, 66
_A4, _D5, _E5, _FS5, _A5 = 69, 74, 76, 78, 81
_HOME = (_D3, _A3, _E4, _FS4)  # D with an added ninth
_AWAY = (_G3, _B3, _D4, _FS4)  # G with a major seventh
_DITHER_SEED = 7
_PEAK = 0.5  # of full scale: how loud they are heard is decided in the mix


def intro() -> Wave:
    """Three bells going up and coming to rest, over a chord that opens."""
    sound = np.zeros(len(clock(4.4)))
    lay(sound, swell(pad(_HOME, 4.2), 0.7, 2.2), 0.0, 0.34)
    for at, note, level in ((0.25, _D5, 0.8), (0.62, _A5, 0.72), (0.99, _FS5, 0.9)):
        lay(sound, bell(note, 3.0), at, 0.5 * level)
    lay(sound, bell(_D4, 3.0), 0.99, 0.2)
    return swell(room(sound), 0.005, 1.2)


def outro() -> Wave:
    """Three bells stepping down and home, over two chords."""
    sound = np.zeros(len(clock(5.4)))
    lay(sound, swell(pad(_AWAY, 2.3), 0.6, 0.9), 0.0, 0.34)
    lay(sound, swell(pad(_HOME, 3.9), 0.7, 2.4), 1.4, 0.34)
    for at, note, level in ((0.3, _FS5, 0.8), (0.78, _E5, 0.75), (1.5, _D5, 0.9)):
        lay(sound, bell(note, 3.0), at, 0.5 * level)
    lay(sound, bell(_A4, 3.0), 1.5, 0.2)
    return swell(room(sound), 0.005, 1.4)


def sting() -> Wave:
    """Two quick bells, a fourth up and home, with a breath of the chord: here is something new."""
    sound = np.zeros(len(clock(2.2)))
    lay(sound, swell(pad(_HOME, 2.0), 0.3, 1.4), 0.0, 0.3)
    for at, note, level in ((0.06, _A4, 0.8), (0.28, _D5, 0.8)):
        lay(sound, bell(note, 1.8), at, 0.5 * level)
    lay(sound, bell(_D4, 1.8), 0.28, 0.25)
    return swell(room(sound), 0.005, 0.9)


def language() -> Wave:
    """Three bells of one chord, almost at once, gone in a second: the same, in other words."""
    sound = np.zeros(len(clock(1.2)))
    for at, note, level in ((0.04, _FS5, 0.6), (0.15, _D5, 0.6), (0.15, _A4, 0.4)):
        lay(sound, bell(note, 1.05), at, 0.5 * level)
    return swell(room(sound), 0.005, 0.6)


def bed() -> Wave:
    """Two chords that give way to each other for ever: its end runs into its beginning."""
    seconds = 8.0
    time = clock(seconds)
    turn = 0.5 - 0.5 * np.cos(2 * np.pi * time / seconds)
    home = pad(_HOME, seconds, whole_turns=True)
    away = pad(_AWAY, seconds, whole_turns=True)
    sound = np.asarray(home * np.sqrt(1 - turn) + away * np.sqrt(turn))
    for at, note in ((1.0, _A4), (3.0, _D5), (5.0, _B3 + 12), (7.0, _FS4)):
        stroke = np.zeros(len(time))
        lay(stroke, bell(note, seconds), 0.0, 0.22)
        sound += np.roll(stroke, round(at * SAMPLE_RATE))
    return room(sound, around=True)


JINGLES = (
    ("intro.wav", intro),
    ("sting.wav", sting),
    ("language.wav", language),
    ("outro.wav", outro),
    ("bed.wav", bed),
)


def make(folder: Path) -> tuple[Path, ...]:
    """The jingles, written to `folder` as WAV: mono, 44.1 kHz, 16 bits."""
    for name, compose in JINGLES:
        write_whole(folder / name, _wav(compose()))
    return tuple(folder / name for name, _ in JINGLES)


def _wav(sound: Wave) -> bytes:
    # Sixteen bits are all that is kept here, the only place where any are dropped: so here, and nowhere else, there
    # is dither, triangular and one step high. The legacy generator, because its numbers never change.
    random = np.random.RandomState(_DITHER_SEED)
    dither = random.random_sample(len(sound)) - random.random_sample(len(sound))
    samples = np.round(sound * (_PEAK * 32767 / np.abs(sound).max()) + dither).astype("<i2")
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(samples.tobytes())
    return written.getvalue()


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
