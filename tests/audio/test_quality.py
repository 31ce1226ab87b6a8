"""Clips with known faults: put together from letters that each have a sound of their own, and real ones, damaged."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from audio.faults.pace import USUAL_MS
from audio.quality import FaultKind, badness, examine, pace_ms
from voices.clips import clip_key, seed_of
from voices.load import LoadableVoice
from voices.tone import ToneVoice
from voices.voice import Clip, Delivery, Voice, WordTime

RATE = 22_050
TEXT = "Harbour pilots know every wind by name, and the fishermen laugh about it."
JOE = "en_US-joe-medium"
Damage = Callable[[Clip], Clip]


def letter(char: str, ms: float = USUAL_MS[JOE]) -> NDArray[np.float64]:
    """Voiced sound with two resonances that are the letter's own."""
    time = np.arange(int(RATE * ms / 1000)) / RATE
    draw = np.random.default_rng(ord(char.lower()))
    first, second = draw.uniform(250, 900), draw.uniform(1000, 3500)
    sound = np.zeros(len(time))
    for overtone in range(1, 40):
        hz = 110.0 * overtone
        strength = 1 / (1 + ((hz - first) / 120) ** 2) + 0.5 / (1 + ((hz - second) / 200) ** 2) + 0.01
        sound += strength * np.sin(2 * np.pi * hz * time + overtone**2)
    return sound * draw.uniform(0.6, 1.0)


def said(words: Iterable[str], ms: float = USUAL_MS[JOE], gap_s: float = 0.03) -> Clip:
    """The words as a clip, with their times; a faint hiss under everything."""
    parts, times, reached = [np.zeros(RATE // 20)], [], RATE // 20
    for word in words:
        sound = np.concatenate([letter(char, ms) for char in word if char.isalnum()])
        rise = np.geomspace(0.001, 1.0, RATE * 30 // 1000)
        sound[: len(rise)] *= rise
        sound[-len(rise) :] *= rise[::-1]
        times.append(WordTime(word, reached, reached + len(sound)))
        parts += [sound, np.zeros(int(gap_s * RATE))]
        reached += len(sound) + len(parts[-1])
    pcm = np.concatenate([*parts, np.zeros(RATE // 20)])
    pcm = 9000 * pcm / np.abs(pcm).max() + np.random.default_rng(0).normal(0, 4, len(pcm))
    return Clip(np.round(pcm).astype(np.int16), RATE, tuple(times))


def kinds(clip: Clip, text: str = TEXT, voice: str = JOE, speed: float = 1.0) -> list[FaultKind]:
    return [fault.kind for fault in examine(clip, text, voice, speed)]


def with_pcm(clip: Clip, pcm: NDArray[np.float64]) -> Clip:
    return replace(clip, pcm=np.round(np.clip(pcm, -32767, 32767)).astype(np.int16))


def inserted(clip: Clip, at: int, sound: NDArray[np.int16]) -> Clip:
    """`sound` laid into the clip before sample `at`; a word that it falls into becomes longer."""
    count = len(sound)
    words = tuple(
        replace(word, start=word.start + count * (word.start >= at), end=word.end + count * (word.end > at))
        for word in clip.words
    )
    return Clip(np.concatenate([clip.pcm[:at], sound, clip.pcm[at:]]), clip.sample_rate, words)


def loudest_word(clip: Clip) -> WordTime:
    inner = [word for word in clip.words if word.end - word.start > 0.2 * clip.sample_rate] or list(clip.words)
    return max(inner, key=lambda word: float(np.square(clip.pcm[word.start : word.end].astype(float)).mean()))


def clipped(clip: Clip) -> Clip:
    return with_pcm(clip, clip.pcm * (2.0 * 32767 / np.abs(clip.pcm.astype(int)).max()))


def lifted(clip: Clip) -> Clip:
    return with_pcm(clip, clip.pcm + 0.02 * 32767)


def emptied(clip: Clip) -> Clip:
    return with_pcm(clip, clip.pcm * 0.0)


def burst(clip: Clip) -> Clip:
    at, count = len(clip.pcm) // 2, clip.sample_rate * 3 // 10
    pcm = clip.pcm.astype(float)
    pcm[at : at + count] += np.random.default_rng(1).normal(0, 1.6 * pcm.std(), count)
    return with_pcm(clip, pcm)


def holed(clip: Clip) -> Clip:
    word = loudest_word(clip)
    pcm = clip.pcm.copy()
    pcm[(word.start + word.end) // 2 :][: clip.sample_rate * 20 // 1000] = 0
    return replace(clip, pcm=pcm)


def half_gone(clip: Clip) -> Clip:
    return replace(clip, pcm=clip.pcm[: len(clip.pcm) // 2])


def paused(clip: Clip) -> Clip:
    return inserted(clip, clip.words[len(clip.words) // 2].end, np.zeros(clip.sample_rate * 13 // 10, dtype=np.int16))


def stuttered(clip: Clip) -> Clip:
    at, count = clip.words[len(clip.words) // 2].start, clip.sample_rate // 2
    return inserted(clip, at + count, clip.pcm[at : at + count])


def stretched(clip: Clip) -> Clip:
    """Everything two and a half times as long, as a tape that runs slowly."""
    length = len(clip.pcm)
    pcm = np.interp(np.arange(0, length, 0.4), np.arange(length), clip.pcm)
    words = tuple(WordTime(word.text, int(word.start * 2.5), int(word.end * 2.5)) for word in clip.words)
    return Clip(np.round(pcm).astype(np.int16), clip.sample_rate, words)


DAMAGES: list[tuple[Damage, FaultKind]] = [
    (clipped, FaultKind.CLIPPING),
    (lifted, FaultKind.OFFSET),
    (emptied, FaultKind.INAUDIBLE),
    (burst, FaultKind.NOISE),
    (holed, FaultKind.DROPOUT),
    (half_gone, FaultKind.TOO_FAST),
    (paused, FaultKind.SILENCE),
    (stuttered, FaultKind.REPEAT),
    (stretched, FaultKind.TOO_SLOW),
]


def test_a_sound_clip_has_no_fault() -> None:
    """Sentences, one word, and one letter that are as they should be are left in peace."""
    for text in (TEXT, "Harbour.", "I.", "The B B C and the U N met in New York."):
        assert examine(said(text.split()), text, JOE) == ()


@pytest.mark.parametrize(("damage", "kind"), DAMAGES, ids=[kind.name for _, kind in DAMAGES])
def test_each_fault_is_found_where_it_is(damage: Damage, kind: FaultKind) -> None:
    """Each damage is named for what it is, and told in a sentence; what is fine about the clip is not complained of."""
    faults = examine(damage(said(TEXT.split())), TEXT, JOE)
    assert kind in [fault.kind for fault in faults]
    assert {fault.kind for fault in faults} - {kind} <= ({FaultKind.DROPOUT} if kind is FaultKind.TOO_FAST else set())
    for fault in faults:
        assert fault.excess >= 1
        assert fault.sentence[0].islower()
        assert not fault.sentence.endswith(".")


def test_the_place_and_size_are_told() -> None:
    """A hole, a pause and a stutter are told with where they begin, to a tenth of a second."""
    clip = said(TEXT.split())
    word = loudest_word(clip)
    (hole,) = examine(holed(clip), TEXT, JOE)
    assert hole.at_s == pytest.approx((word.start + word.end) / 2 / RATE, abs=0.01)
    assert "20 ms" in hole.sentence
    middle = clip.words[len(clip.words) // 2]
    (silence,) = examine(paused(clip), TEXT, JOE)
    assert silence.at_s == pytest.approx(middle.end / RATE, abs=0.1)
    assert f"after “{middle.text}”" in silence.sentence
    (repeat,) = examine(stuttered(clip), TEXT, JOE)
    assert repeat.at_s == pytest.approx(middle.start / RATE, abs=0.1)
    assert "0.5 s twice" in repeat.sentence


@pytest.mark.parametrize("text", ["It was very, very good.", "Boum boum!", "No, no, no, no.", "Nous nous sommes vus"])
def test_what_the_text_says_twice_may_be_heard_twice(text: str) -> None:
    """Words that the text repeats sound the same twice in a row, to the sample, and are no stutter."""
    assert FaultKind.REPEAT not in kinds(said(text.split(), ms=90.0), text)


def test_the_same_sound_is_a_stutter_when_the_text_has_it_once() -> None:
    """“Harbour harbour” is fine when it was written so, and a fault when “harbour” was."""
    clip = said(["the", "harbour", "harbour", "wakes"])
    assert kinds(clip, "the harbour harbour wakes") == []
    the, first, second, wakes = clip.words
    once = replace(clip, words=(the, WordTime("harbour", first.start, second.end), wakes))
    assert kinds(once, "the harbour wakes") == [FaultKind.REPEAT]


def test_a_long_vowel_and_a_pause_are_no_stutter() -> None:
    """One sound held for two seconds is like itself at any distance, and is no repetition."""
    held = said(["oooooooooooooooo", "my"], ms=120.0)
    assert FaultKind.REPEAT not in kinds(held, "ooooooooooooooooooooooooooooooo my")


@pytest.mark.parametrize("speed", [0.5, 1.0, 2.0])
def test_the_tone_voice_has_no_faults(speed: float) -> None:
    """Tones that sound alike, gaps of pure silence and spelt initials are what this voice is like."""
    voice = ToneVoice("tone", "mul", "tone")
    for text in (TEXT, "Very very good.", "H T M L", "Boum boum", "A", "Le quai, à l’aube : trois bateaux ; un phare."):
        assert kinds(voice.speak(text, Delivery(speed), 0), text, "tone", speed) == []


def test_pace_is_judged_by_the_speed_that_was_asked_for() -> None:
    """Twice as fast is right at speed 2 and a fault at 1; the same, slower, for half."""
    usual = USUAL_MS[JOE]
    assert kinds(said(TEXT.split(), ms=usual / 2), speed=2.0) == []
    assert kinds(said(TEXT.split(), ms=usual / 2)) == [FaultKind.TOO_FAST]
    assert kinds(said(TEXT.split(), ms=usual * 2), speed=0.5) == []
    assert kinds(said(TEXT.split(), ms=usual * 2)) == [FaultKind.TOO_SLOW]


def test_a_voice_that_was_never_measured_has_more_room() -> None:
    """A pace at which a known voice is surely wrong may be another one's own."""
    clip = said(TEXT.split(), ms=USUAL_MS[JOE] * 1.9)
    assert kinds(clip) == [FaultKind.TOO_SLOW]
    assert kinds(clip, voice="some other voice") == []
    assert pace_ms(clip, TEXT) == pytest.approx(USUAL_MS[JOE] * 1.9, rel=0.1)


def test_a_pause_may_be_longer_at_a_comma() -> None:
    """Nine tenths of a second are a pause behind a comma, and a fault where no mark stands."""
    clip = said(TEXT.split())
    after = {word.text: word.end for word in clip.words}
    silence = np.zeros(RATE * 9 // 10, dtype=np.int16)
    assert kinds(inserted(clip, after["name,"], silence)) == []
    assert kinds(inserted(clip, after["fishermen"], silence)) == [FaultKind.SILENCE]


def test_a_closed_mouth_is_no_dropout() -> None:
    """Sound that dies away over 20 ms and bursts back, as at p and t, is speech; cut off at once, it is a hole."""
    clip = said(TEXT.split())
    word = loudest_word(clip)
    middle, fall, hole = (word.start + word.end) // 2, RATE * 20 // 1000, RATE * 50 // 1000
    gains = np.ones(len(clip.pcm))
    gains[middle : middle + hole] = 0.01
    cut = with_pcm(clip, clip.pcm * gains)
    gains[middle - fall : middle] = np.geomspace(1.0, 0.01, fall)
    assert kinds(cut) == [FaultKind.DROPOUT]
    assert kinds(with_pcm(clip, clip.pcm * gains)) == []


def test_a_word_without_a_sound_is_missed() -> None:
    """A word that fades to nothing is told by its name, however softly it went."""
    clip = said(TEXT.split())
    word = clip.words[4]
    gains = np.ones(len(clip.pcm))
    fade = RATE * 20 // 1000
    gains[word.start : word.end] = 0.001
    gains[word.start : word.start + fade] = np.geomspace(1.0, 0.001, fade)
    hiss = np.random.default_rng(2).normal(0, 4, len(gains))
    (fault,) = examine(with_pcm(clip, clip.pcm * gains + hiss), TEXT, JOE)
    assert fault.kind is FaultKind.DROPOUT
    assert word.text in fault.sentence


def test_of_two_bad_clips_the_better_one_is_known() -> None:
    """More faults are worse than one, a longer silence than a short one, and none is best."""
    clip = said(TEXT.split())
    short = inserted(clip, clip.words[1].end, np.zeros(RATE, dtype=np.int16))
    long = inserted(clip, clip.words[1].end, np.zeros(2 * RATE, dtype=np.int16))
    order = [clip, short, long, clipped(long)]
    figures = [badness(examine(each, TEXT, JOE)) for each in order]
    assert figures == sorted(set(figures))
    assert figures[0] == 0


REAL = {
    JOE: (
        "The first boat leaves at five, long before the market opens.",
        "For ninety years it kept the fleet’s catch cold.",
        "Captain Tourvelle allows no telephones on the upper deck.",
        "Nobody had asked the architect; she simply drew the stairs again.",
        "It was very, very cold: minus twelve degrees, and the wind from the north.",
        "Twelve minutes later the ferry is back, empty and late.",
        "“We mend what others throw away,” says the sailmaker.",
        "Stop. Listen. Do you hear that?",
        "Who pays for it? The city, the harbour, and whoever parks there.",
        "In nineteen ninety-eight the roof fell in, and with it the last of the ice.",
    ),
    "ff_siwis": (
        "Le premier bateau part à cinq heures, bien avant le marché.",
        "Très, très bien, dit-elle, et elle referma la porte.",
        "Nous nous sommes vus au marché, entre les poissons et les fleurs.",
    ),
}


@pytest.fixture(scope="module")
def real_clips(real_voice: Callable[[str], LoadableVoice]) -> list[tuple[str, str, Clip]]:
    """Voice, text and clip of each sentence above."""
    clips = []
    for name, texts in REAL.items():
        voice: Voice = real_voice(name).load()
        for text in texts:
            seed = seed_of(clip_key(voice.identity, text, Delivery()))
            clips.append((name, text, voice.speak(text, Delivery(), seed)))
    return clips


@pytest.mark.slow
@pytest.mark.real_voice
def test_real_voices_are_left_in_peace(real_clips: list[tuple[str, str, Clip]]) -> None:
    """No sentence of a real voice is complained of, repeated words and full stops in its middle included."""
    assert [(text, examine(clip, text, voice)) for voice, text, clip in real_clips if examine(clip, text, voice)] == []


@pytest.mark.slow
@pytest.mark.real_voice
@pytest.mark.parametrize(("damage", "kind"), DAMAGES, ids=[kind.name for _, kind in DAMAGES])
def test_damage_to_real_clips_is_found(
    real_clips: list[tuple[str, str, Clip]], damage: Damage, kind: FaultKind
) -> None:
    """Of thirteen real clips with one fault each, the fault is named in twelve at least."""
    found = [[fault.kind for fault in examine(damage(clip), text, voice)] for voice, text, clip in real_clips]
    assert sum(kind in each for each in found) >= len(found) - 1
