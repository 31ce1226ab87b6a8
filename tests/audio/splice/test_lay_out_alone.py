from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audio.jingle import Jingles, open_jingles
from audio.layout import lay_out, lay_out_alone, pause_before
from audio.rehearsal import rehearse
from audio.score import Score
from audio.sound import Pauses, Sound
from audio.splice.place import LEAD_SAMPLES, places
from audio.timeline import PlacedJingle, PlacedSpeech, Timeline

NO_MUSIC = {"intro": "none", "sting": "none", "outro": "none"}


def shape(events: list[PlacedJingle | PlacedSpeech], origin: int) -> list[tuple[Any, ...]]:
    """Where the events lie, counted from `origin`."""
    return [
        (each.slot, each.name, each.fade_in_ms, each.fade_out_ms, each.start - origin, each.end - origin)
        if isinstance(each, PlacedJingle)
        else (each.take, each.skipped, each.ident, each.start - origin, each.end - origin)
        for each in events
    ]


def events_of(timeline: Timeline, number: int, begins: list[int]) -> list[PlacedJingle | PlacedSpeech]:
    """All that is heard of one part in a whole programme."""
    end = [*begins, timeline.samples][number + 1]
    music = [each for each in timeline.jingles if begins[number] <= each.start < end]
    return [*music, *(each for each in timeline.speech if each.part == number)]


@pytest.mark.parametrize(
    "sound",
    [
        Sound(),
        Sound(overlap_ms=2000),
        Sound(bed=""),
        Sound(**NO_MUSIC),
        Sound(language="", pauses=Pauses(jingle_ms=900)),
    ],
    ids=["usual", "overlap", "bed", "no music", "between languages"],
)
def test_a_part_alone_is_laid_out_as_in_the_whole(issue: Score, article: Any, sound: Sound) -> None:
    """Every take and jingle of it lies where it would, counted from its first sound; intro first, outro last."""
    jingles = open_jingles(sound, Path("/nowhere"))
    score = (replace(issue[0], ident=(issue[3].takes[0],)), *issue[1:])
    parts = rehearse(score, article.store, sound).parts
    whole = lay_out(parts, jingles, sound)
    music = [each.start for each in whole.jingles if each.slot in ("intro", "sting")]
    begins = music or [next(each.start for each in whole.speech if each.part == number) for number in range(len(score))]
    for number, (part, place) in enumerate(zip(parts, places(score, jingles, sound), strict=True)):
        alone = lay_out_alone(part, jingles, sound, LEAD_SAMPLES, first=place.first, last=place.last)
        origin = begins[0] if place.first else LEAD_SAMPLES
        expected = shape(events_of(whole, number, begins), begins[number])
        assert shape([*alone.jingles, *alone.speech], origin) == expected
        if not place.last:
            gap = begins[number + 1] - max(each.end for each in whole.speech if each.part == number)
            assert gap == place.pause == pause_before(score[number + 1], jingles, sound)
            assert alone.samples >= alone.speech[-1].end
        else:
            assert alone.samples - LEAD_SAMPLES == whole.samples - begins[number]


def test_the_jingles_are_the_parts_own(issue: Score, article: Any, jingles: Jingles) -> None:
    """A section without a sting has a longer pause before it, also alone."""
    sound = Sound()
    own = replace(jingles, others={("", "Town"): replace(jingles, sting=None)})
    town = replace(issue[1], section="Town")
    (part,) = rehearse((town,), article.store, sound).parts
    alone = lay_out_alone(part, own, sound, LEAD_SAMPLES, first=False, last=False)
    assert alone.jingles == ()
    assert alone.speech[0].start == LEAD_SAMPLES
    assert pause_before(town, own, sound) == 66_150
