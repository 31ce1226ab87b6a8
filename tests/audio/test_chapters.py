from articles.issue import BlockKind
from articles.segments import Segment
from audio.chapters import episode_chapters, programme_chapters
from audio.timeline import Chapter, PlacedSpeech
from voices.take import Take


def said(kind: str, block: int, start: int, written: str = "Words.", *, ident: bool = False) -> PlacedSpeech:
    take = Take(Segment(0, block, BlockKind(kind), "en", written, written, 1), "joe", "")
    return PlacedSpeech(take, start, start + 50, 0, ident=ident)


def test_an_episodes_are_the_headline_and_the_headings() -> None:
    """The headline's chapter holds the file's first sample, every other one starts with its heading."""
    speech = [
        said("kicker", 0, 100, "Town"),
        said("headline", 1, 200, "A headline."),
        said("headline", 1, 300, "In two sentences."),
        said("standfirst", 2, 400),
        said("heading", 3, 500, "The first part"),
        said("paragraph", 4, 600),
        said("heading", 5, 700, "The second part"),
        said("paragraph", 6, 800),
    ]
    assert episode_chapters("The title", speech) == (
        Chapter("A headline. In two sentences.", 0),
        Chapter("The first part", 500),
        Chapter("The second part", 700),
    )


def test_an_episode_whose_headline_is_not_said_has_its_title() -> None:
    """No moment is without a chapter, and what an ident says is none."""
    speech = [said("headline", 0, 100, "An ident", ident=True), said("paragraph", 0, 200), said("heading", 1, 300, "B")]
    assert episode_chapters("The title", speech) == (Chapter("The title", 0), Chapter("B", 300))


def test_two_chapters_never_start_together() -> None:
    """A heading that turned out silent, at the very place of the next, is left out."""
    speech = [said("headline", 0, 0, "A"), said("heading", 1, 300, "B"), said("heading", 2, 300, "C")]
    assert episode_chapters("", speech) == (Chapter("A", 0), Chapter("B", 300))


def test_a_programmes_are_its_parts() -> None:
    """One for each, the first from the first sample on."""
    assert programme_chapters(["Opening", "One", "Two"], [8820, 90_000, 180_000]) == (
        Chapter("Opening", 0),
        Chapter("One", 90_000),
        Chapter("Two", 180_000),
    )
