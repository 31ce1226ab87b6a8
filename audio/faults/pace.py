"""Read too fast or too slow, against the rate that is usual for the voice."""

import re
from collections.abc import Iterator

from articles.speech.markup import parts
from audio.faults.fault import Fault, FaultKind
from audio.faults.heard import FRAME_MS, Heard

USUAL_MS = {"en_US-joe-medium": 55.0, "ff_siwis": 57.0, "tone": 60.0}
"""How long a letter is heard, by voice: the median over sentences of 60 letters and more, pauses left out."""

_ANY_VOICE_MS = 57.0
ONSET_MS = 100.0  # words die away, and a short text is said with more care

# The measured voices stay between 0.74 and 1.5 times their rate even in texts of 15 letters, between 0.85 and 1.3 in
# long ones. In the very shortest one drawled vowel doubles the whole: hence what is added and taken off.
_MEASURED = (0.70, 1.50)
_OTHERS = (0.50, 2.00)
_SLACK_FAST_MS, _SLACK_SLOW_MS = 100.0, 600.0

_SPELLED = re.compile(r"(?<![^\W\d_])(?:[A-Z]|[b-df-hj-np-tv-xz]{2,})(?![^\W\d_])", re.IGNORECASE)
_LETTERS_IN_A_NAME = 3  # of a letter that is said by its name, as "aitch"


def usual_letter_ms(voice: str) -> float:
    """How long the voice usually takes for a letter; what the measured ones take, for one that was not measured."""
    return USUAL_MS.get(voice, _ANY_VOICE_MS)


def letter_ms(heard: Heard, spoken: str) -> float:
    """How long a letter of `spoken` is heard in the clip, in milliseconds; to be compared with `USUAL_MS`."""
    return float(heard.audible.sum()) * FRAME_MS / max(1, letters_of(spoken)[0])


def pace_faults(heard: Heard, spoken: str, voice: str, speed: float) -> Iterator[Fault]:
    """Whether `spoken` takes far less or more time than `voice` usually takes, when asked for `speed`.

    Only what is heard counts, not the pauses. Letters stand for sounds: digits and abbreviations are words by now.
    """
    audible_ms = float(heard.audible.sum()) * FRAME_MS
    usual_ms = usual_letter_ms(voice)
    least, most = _MEASURED if voice in USUAL_MS else _OTHERS
    letters, spelled = letters_of(spoken)
    expected_ms = (letters * usual_ms + ONSET_MS) / speed
    shortest_ms = least * expected_ms - _SLACK_FAST_MS / speed
    longest_ms = most * (expected_ms + (_LETTERS_IN_A_NAME - 1) * spelled * usual_ms / speed) + _SLACK_SLOW_MS / speed
    if audible_ms < shortest_ms:
        times = expected_ms / max(audible_ms, FRAME_MS)
        sentence = f"is read {times:.1f} times as fast as {voice} reads, or something is left out"
        yield Fault(FaultKind.TOO_FAST, 0.0, shortest_ms / max(audible_ms, FRAME_MS), sentence)
    elif audible_ms > longest_ms:
        times = audible_ms / expected_ms
        sentence = f"takes {times:.1f} times as long as {voice} usually needs"
        yield Fault(FaultKind.TOO_SLOW, 0.0, audible_ms / longest_ms, sentence)


def letters_of(spoken: str) -> tuple[int, int]:
    """How many letters and digits a spoken text has, and how many of them are likely to be said by their names.

    These are what stands alone, as initials do, and words without a vowel.
    """
    cut = parts(spoken)
    letters = sum(char.isalnum() for part in cut for char in part.text)
    return letters, sum(len(match[0]) for part in cut if not part.is_ipa for match in _SPELLED.finditer(part.text))
