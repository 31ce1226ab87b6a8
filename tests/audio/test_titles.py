import pytest

from articles.issue import BlockKind
from articles.segments import Segment
from audio.titles import title_of


def segments(*parts: tuple[str, bool]) -> tuple[Segment, ...]:
    return tuple(
        Segment(index, 0, BlockKind.HEADLINE, "fr", text, text, 1, joins) for index, (text, joins) in enumerate(parts)
    )


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([("Une ville.", False), ("Un fleuve.", False)], "Une ville. Un fleuve."),
        ([("Le mot", False), ("deadline", True), ("en français", True)], "Le mot deadline en français"),
        ([("Ce que dit l’", False), ("Economist", True)], "Ce que dit l’Economist"),
        ([("The", False), ("flâneur", True), (", again", True)], "The flâneur, again"),
        ([("(", False), ("Voilà", True), (")", True)], "(Voilà)"),
        ([("Une ", False), ("ville", True)], "Une ville"),
        ([("  Two\n lines ", False)], "Two lines"),
        ([("Qui a dit\u00a0: non\u202f?", False)], "Qui a dit\u00a0: non\u202f?"),
    ],
)
def test_a_title_reads_as_it_was_written(parts: list[tuple[str, bool]], expected: str) -> None:
    """Sentences and parts of sentences come together with the spaces that they had, on one line."""
    assert title_of(segments(*parts)) == expected
