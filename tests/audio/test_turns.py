import pytest

from articles.issue import BlockKind
from articles.segments import Segment
from audio.timeline import Spoken
from audio.turns import language_turns
from voices.take import Take


def takes(*said: tuple[str, int, str, int]) -> list[Spoken]:
    """Each is a kind, its block, its language and its samples."""
    return [
        Spoken(Take(Segment(0, block, BlockKind(kind), language, "", "", 1), "joe", ""), 0, samples)
        for kind, block, language, samples in said
    ]


@pytest.mark.parametrize(
    ("said", "turns"),
    [
        ([("paragraph", 0, "en", 9), ("paragraph", 1, "fr", 9), ("paragraph", 2, "en", 9)], {1, 2}),
        ([("paragraph", 0, "en", 9), ("paragraph", 1, "en", 9)], set()),
        ([("paragraph", 0, "en", 9), ("paragraph", 0, "fr", 3), ("paragraph", 1, "en", 9)], set()),
        ([("paragraph", 0, "en", 3), ("paragraph", 0, "fr", 9), ("paragraph", 1, "fr", 9)], set()),
        ([("headline", 0, "en", 9), ("standfirst", 1, "fr", 9), ("paragraph", 2, "fr", 9)], set()),
        ([("headline", 0, "en", 9), ("paragraph", 1, "fr", 9)], {1}),
        ([("paragraph", 0, "en", 9), ("list item", 1, "fr", 9), ("paragraph", 2, "en", 9)], set()),
        ([("paragraph", 0, "en", 9), ("paragraph", 1, "fr", 0), ("paragraph", 1, "fr", 9)], {2}),
        ([("paragraph", 0, "en", 9), ("paragraph", 1, "fr", 0), ("paragraph", 2, "en", 9)], set()),
        ([], set()),
    ],
    ids=[
        "there and back",
        "one language",
        "a borrowed sentence",
        "mostly French",
        "within the opening",
        "after the opening",
        "list items",
        "a silent take first",
        "a silent block",
        "nothing",
    ],
)
def test_the_language_turns_between_blocks(said: list[tuple[str, int, str, int]], turns: set[int]) -> None:
    """A block counts as what most of it is in; words inside it, lists and the lines above an article do not turn."""
    assert language_turns(takes(*said)) == turns
