"""Where sound is missing: long silences between words, and holes inside them."""

from collections.abc import Iterator

import numpy as np

from audio.faults.fault import Fault, FaultKind
from audio.faults.heard import AUDIBLE_DB, FRAME_MS, Heard, frame_levels_db, runs
from voices.voice import Clip, WordTime

# The longest pauses of 570 clips: 0.65 s at a colon, 0.3 s where there is no mark.
_LONGEST_PAUSE_S = {True: 1.1, False: 0.7}  # at a mark of punctuation, elsewhere
_BESIDE_FRAMES = 40  # 200 ms: a word's last sound may be too faint to count as heard
_MARKS = frozenset('.,;:!?…—–-()[]"“”«»')

# A consonant that closes the mouth (p, t, k) is a hole too, but sound dies away into it: no fall of 25 dB in 4 ms, with
# a rise as steep behind it, was found in those clips. Lost samples fall like that.
_HOLE_FRAME_MS = 2
_STEEP_FRAMES = 2
_STEEP_DB = 30.0
_FROM_DB = 25.0  # under the loudest: only from what is clearly heard does a fall count
_LEAST_HOLE_MS = 10
_INSIDE_WORD_MS = 8

_LEAST_ZERO_MS = 10  # samples of zero in a row; a voice that fades out has 6 ms of them at a word's end

_LOST_WORD_MS = 150  # a shorter word may be swallowed in natural speech
_NEIGHBOURS_MS = 20  # so far the sound of the words beside it may reach into a word
_LOST_DB = AUDIBLE_DB + 5.0  # the weakest word of those clips lay 35 dB under the loudest sound


def silence_faults(heard: Heard, speed: float) -> Iterator[Fault]:
    """The longest silence between two words, when it is longer than a pause of this place would be."""
    found = np.flatnonzero(heard.audible)
    if not len(found):
        return
    first, last = int(found[0]), int(found[-1]) + 1
    worst: tuple[float, int, int] = (1.0, 0, 0)
    for start, end in runs(~heard.audible[first:last]):
        allowed_s = _LONGEST_PAUSE_S[_is_marked(heard, first + start, first + end)] / speed
        worst = max(worst, ((end - start) * FRAME_MS / 1000 / allowed_s, first + start, first + end))
    excess, start, end = worst
    if excess > 1.0:
        seconds, at_s = (end - start) * FRAME_MS / 1000, start * FRAME_MS / 1000
        before = _word_before(heard, start)
        sentence = f"is silent for {seconds:.1f} s" + (f" after “{before.text}”" if before else "")
        yield Fault(FaultKind.SILENCE, at_s, excess, sentence)


def dropout_faults(clip: Clip, heard: Heard) -> Iterator[Fault]:
    """The first hole inside a word: samples of zero, sound that is gone and back within 4 ms, or a whole word gone."""
    for start, end in (*_zeros(clip, heard), *_steep_holes(heard)):
        milliseconds, at_s = 1000 * (end - start) / heard.sample_rate, start / heard.sample_rate
        sentence = f"has a hole of {milliseconds:.0f} ms, {at_s:.1f} s from its start"
        yield Fault(FaultKind.DROPOUT, at_s, milliseconds / _LEAST_HOLE_MS, sentence)
        return
    for word in heard.words:
        if _is_lost(heard, word):
            sentence = f"has no sound where “{word.text}” should be"
            seconds = (word.end - word.start) / heard.sample_rate
            yield Fault(FaultKind.DROPOUT, word.start / heard.sample_rate, 1000 * seconds / _LOST_WORD_MS, sentence)
            return


def _is_marked(heard: Heard, start: int, end: int) -> bool:
    """Whether the words on either side of these frames, or one inside them, have a mark of punctuation."""
    first, last = start - _BESIDE_FRAMES, end + _BESIDE_FRAMES
    near = [word for word in heard.words if heard.frame_of(word.end) >= first and heard.frame_of(word.start) <= last]
    return not heard.words or any(char in _MARKS for word in near for char in word.text)


def _word_before(heard: Heard, frame: int) -> WordTime | None:
    middle = [word for word in heard.words if heard.frame_of((word.start + word.end) // 2) <= frame]
    return middle[-1] if middle else None


def _zeros(clip: Clip, heard: Heard) -> Iterator[tuple[int, int]]:
    """[start, end) in samples of each stretch of zeros in a word, with sound somewhere on both sides."""
    found = np.flatnonzero(heard.audible)
    if not len(found):
        return
    first, last = (int(place) * FRAME_MS * heard.sample_rate // 1000 for place in (found[0], found[-1]))
    least = _LEAST_ZERO_MS * heard.sample_rate // 1000
    for start, end in runs(clip.pcm == 0, least):
        if first < start < last and _inside_words(heard, start, end) >= least:
            yield start, end


def _steep_holes(heard: Heard) -> Iterator[tuple[int, int]]:
    """[start, end) in samples of each stretch inside a word that falls and rises steeply."""
    levels = frame_levels_db(heard.pcm, heard.sample_rate, _HOLE_FRAME_MS)
    levels = levels - levels.max(initial=-120.0)
    step = levels[_STEEP_FRAMES:] - levels[:-_STEEP_FRAMES]
    falls = np.flatnonzero((step <= -_STEEP_DB) & (levels[:-_STEEP_FRAMES] > -_FROM_DB)) + _STEEP_FRAMES
    rises = np.flatnonzero((step >= _STEEP_DB) & (levels[_STEEP_FRAMES:] > -_FROM_DB)) + 1
    for fall in falls:
        place = int(np.searchsorted(rises, fall))
        if place == len(rises) or levels[fall : rises[place]].max(initial=-120.0) > -_FROM_DB:
            continue
        start, end = (int(frame) * _HOLE_FRAME_MS * heard.sample_rate // 1000 for frame in (fall, rises[place]))
        long_enough = (end - start) * 1000 >= _LEAST_HOLE_MS * heard.sample_rate
        if long_enough and _inside_words(heard, start, end) * 1000 >= _INSIDE_WORD_MS * heard.sample_rate:
            yield start, end


def _inside_words(heard: Heard, start: int, end: int) -> int:
    """How many of these samples are one word's, at most."""
    return max((min(end, word.end) - max(start, word.start) for word in heard.words), default=0)


def _is_lost(heard: Heard, word: WordTime) -> bool:
    if (word.end - word.start) * 1000 < _LOST_WORD_MS * heard.sample_rate:
        return False
    inset = _NEIGHBOURS_MS * heard.sample_rate // 1000
    levels = heard.levels_db[heard.frame_of(word.start + inset) : heard.frame_of(word.end - inset) + 1]
    return bool(levels.max(initial=-120.0) < -_LOST_DB)
