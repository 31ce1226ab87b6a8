from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from articles.issue import BlockKind
from articles.segments import Segment
from audio.pauses import pause_ms
from audio.sound import Pauses
from audio.timeline import EDGE_MS, Chapter, Slot, Spoken, Timeline, lay_out
from voices.take import Take

RATE = 44_100
PAUSES = Pauses()


def spoken(kind: str, block: int, samples: int = RATE, *, written: str = "Words.", first: int = 100) -> Spoken:
    segment = Segment(0, block, BlockKind(kind), "en", written, written, 1)
    return Spoken(Take(segment, "joe", "0" * 64), first, first + samples)


def ms(milliseconds: int) -> int:
    return milliseconds * RATE // 1000


def gaps(timeline: Timeline) -> list[int]:
    sounds = sorted([(each.start, each.end) for each in (*timeline.speech, *timeline.jingles)])
    starts = [start for start, _ in sounds] + [timeline.samples]
    ends = [0] + [end for _, end in sounds]
    return [start - end for start, end in zip(starts, ends, strict=True)]


def test_everything_follows_in_order() -> None:
    """Intro, headline, paragraphs, outro: each begins where the one before ended and its pause is over."""
    takes = [spoken("headline", 0, 30_000), spoken("paragraph", 1, 50_000), spoken("paragraph", 1, 20_000)]
    timeline = lay_out(takes, PAUSES, RATE, intro=44_100, outro=88_200)
    headline = 44_100 + ms(350)
    first = headline + 30_000 + ms(1000)
    second = first + 50_000 + ms(380)
    outro = second + 20_000 + ms(350)
    assert [(each.start, each.end) for each in timeline.speech] == [
        (headline, headline + 30_000),
        (first, first + 50_000),
        (second, second + 20_000),
    ]
    assert [(each.slot, each.start, each.end) for each in timeline.jingles] == [
        (Slot.INTRO, 0, 44_100),
        (Slot.OUTRO, outro, outro + 88_200),
    ]
    assert timeline.samples == outro + 88_200
    assert timeline.sample_rate == RATE


def test_without_jingles_speech_is_not_at_the_very_edge() -> None:
    """An episode without jingles begins and ends with a fifth of a second of silence."""
    timeline = lay_out([spoken("paragraph", 0, 10_000)], PAUSES, RATE)
    assert gaps(timeline) == [ms(EDGE_MS), ms(EDGE_MS)]
    assert timeline.jingles == ()


KINDS = st.sampled_from([kind.value for kind in BlockKind])
TAKES = st.lists(st.tuples(KINDS, st.integers(0, 3), st.sampled_from([0, 0, 1, 5000])), min_size=1, max_size=12)


@given(TAKES, st.sampled_from([0, 44_100]), st.sampled_from([0, 44_100]))
def test_nothing_overlaps_and_no_silence_is_long(parts: list[tuple[str, int, int]], intro: int, outro: int) -> None:
    """Whatever is said, even takes that turn out silent: no two sounds overlap and no gap lasts two seconds."""
    takes = [spoken(kind, block, samples) for kind, block, samples in parts]
    timeline = lay_out(takes, Pauses(headline_ms=1500, heading_ms=1500), RATE, intro=intro, outro=outro)
    assert all(0 <= gap < 2 * RATE for gap in gaps(timeline))
    assert [each.end - each.start for each in timeline.speech] == [samples for _, _, samples in parts]
    assert [each.take for each in timeline.speech] == [each.take for each in takes]


@given(TAKES)
def test_pauses_are_those_of_the_neighbours(parts: list[tuple[str, int, int]]) -> None:
    """Between two takes that are heard lies exactly the pause that their segments ask for."""
    timeline = lay_out([spoken(kind, block, samples) for kind, block, samples in parts], PAUSES, RATE)
    heard = [each for each in timeline.speech if each.end > each.start]
    for before, after in pairwise(heard):
        assert after.start - before.end == ms(pause_ms(before.take.segment, after.take.segment, PAUSES))


def test_a_clips_own_time_can_be_told() -> None:
    """Where the speech of a clip began is kept, so that a word's time in the clip gives its time in the episode."""
    timeline = lay_out([spoken("paragraph", 0, 10_000, first=777)], PAUSES, RATE)
    assert timeline.speech[0].skipped == 777


def test_chapters_are_the_headline_and_the_headings() -> None:
    """The headline's chapter holds the file's first sample, every other one starts with its heading."""
    takes = [
        spoken("kicker", 0, written="Town"),
        spoken("headline", 1, written="A headline."),
        spoken("headline", 1, written="In two sentences."),
        spoken("standfirst", 2),
        spoken("heading", 3, written="The first part"),
        spoken("paragraph", 4),
        spoken("heading", 5, written="The second part"),
        spoken("paragraph", 6),
    ]
    timeline = lay_out(takes, PAUSES, RATE, intro=44_100)
    assert timeline.chapters == (
        Chapter("A headline. In two sentences.", 0),
        Chapter("The first part", timeline.speech[4].start),
        Chapter("The second part", timeline.speech[6].start),
    )


def test_the_bed_lies_under_the_opening() -> None:
    """It begins with the intro's end, is gone when the first paragraph begins, and lasts a whole number of 10 ms."""
    takes = [spoken("headline", 0), spoken("standfirst", 1), spoken("paragraph", 2), spoken("paragraph", 3)]
    timeline = lay_out(takes, PAUSES, RATE, intro=44_100, bed=True)
    bed = next(event for event in timeline.jingles if event.slot is Slot.BED)
    assert bed.start == 44_100
    assert 0 <= timeline.speech[2].start - bed.end < ms(10)
    assert (bed.end - bed.start) % ms(10) == 0
    assert bed.fade_out_ms > bed.fade_in_ms > 0


def test_no_opening_no_bed() -> None:
    """An article that begins with its text has no bed."""
    assert lay_out([spoken("paragraph", 0)], PAUSES, RATE, bed=True).jingles == ()


def test_fades_fit_the_shortest_jingle() -> None:
    """A jingle of a hundredth of a second still has room for its fades."""
    intro = lay_out([spoken("paragraph", 0)], PAUSES, RATE, intro=441).jingles[0]
    assert intro.fade_in_ms + intro.fade_out_ms <= 10
