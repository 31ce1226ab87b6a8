from typing import Any

import pytest

from articles.issue import BlockKind
from articles.segments import Segment
from audio.sound import Sound
from feeds.picture.estimate import estimated_row_of, estimated_s
from feeds.picture.rows import row_of
from voices.take import Take


def take(spoken: str, voice: str = "en_US-joe-medium") -> Take:
    return Take(Segment(0, 0, BlockKind.PARAGRAPH, "en", spoken, spoken, 1), voice, "0" * 64)


def test_an_estimate_is_laid_out_like_the_real_row(recorded: Any) -> None:
    """It has the same takes, jingles and chapters in the same order, and is about as long as the finished file."""
    sound = Sound(bed="", language="", programme=False)
    estimate = estimated_row_of(recorded.score, recorded.jingles, sound, 1, "The Night & the <Boat>", "en")
    real = row_of(recorded.track, 1, "The Night & the <Boat>", "en")
    assert estimate.is_estimated
    assert [(said.language, said.voice) for said in estimate.speech] == [
        (said.language, said.voice) for said in real.speech
    ]
    assert [music.slot for music in estimate.jingles] == [music.slot for music in real.jingles]
    assert [mark.title for mark in estimate.chapters] == [mark.title for mark in real.chapters]
    assert estimate.seconds == pytest.approx(real.seconds, rel=0.2)


def test_an_estimate_goes_by_letters_and_speed() -> None:
    """Twice the text takes nearly twice the time, twice the speed half of it; an unknown voice has a usual rate."""
    text = "the quick brown fox jumps over the lazy dog and is gone "
    assert estimated_s(take(text * 2)) == pytest.approx(2 * estimated_s(take(text)), rel=0.05)
    assert estimated_s(take(text), 2.0) == pytest.approx(estimated_s(take(text)) / 2)
    assert estimated_s(take(text, "nobody")) == pytest.approx(estimated_s(take(text)), rel=0.1)


def test_a_known_voice_is_about_as_fast_as_measured() -> None:
    """Joe reads 44 letters a second and a half apart from a plain sentence's breaths: between 2.4 and 3.2 s here."""
    assert 2.4 < estimated_s(take("the quick brown fox jumps over the lazy dog and away")) < 3.2
