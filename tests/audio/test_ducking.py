from articles.issue import BlockKind
from articles.segments import Segment
from audio.ducking import ATTACK_MS, RELEASE_MS, ducked
from audio.timeline import PlacedJingle, PlacedSpeech, Slot
from voices.take import Take

RATE = 44_100
TAKE = Take(Segment(0, 0, BlockKind.HEADLINE, "en", "", "", 1), "joe", "")


def ms(milliseconds: int) -> int:
    return milliseconds * RATE // 1000


def music(start_ms: int, end_ms: int) -> PlacedJingle:
    return PlacedJingle(Slot.BED, ms(start_ms), ms(end_ms), 0, 0)


def words(*stretches: tuple[int, int]) -> list[PlacedSpeech]:
    return [PlacedSpeech(TAKE, ms(start), ms(end), 0) for start, end in stretches]


def test_music_is_down_when_a_word_begins_and_comes_back_after_the_last() -> None:
    """It falls in 200 ms, stays down, and rises in 400 ms; times count from the music's start."""
    levels = ducked(music(1000, 6000), words((2000, 3000)), RATE, -10.0)
    assert levels == ((0, 0.0), (800, 0.0), (1000, -10.0), (2000, -10.0), (2400, 0.0), (5000, 0.0))
    assert (ATTACK_MS, RELEASE_MS) == (200, 400)


def test_it_rises_in_pauses_that_are_long_enough() -> None:
    """In a pause of 600 ms or more it rises, in a shorter one it stays where it is: no pumping between sentences."""
    sentences = ducked(music(0, 5000), words((1000, 2000), (2590, 3000)), RATE, -4.0)
    assert sentences == ((0, 0.0), (800, 0.0), (1000, -4.0), (3000, -4.0), (3400, 0.0), (5000, 0.0))
    blocks = ducked(music(0, 5000), words((1000, 2000), (2600, 3000)), RATE, -4.0)
    assert (2400, 0.0) in blocks


def test_speech_over_the_musics_ends_is_ducked_there() -> None:
    """Music that begins or ends under speech begins or ends down; half a ramp is cut where the music is."""
    levels = ducked(music(1000, 3000), words((500, 1500), (2900, 4000)), RATE, -6.0)
    assert levels[0] == (0, -6.0)
    assert levels[-1] == (2000, -6.0)
    cut = ducked(music(1000, 3000), words((1100, 2800)), RATE, -6.0)
    assert cut[0] == (0, -3.0)
    assert cut[-1] == (2000, -3.0)


def test_words_elsewhere_and_silent_ones_do_not_duck() -> None:
    """A jingle that nobody speaks over keeps its level, however near the words are."""
    assert ducked(music(1000, 2000), words((0, 1000), (1500, 1500), (2000, 3000)), RATE, -6.0) == (
        (0, 0.0),
        (1000, 0.0),
    )


def test_corners_lie_on_the_grid_and_cover_the_words() -> None:
    """Speech that begins and ends between two steps of 10 ms is down from the step before to the step after."""
    off = PlacedSpeech(TAKE, ms(1000) + 7, ms(2000) + 7, 0)
    levels = ducked(music(0, 4000), [off], RATE, -6.0)
    assert levels == ((0, 0.0), (800, 0.0), (1000, -6.0), (2010, -6.0), (2410, 0.0), (4000, 0.0))
