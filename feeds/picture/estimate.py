"""A row before anything has been read aloud: laid out like the real one, with takes of estimated length."""

from collections.abc import Sequence

from audio.faults.pace import ONSET_MS, letters_of, usual_letter_ms
from audio.jingle import Jingles
from audio.layout import lay_out
from audio.rehearsal import SpokenPart
from audio.score import Part, Score
from audio.sound import Sound
from audio.timeline import Spoken
from feeds.picture.rows import Row, timed_row
from voices.take import Take

BREATHS = 1.12
"""How much longer a sentence takes than its letters do, for the pauses a voice makes within it."""


def estimated_row_of(
    score: Score, jingles: Jingles, sound: Sound, number: int, title: str, language: str, speed: float = 1.0
) -> Row:
    """The row that `score` (one part or many, each with at least one take) will have, by what is known before.

    Pauses, jingles and chapters lie as `audio.layout` puts them. Only the takes' lengths are guessed: from their
    spoken letters and the usual rate of their voice, at `speed`.
    """
    parts = tuple(_spoken_part(part, sound.sample_rate, speed) for part in score)
    return timed_row(lay_out(parts, jingles, sound), number, title, language)


def estimated_s(take: Take, speed: float = 1.0) -> float:
    """About how long a take will be, in seconds."""
    letters, _ = letters_of(take.segment.spoken)
    return (letters * usual_letter_ms(take.voice) * BREATHS + ONSET_MS) / speed / 1000


def _spoken_part(part: Part, sample_rate: int, speed: float) -> SpokenPart:
    def spoken(takes: Sequence[Take]) -> tuple[Spoken, ...]:
        return tuple(Spoken(take, 0, round(estimated_s(take, speed) * sample_rate)) for take in takes)

    return SpokenPart(part, spoken(part.ident), spoken(part.takes))
