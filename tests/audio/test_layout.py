from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from articles.issue import BlockKind
from articles.segments import Segment
from audio.jingle import Jingle, Jingles
from audio.layout import FLOURISH_MS, jingle_hashes, lay_out
from audio.pauses import pause_ms
from audio.rehearsal import SpokenPart
from audio.score import Part
from audio.sound import Pauses, Sound
from audio.timeline import EDGE_MS, PlacedJingle, Slot, Spoken, Timeline
from voices.take import Take

RATE = 44_100
SOUND = Sound()
PAUSES = SOUND.pauses


def spoken(kind: str, block: int, samples: int = RATE, language: str = "en", *, first: int = 100) -> Spoken:
    segment = Segment(0, block, BlockKind(kind), language, "Words.", "Words.", 1)
    return Spoken(Take(segment, "joe", "0" * 64), first, first + samples)


def part(*takes: Spoken, title: str = "A title", section: str = "", ident: tuple[Spoken, ...] = ()) -> SpokenPart:
    said, introduced = (tuple(each.take for each in group) for group in (takes, ident))
    return SpokenPart(Part(said, title, "en", section, introduced), ident, takes)


def jingle(samples: int, name: str = "x.wav") -> Jingle:
    return Jingle(name, np.zeros((samples, 1), dtype=np.float32), RATE, f"hash of {name}")


def ms(milliseconds: int) -> int:
    return milliseconds * RATE // 1000


def placed(timeline: Timeline, slot: Slot) -> list[PlacedJingle]:
    return [each for each in timeline.jingles if each.slot is slot]


def gaps(timeline: Timeline) -> list[int]:
    sounds = sorted([(each.start, each.end) for each in (*timeline.speech, *timeline.jingles)])
    starts = [start for start, _ in sounds] + [timeline.samples]
    ends = [0] + [end for _, end in sounds]
    return [start - end for start, end in zip(starts, ends, strict=True)]


def test_an_episode_follows_in_order() -> None:
    """Intro, headline, paragraphs, outro: each begins where the one before ended and its pause is over."""
    takes = [spoken("headline", 0, 30_000), spoken("paragraph", 1, 50_000), spoken("paragraph", 1, 20_000)]
    timeline = lay_out([part(*takes)], Jingles(intro=jingle(44_100, "in"), outro=jingle(88_200, "out")), SOUND)
    headline = 44_100 + ms(350)
    first = headline + 30_000 + ms(1000)
    second = first + 50_000 + ms(380)
    outro = second + 20_000 + ms(350)
    assert [(each.start, each.end) for each in timeline.speech] == [
        (headline, headline + 30_000),
        (first, first + 50_000),
        (second, second + 20_000),
    ]
    assert [(each.slot, each.start, each.end, each.name) for each in timeline.jingles] == [
        (Slot.INTRO, 0, 44_100, "in"),
        (Slot.OUTRO, outro, outro + 88_200, "out"),
    ]
    assert timeline.samples == outro + 88_200
    assert timeline.sample_rate == RATE


def test_without_jingles_speech_is_not_at_the_very_edge() -> None:
    """An episode without jingles begins and ends with a fifth of a second of silence."""
    timeline = lay_out([part(spoken("paragraph", 0, 10_000))], Jingles(), SOUND)
    assert gaps(timeline) == [ms(EDGE_MS), ms(EDGE_MS)]
    assert timeline.jingles == ()


KINDS = st.sampled_from([kind.value for kind in BlockKind])
TAKES = st.lists(
    st.tuples(KINDS, st.integers(0, 3), st.sampled_from([0, 0, 1, 5000]), st.sampled_from(["en", "fr"])),
    min_size=1,
    max_size=8,
)
MAYBE = st.sampled_from([0, 4410, 44_100])


@given(st.lists(TAKES, min_size=1, max_size=3), MAYBE, MAYBE, MAYBE, MAYBE)
def test_nothing_overlaps_and_no_silence_is_long(
    parts: list[list[tuple[str, int, int, str]]], intro: int, sting: int, language: int, outro: int
) -> None:
    """Whatever is said, even takes and parts that turn out silent: no two sounds overlap, no gap lasts two seconds."""
    sound = Sound(pauses=Pauses(headline_ms=1500, heading_ms=1500))
    score = [part(*(spoken(*take) for take in takes)) for takes in parts]
    lengths = {"intro": intro, "sting": sting, "language": language, "outro": outro}
    dressed = Jingles(**{slot: jingle(length, slot) for slot, length in lengths.items() if length})
    timeline = lay_out(score, dressed, sound)
    assert all(0 <= gap < 2 * RATE for gap in gaps(timeline))
    assert [each.take for each in timeline.speech] == [take.take for one in score for take in one.takes]
    assert [each.end - each.start for each in timeline.speech] == [take.samples for one in score for take in one.takes]
    assert [each.part for each in timeline.speech] == [number for number, one in enumerate(score) for _ in one.takes]
    starts = [chapter.start for chapter in timeline.chapters]
    assert starts[0] == 0
    assert all(before < after for before, after in pairwise(starts))


@given(TAKES)
def test_pauses_are_those_of_the_neighbours(takes: list[tuple[str, int, int, str]]) -> None:
    """Between two takes that are heard lies exactly the pause that their segments ask for."""
    timeline = lay_out([part(*(spoken(*take) for take in takes))], Jingles(), SOUND)
    heard = [each for each in timeline.speech if each.end > each.start]
    for before, after in pairwise(heard):
        assert after.start - before.end == ms(pause_ms(before.take.segment, after.take.segment, PAUSES))


def test_a_clips_own_time_can_be_told() -> None:
    """Where the speech of a clip began is kept, so that a word's time in the clip gives its time in the episode."""
    timeline = lay_out([part(spoken("paragraph", 0, 10_000, first=777))], Jingles(), SOUND)
    assert timeline.speech[0].skipped == 777


def test_a_programme_has_a_sting_before_every_part_but_the_first() -> None:
    """Opening, two articles, close: one intro, three stings with a pause on each side, one outro; a chapter each."""
    score = [part(spoken("paragraph", 0), title=title) for title in ("Opening", "First", "Second", "Close")]
    dressed = Jingles(jingle(88_200, "in"), jingle(88_200, "out"), sting=jingle(22_050, "sting"))
    timeline = lay_out(score, dressed, SOUND)
    assert [each.slot for each in timeline.jingles] == [Slot.INTRO, Slot.STING, Slot.STING, Slot.STING, Slot.OUTRO]
    assert [each.part for each in timeline.speech] == [0, 1, 2, 3]
    for number, sting in enumerate(placed(timeline, Slot.STING), start=1):
        assert sting.start - timeline.speech[number - 1].end == ms(350)
        assert timeline.speech[number].start - sting.end == ms(350)
    assert [(each.title, each.start) for each in timeline.chapters] == [
        ("Opening", 0),
        *zip(("First", "Second", "Close"), (each.start for each in placed(timeline, Slot.STING)), strict=True),
    ]


def test_without_stings_a_new_article_is_heard_by_its_pause() -> None:
    """Between two parts lies a longer silence than anywhere within one."""
    timeline = lay_out([part(spoken("headline", 0)), part(spoken("headline", 0))], Jingles(), SOUND)
    first, second = timeline.speech
    assert second.start - first.end == ms(1500)
    assert timeline.chapters[1].start == second.start


def test_a_part_wears_what_its_section_and_language_have() -> None:
    """The sting is that of the section that begins, the outro that of the last part's."""
    town = Jingles(sting=jingle(10_000, "town sting"), outro=jingle(20_000, "town outro"))
    dressed = Jingles(sting=jingle(30_000, "sting"), outro=jingle(40_000, "outro"), others={("", "Town"): town})
    score = [part(spoken("paragraph", 0), section=section) for section in ("", "Town", "", "Town")]
    timeline = lay_out(score, dressed, SOUND)
    assert [(each.name, each.end - each.start) for each in timeline.jingles] == [
        ("town sting", 10_000),
        ("sting", 30_000),
        ("town sting", 10_000),
        ("town outro", 20_000),
    ]


def test_an_ident_is_said_over_the_intro() -> None:
    """It begins after a flourish of 1.2 s; what follows waits until the music is over."""
    ident = (spoken("paragraph", 0, RATE), spoken("paragraph", 0, RATE // 2))
    timeline = lay_out([part(spoken("headline", 0), ident=ident)], Jingles(intro=jingle(5 * RATE)), SOUND)
    first, second, headline = timeline.speech
    assert [each.ident for each in timeline.speech] == [True, True, False]
    assert first.start == ms(FLOURISH_MS) == ms(1200)
    assert second.start == first.end + ms(380)
    assert headline.start == 5 * RATE + ms(350)


def test_an_ident_that_fills_the_intro_begins_sooner_and_is_never_cut() -> None:
    """It ends with the music where that gives it 0.3 s of music first; longer, it goes on alone, and then a pause."""
    dressed = Jingles(intro=jingle(4 * RATE))
    fitting = lay_out([part(spoken("headline", 0), ident=(spoken("paragraph", 0, 3 * RATE),))], dressed, SOUND)
    assert fitting.speech[0].start == RATE
    assert fitting.speech[0].end == fitting.jingles[0].end
    assert fitting.speech[1].start == fitting.speech[0].end + ms(1000)
    longer = lay_out([part(spoken("headline", 0), ident=(spoken("paragraph", 0, 6 * RATE),))], dressed, SOUND)
    assert longer.speech[0].start == ms(300)
    assert longer.speech[1].start == longer.speech[0].end + ms(1000)


def test_an_ident_without_music_is_said_first() -> None:
    """No intro: the ident, a pause, the headline."""
    timeline = lay_out([part(spoken("headline", 0), ident=(spoken("paragraph", 0),))], Jingles(), SOUND)
    ident, headline = timeline.speech
    assert ident.start == ms(EDGE_MS)
    assert headline.start == ident.end + ms(1000)


def test_speech_overlaps_the_music_only_where_the_edition_says_so() -> None:
    """It begins as much before the end of intro and sting as it may, never in the first half; the outro waits."""
    score = [part(spoken("headline", 0)), part(spoken("headline", 0))]
    dressed = Jingles(intro=jingle(4 * RATE), sting=jingle(RATE), outro=jingle(RATE))
    timeline = lay_out(score, dressed, Sound(overlap_ms=800))
    intro, sting, outro = timeline.jingles
    assert intro.end - timeline.speech[0].start == ms(800)
    assert sting.end - timeline.speech[1].start == ms(500)
    assert outro.start - timeline.speech[1].end == ms(350)
    assert sting.start - timeline.speech[0].end == ms(350)


def test_a_jingle_stands_where_the_language_turns() -> None:
    """Between an English and a French paragraph, in place of their pause, with a pause on each side."""
    takes = [spoken("paragraph", 0), spoken("paragraph", 1, RATE, "fr"), spoken("paragraph", 2, RATE, "fr")]
    timeline = lay_out([part(*takes)], Jingles(language=jingle(20_000)), SOUND)
    (between,) = timeline.jingles
    english, french, _ = timeline.speech
    assert between.slot is Slot.LANGUAGE
    assert between.start == english.end + ms(350)
    assert french.start == between.end + ms(350)


def test_the_bed_lies_under_the_opening() -> None:
    """It begins with the intro's end, is gone when the first paragraph begins, and lasts a whole number of 10 ms."""
    takes = [spoken(kind, block) for block, kind in enumerate(("headline", "standfirst", "byline", "paragraph"))]
    timeline = lay_out([part(*takes)], Jingles(intro=jingle(44_100), bed=jingle(44_100)), SOUND)
    (bed,) = placed(timeline, Slot.BED)
    assert bed.start == 44_100
    assert 0 <= timeline.speech[3].start - bed.end < ms(10)
    assert (bed.end - bed.start) % ms(10) == 0
    assert bed.fade_out_ms > bed.fade_in_ms > 0


def test_the_bed_begins_after_the_ident_and_ends_before_a_turn_of_language() -> None:
    """Two pieces of music are never heard at once."""
    takes = [spoken("headline", 0), spoken("paragraph", 1, RATE, "fr")]
    dressed = Jingles(intro=jingle(RATE), bed=jingle(RATE), language=jingle(RATE))
    timeline = lay_out([part(*takes, ident=(spoken("paragraph", 0, 3 * RATE),))], dressed, SOUND)
    (bed,), (between,) = placed(timeline, Slot.BED), placed(timeline, Slot.LANGUAGE)
    assert bed.start == timeline.speech[1].start - ms(350) > timeline.speech[0].end
    assert 0 <= between.start - bed.end < ms(10)


def test_no_opening_no_bed() -> None:
    """An article that begins with its text has no bed."""
    assert lay_out([part(spoken("paragraph", 0))], Jingles(bed=jingle(RATE)), SOUND).jingles == ()


def test_every_article_of_a_programme_has_its_bed() -> None:
    """The bed is under each headline, and under nothing else."""
    score = [part(spoken("headline", 0), spoken("paragraph", 1)) for _ in range(3)]
    timeline = lay_out(score, Jingles(bed=jingle(RATE), sting=jingle(RATE)), SOUND)
    beds = placed(timeline, Slot.BED)
    assert len(beds) == 3
    for bed, headline, text in zip(beds, timeline.speech[::2], timeline.speech[1::2], strict=True):
        assert bed.start < headline.start < headline.end < bed.end <= text.start
    assert all(before.start <= after.start for before, after in pairwise(timeline.jingles))


def test_fades_fit_the_shortest_jingle() -> None:
    """A jingle of a hundredth of a second still has room for its fades."""
    intro = lay_out([part(spoken("paragraph", 0))], Jingles(intro=jingle(441)), SOUND).jingles[0]
    assert intro.fade_in_ms + intro.fade_out_ms <= 10


def test_the_hashes_of_a_score_change_with_what_it_may_be_given() -> None:
    """Another sting changes a programme and no episode; another intro changes both."""
    one = (part(spoken("paragraph", 0)).part,)
    many = one * 3
    before = Jingles(intro=jingle(1, "a"), sting=jingle(1, "b"))
    after = replace(before, sting=jingle(1, "c"))
    assert jingle_hashes(one, before) == jingle_hashes(one, after)
    assert jingle_hashes(many, before) != jingle_hashes(many, after)
    assert jingle_hashes(one, before) != jingle_hashes(one, replace(before, intro=jingle(1, "d")))
